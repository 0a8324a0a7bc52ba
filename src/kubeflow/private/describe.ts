import { KubeflowFacts } from '../kubeflow-facts';
import { ManifestPatchResult } from '../manifest-patch';
import { summaryOf } from './repairs/removed';

/** Facts and a report as lines that people read. */
export function describe(facts: KubeflowFacts, report: readonly ManifestPatchResult[]): string {
  const { executor, gatewayPorts, removedApis } = facts;
  const ports = Object.entries(gatewayPorts).map(([port, target]) => `${port}->${target}`).join(', ');
  return [
    `Argo Workflows: ${facts.argoVersion ?? 'unknown'}`,
    `Istio: ${facts.istioVersion ?? 'unknown'}`,
    `executor of pipelines: ${executor ? `${executor.executor} (${executor.location})` : 'unknown'}`,
    `authentication: ${facts.authentication}${facts.defaultPassword ? ', with the password of the examples' : ''}`,
    `gateway: ${ports || 'none'}`,
    `namespaces with the label "control-plane": ${facts.controlPlaneNamespaces.join(', ') || 'none'}`,
    `served kinds: ${facts.servedKinds.length}`,
    `objects of API versions that were removed: ${removedApis.length}${removedApis.length > 0 ? `: ${summaryOf(removedApis)}` : ''}`,
    'patches:',
    ...report.map(line),
  ].join('\n');
}

function line({ id, matched, changed, alreadyDone, skipped }: ManifestPatchResult): string {
  if (skipped !== undefined) { return `  ${id}: skipped, ${skipped}`; }
  return `  ${id}: ${matched.length} matched, ${changed.length} changed, ${alreadyDone.length} already done`;
}
