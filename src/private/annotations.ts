import { IConstruct } from 'constructs';
import { invalid } from './errors';
import { checkLabelKey } from './labels';
import { checkMap } from './props';
import { checkText } from './text';

const MOST = 256 * 1024;

/** Checks annotations: valid keys, text as values, 256 KiB together. */
export function checkAnnotations(where: IConstruct | string, prop: string, annotations: { [key: string]: string }): void {
  let size = 0;
  for (const [key, value] of Object.entries(checkMap(where, prop, annotations, 'strings', '{ "example.com/team": "vision" }'))) {
    checkLabelKey(where, `${prop}.${key}`, key.toLowerCase());
    checkText(where, `${prop}.${key}`, value);
    size += Buffer.byteLength(key) + Buffer.byteLength(String(value));
  }
  if (size > MOST) { throw invalid(where, prop, `${size} bytes`, `have at most ${MOST} bytes, keys and values together`); }
}
