import { Construct } from 'constructs';
import { checkArguments, flagOf } from './arguments';
import { checkVariable, checkVariableName } from './variables';
import { invalid } from '../../private/errors';
import { isToken } from '../../private/numbers';
import { checkList, checkMap } from '../../private/props';
import { checkText, LONGEST_ARGUMENT } from '../../private/text';
import type { Config } from '../config';

type Variables = { readonly [name: string]: string };

/** Checks the names and values of a server's own variables, which a class of the user's may have made. */
export function checkOwnEnvironment(scope: Construct, own: Variables): void {
  for (const [name, value] of Object.entries(own)) {
    checkVariableName(scope, 'server.env', name);
    checkText(scope, `server.env.${name}`, value, LONGEST_ARGUMENT - name.length - 1);
  }
}

/** The server's environment and the user's. A clash is refused, because the server relies on its own. */
export function environmentOf(scope: Construct, own: Variables, given: Variables = {}, config?: Config): { [name: string]: string } {
  for (const [name, value] of Object.entries(checkMap(scope, 'env', given, 'strings', '{ LOG_LEVEL: "info" }'))) {
    checkVariable(scope, 'env', name, value);
    checkText(scope, `env.${name}`, value, LONGEST_ARGUMENT - name.length - 1);
    refuseClash(scope, `env.${name}`, own, name, value);
  }
  // Kubernetes lets "env" win over "envFrom" without a word.
  for (const [name, value] of config?.folder === undefined ? Object.entries(config?.data ?? {}) : []) {
    refuseClash(scope, `config.${name}`, own, name, value);
    if (Object.hasOwn(given, name)) { throw invalid(scope, `config.${name}`, value, 'not be in "env" too, which would win', 'leave it out of one of them'); }
  }
  return { ...own, ...given };
}

function refuseClash(scope: Construct, prop: string, own: Variables, name: string, value: string): void {
  if (Object.hasOwn(own, name) && own[name] !== value) {
    throw invalid(scope, prop, value, `be ${JSON.stringify(own[name])}, which the server relies on`, 'leave it out');
  }
}

/** The server's arguments and then the user's. A flag that the server gives or decides is refused. */
export function argumentsOf(
  scope: Construct, own: readonly string[] | undefined, reserved: Variables | undefined, given: readonly string[] | undefined,
): string[] | undefined {
  const flags = new Set((own ?? []).map(flagOf).filter(flag => flag !== undefined));
  const more = checkList(scope, 'args', given);
  checkArguments(scope, 'args', more);
  more.forEach((argument, i) => {
    const flag = isToken(argument) ? undefined : flagOf(argument);
    if (flag === undefined) { return; }
    if (flags.has(flag)) { throw invalid(scope, `args[${i}]`, argument, `not repeat ${flag}, which the server's preset gives`, 'use the preset\'s option'); }
    if (reserved && Object.hasOwn(reserved, flag)) { throw invalid(scope, `args[${i}]`, argument, `not have ${flag}`, reserved[flag]); }
  });
  const all = [...own ?? [], ...given ?? []];
  return all.length > 0 ? all : undefined;
}
