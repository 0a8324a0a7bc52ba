import { invalid } from '../../../private/errors';
import { checkDnsLabel } from '../../../private/names';
import type { KubeflowResource } from '../../kubeflow-resource';

/** The longest label of a host's name. */
const LABEL = 63;

/**
 * Checks the name of something that a controller makes Services or host names of: a DNS label (RFC 1035).
 *
 * @param made the longest of the names that it makes, in which "*" stands for this one
 */
export function checkMadeName(scope: KubeflowResource, made: string): void {
  checkDnsLabel(scope, 'name', scope.name, LABEL - made.length + 1, `so that "${made.replace('*', '<name>')}", which is made for it, has at most ${LABEL}`);
  checkInitial(scope);
}

/** Checks that a name starts with a letter, as that of a Service must. */
export function checkInitial(scope: KubeflowResource): void {
  if (!/^[a-z]/.test(scope.name)) { throw invalid(scope, 'name', scope.name, 'start with a letter, because a Service gets its name', 'rename it'); }
}

/** Checks the length of a name that is a label of pods. */
export function checkLength(scope: KubeflowResource, most: number): void {
  if (scope.name.length > most) {
    throw invalid(scope, 'name', scope.name, `have at most ${most} characters, because what is made of it is a label of pods`, `shorten it by ${scope.name.length - most}`);
  }
}

/** The longer of two names. */
export function longer(a: string, b: string): string {
  return b.length > a.length ? b : a;
}
