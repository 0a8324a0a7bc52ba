import { Manifest } from '../manifest';

/** The pods that Kubeflow's controllers would make of a custom resource. */
export function podsOf(resource: Manifest): Manifest[] {
  const { kind, metadata, spec } = resource;
  switch (kind) {
    case 'Notebook': return [pod(resource, `${metadata.name}-0`, spec.template, withPort)];
    case 'MPIJob': return replicasOf(resource, spec.mpiReplicaSpecs);
    default: return [];
  }
}

/** The controller of notebooks gives the first container its port and the path under which it is reached. */
function withPort(container: any): any {
  const ports = container.ports ?? [{ name: 'notebook-port', containerPort: 8888, protocol: 'TCP' }];
  return { ...container, ports, env: [...container.env ?? [], { name: 'NB_PREFIX', value: '/notebook' }] };
}

function replicasOf(resource: Manifest, specs: Record<string, any>): Manifest[] {
  return Object.entries(specs).flatMap(([role, { replicas = 1, template }]) => Array.from({ length: replicas }, (_, index) => (
    pod(resource, `${resource.metadata.name}-${role.toLowerCase()}-${index}`, template))));
}

function pod({ metadata: { namespace } }: Manifest, name: string, template: any, change = (container: any) => container): Manifest {
  const [first, ...others] = template.spec.containers;
  return {
    apiVersion: 'v1', kind: 'Pod',
    metadata: { ...template.metadata, name, namespace },
    spec: { ...template.spec, containers: [change(first), ...others] },
  };
}
