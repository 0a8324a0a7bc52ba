import { Trial } from './trial';
import { Manifest } from '../../manifest';

/** Nodes that are full of work without a priority: it makes room. */
export const preEmption: Trial = {
  check: 'pre-emption',
  subjects: ['generated/pods-priority'],
  run: async (deployed) => {
    const batch = workOn((await deployed.cluster.nodes()).length);
    await deployed.api.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: batch.metadata.namespace } });
    await deployed.api.create(batch);
    try {
      await deployed.kubectl('rollout', 'status', `deployment/${batch.metadata.name}`, '-n', batch.metadata.namespace!, '--timeout=30s');
      await deployed.apply();
      return await deployed.rolledOut();
    } finally {
      await deployed.cluster.removeNamespaces([batch]);
    }
  },
};

// One pod takes nearly all of a node, and may be on any.
function workOn(nodes: number): Manifest {
  const labels = { app: 'batch' };
  const requests = { cpu: '95900m', memory: '1000Gi' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'batch', namespace: 'batch-work' },
    spec: {
      replicas: nodes,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { tolerations: [{ operator: 'Exists' }], containers: [{ name: 'work', image: 'docker.io/library/busybox:1.36', resources: { requests } }] } },
    },
  };
}
