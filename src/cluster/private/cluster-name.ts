import type { IConstruct } from 'constructs';
import { stackAround } from '../../private/terraform';

/**
 * The name of a cluster whose program gives none: the stack's and the construct's ids.
 *
 * The id alone would be the same in a loop over regions, and command lines keep their access to clusters by name.
 */
export function defaultClusterName(cluster: IConstruct): string {
  const stack = stackAround(cluster);
  const scopes = cluster.node.scopes.map(scope => scope.node.id);
  return scopes.slice(stack ? stack.node.scopes.length - 1 : 1).join('-').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
