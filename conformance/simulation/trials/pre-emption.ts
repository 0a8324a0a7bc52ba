import { Trial } from './trial';
import { Manifest } from '../../manifest';

/** Nodes that are full of work without a priority: it makes room. */
export const preEmption: Trial = {
  check: 'pre-emption',
  subjects: ['generated/pods-priority'],
  run: async (deployed) => {
    const batch = workOn(deployed.site.nodes.length, `batch-of-${deployed.deployments[0].metadata.namespace}`);
    await deployed.site.addNamespace(batch.metadata.namespace!);
    await deployed.api.create(batch);
    try {
      await deployed.kubectl('rollout', 'status', `deployment/${batch.metadata.name}`, '-n', batch.metadata.namespace!, '--timeout=30s');
      await deployed.apply();
      return await deployed.rolledOut();
    } finally {
      await deployed.site.cluster.removeNamespaces([batch.metadata.namespace!]);
    }
  },
};

// One pod takes nearly all of a node, and may be on any.
function workOn(nodes: number, namespace: string): Manifest {
  const labels = { app: 'batch' };
  const requests = { cpu: '95900m', memory: '1000Gi' };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'batch', namespace },
    spec: {
      replicas: nodes,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { tolerations: [{ operator: 'Exists' }], containers: [{ name: 'work', image: 'docker.io/library/busybox:1.36', resources: { requests } }] } },
    },
  };
}
