import { Manifest } from '../manifest';
import { Subject } from '../subject';

/** The resources of the sizes of machines that the example asks for. */
const MACHINES: Record<string, Record<string, string>> = {
  Standard_D4ds_v5: { cpu: '4', memory: '16Gi' },
  Standard_NC24ads_A100_v4: { 'cpu': '24', 'memory': '220Gi', 'nvidia.com/gpu': '1' },
};

/** As many nodes as AKS would make at most for the pools that a program writes for Terraform. */
export function nodesOf({ terraform }: Subject): Manifest[] {
  return terraform.flatMap(({ json }) => Object.values(json.resource?.azurerm_kubernetes_cluster_node_pool ?? {})).flatMap((pool: any) => (
    Array.from({ length: pool.max_count }, (_, index) => nodeOf(pool, index))));
}

function nodeOf({ name, vm_size: size, node_labels: labels = {}, node_taints: taints = [] }: any, index: number): Manifest {
  const machine = MACHINES[size];
  if (machine === undefined) { throw new Error(`the resources of ${size} aren't known here`); }
  const resources = { ...machine, 'ephemeral-storage': '120Gi', 'pods': '250' };
  const hostname = `aks-${name}-${index}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: hostname,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': hostname, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64', 'kubernetes.azure.com/agentpool': name, 'agentpool': name,
        'topology.kubernetes.io/region': 'westeurope', 'topology.kubernetes.io/zone': `westeurope-${index % 3 + 1}`, 'node.kubernetes.io/instance-type': size, ...labels,
      },
    },
    spec: { taints: taints.map(taintOf) },
    status: { allocatable: resources, capacity: resources },
  };
}

/** Such as "nvidia.com/gpu=present:NoSchedule". */
function taintOf(text: string): object {
  const [, key, value, effect] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text)!;
  return { key, effect, ...value ? { value } : {} };
}
