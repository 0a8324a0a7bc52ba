import { IConstruct } from 'constructs';
import { invalid } from './errors';
import { checkLabelKey } from './labels';
import { checkText } from './text';

const MOST = 256 * 1024;

/** Checks annotations: valid keys, text as values, 256 KiB together. */
export function checkAnnotations(where: IConstruct, prop: string, annotations: { [key: string]: string }): void {
  if (typeof annotations !== 'object' || annotations === null || Array.isArray(annotations)) {
    throw invalid(where, prop, annotations, 'be an object of strings', 'for example { "example.com/team": "vision" }');
  }
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) {
    checkLabelKey(where, `${prop}.${key}`, key.toLowerCase());
    checkText(where, `${prop}.${key}`, value);
    size += Buffer.byteLength(key) + Buffer.byteLength(String(value));
  }
  if (size > MOST) { throw invalid(where, prop, `${size} bytes`, `have at most ${MOST} bytes, keys and values together`); }
}
