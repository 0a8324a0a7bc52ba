import { Deployed } from './deployed';
import { Trial } from './trial';
import { Manifest } from '../../manifest';

/** A program whose configuration has changed: pods with the new one come, and those with the old one after a rollback. */
export const change: Trial = {
  check: 'config-change',
  subjects: ['generated/pods-config-literals', 'generated/pods-config-files'],
  run: async (deployed) => {
    await deployed.apply();
    const trouble = await deployed.rolledOut();
    if (trouble) { return trouble; }
    const before = await configurationOf(deployed);
    await deployed.apply(deployed.subject.next);
    const stuck = await deployed.rolledOut();
    if (stuck) { return stuck; }
    const after = await configurationOf(deployed);
    if (after === before) { return 'the pods go on with the old configuration'; }
    await deployed.rollout('undo');
    const lost = await deployed.rolledOut();
    if (lost) { return `rollback: ${lost}`; }
    return await configurationOf(deployed) === before ? undefined : 'the pods have another configuration after the rollback than before the change';
  },
};

// What the pods read: a ConfigMap by its name, as long as it is there, and as it was when they started.
async function configurationOf(deployed: Deployed): Promise<string> {
  const read = new Set<string>();
  for (const { spec, metadata } of await deployed.pods()) {
    for (const name of configMapsOf(spec)) {
      const map = await deployed.api.read({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: metadata.namespace } } as Manifest);
      const revision = map && (map.metadata.creationTimestamp as string) <= (metadata.creationTimestamp as string) ? name : `${name}, which is not there`;
      read.add(revision);
    }
  }
  return [...read].sort().join(', ');
}

function configMapsOf(spec: any): string[] {
  const mounted = (spec.volumes ?? []).flatMap(({ configMap }: any) => configMap?.name ?? []);
  const read = spec.containers.flatMap(({ envFrom = [] }: any) => envFrom.flatMap(({ configMapRef }: any) => configMapRef?.name ?? []));
  return [...mounted, ...read].filter((name) => name !== 'kube-root-ca.crt');
}
