import { IConstruct } from 'constructs';
import { isSecretValue } from './secret-text';
import { invalid, MASKED } from '../../private/errors';
import { isToken } from '../../private/numbers';
import { checkText, LONGEST_ARGUMENT } from '../../private/text';

/** Flags whose value is a secret. */
const SECRET_FLAG = /(^|-)(api-key|password|secret|hf-token|auth-token|access-token|token)$/;
/** A path where the secret is, or a variable that holds it. */
const ELSEWHERE = /^(?:\/|\$\(\w+\)$)/;

/** Checks the words of a command or its arguments: text that holds no secret. */
export function checkArguments(where: IConstruct, prop: string, words: readonly unknown[]): void {
  words.forEach((word, i) => {
    checkText(where, `${prop}[${i}]`, word, LONGEST_ARGUMENT);
    if (isToken(word)) { return; }
    const flag = flagOf(word as string);
    if (isSecretValue(word as string) || (flag !== undefined && SECRET_FLAG.test(flag) && givesSecret(word as string, words[i + 1]))) {
      throw invalid(where, `${prop}[${i}]`, flag ?? MASKED, 'hold no secret, because everyone who reads the manifest or the process list reads it',
        'mount it as a file: secrets: [SecretFile.existing(name, key)]');
    }
  });
}

/** Whether a flag has the secret itself, behind "=" or as the next word. */
function givesSecret(word: string, next: unknown): boolean {
  const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : next;
  return typeof value === 'string' && value !== '' && !value.startsWith('-') && !ELSEWHERE.test(value);
}

/** "--max-model-len" of "--max-model-len=8192", "-w" of "-w4"; undefined for what is not a flag. */
export function flagOf(argument: string): string | undefined {
  return /^(?:-[A-Za-z](?=\d)|--?[A-Za-z][A-Za-z0-9_-]*)/.exec(argument)?.[0].replace(/_/g, '-');
}
