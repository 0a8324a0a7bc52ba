import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkVariable } from '../config';

/** The server's environment and the user's. A clash is refused, because the server relies on its own. */
export function environmentOf(scope: Construct, own: { readonly [name: string]: string }, given: { readonly [name: string]: string } = {}): { [name: string]: string } {
  for (const [name, value] of Object.entries(given)) {
    checkVariable(scope, name, value);
    if (name in own && own[name] !== value) {
      throw invalid(scope, `env.${name}`, value, `be ${own[name]}, which the server relies on`, 'leave it out');
    }
  }
  return { ...own, ...given };
}

/** The server's arguments and then the user's. A flag that both give is refused. */
export function argumentsOf(scope: Construct, own: readonly string[] | undefined, given: readonly string[] = []): string[] | undefined {
  const flags = new Set((own ?? []).map(flagOf).filter(flag => flag !== undefined));
  for (const argument of given) {
    if (typeof argument !== 'string') {
      throw invalid(scope, 'args', argument, 'be strings', 'put numbers in quotes');
    }
    const flag = flagOf(argument);
    if (flag !== undefined && flags.has(flag)) {
      throw invalid(scope, 'args', argument, `not repeat ${flag}, which the server's preset gives`, 'use the preset\'s option');
    }
  }
  const all = [...own ?? [], ...given];
  return all.length > 0 ? all : undefined;
}

/** "--max-model-len" of "--max-model-len=8192"; undefined for what is not a flag. */
function flagOf(argument: string): string | undefined {
  return /^--?[A-Za-z][A-Za-z0-9_-]*/.exec(argument)?.[0].replace(/_/g, '-');
}
