import { Fact } from './facts';
import { warn } from '../../../private/warnings';

/** Namespaces that every cluster has. */
const ALWAYS = ['', 'default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Says of each namespace, once, that nobody declares it. It may exist in the cluster, and then all is well. */
export function warnOfUndeclared(facts: Fact[], existing: readonly string[]): void {
  const declared = new Set([...ALWAYS, ...existing]);
  for (const fact of facts) {
    if (fact.kind === 'Namespace' && fact.group === '') { declared.add(fact.name); }
  }
  for (const { namespace, source } of facts) {
    if (declared.has(namespace)) { continue; }
    declared.add(namespace);
    warn(source, `its namespace "${namespace}" is not declared in the program, so it must exist before this is applied; `
      + 'declare it with a PlatformNamespace, or name it in existingNamespaces of the PlatformApp');
  }
}
