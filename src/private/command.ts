import { IConstruct } from 'constructs';
import { invalid } from './errors';

/** Refuses a command that is one text: no shell splits it, and a program of such a name is hardly meant. */
export function checkSplit(scope: IConstruct, prop: string, words: readonly unknown[]): void {
  const [word] = words;
  if (words.length !== 1 || typeof word !== 'string' || !/\s/.test(word.trim())) { return; }
  throw invalid(scope, prop, words, 'be words, one by one', `for example ${JSON.stringify(word.trim().split(/\s+/))}`);
}
