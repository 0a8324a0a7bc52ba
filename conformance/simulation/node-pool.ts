import { Manifest, PodTemplate } from '../manifest';

const REGION = 'region-1';
const ZONES = ['region-1a', 'region-1b', 'region-1c'];
const GPU = /^[a-z0-9.-]+\/(gpu|mig-)/;

/** Simulated nodes that are alike. */
export interface NodePool {
  readonly name: string;
  readonly nodes: readonly Manifest[];
}

/** Three nodes without GPUs, one in each zone, as both clouds make them. */
export function cpuPool(): NodePool {
  return { name: 'cpu', nodes: ZONES.map((zone, index) => node(`cpu-${index}`, zone, {}, [], {})) };
}

/** How large a pool is. */
export interface PoolSize {
  readonly nodes: number;
  readonly podsPerNode: number;
}

/** Nodes for the pods of one template that asks for GPUs: with the labels it selects, and tainted as the clouds taint them. */
export function gpuPool(name: string, { spec }: PodTemplate, size: PoolSize = { nodes: ZONES.length, podsPerNode: 2 }): NodePool {
  const resource = gpuResource(spec)!;
  const labels = selectedLabels(spec);
  const vendor = `${resource.split('/')[0]}/gpu`;
  const taints = new Map([[vendor, { key: vendor, value: 'present', effect: 'NoSchedule' }]]);
  for (const { key, value = 'present', effect = 'NoSchedule' } of (spec.tolerations ?? []) as Toleration[]) {
    if (key) { taints.set(key, { key, value, effect }); }
  }
  const extended = { [resource]: String(size.podsPerNode * Number(limitOf(spec, resource))) };
  const zoneOf = (index: number) => ZONES[index % ZONES.length];
  return { name, nodes: Array.from({ length: size.nodes }, (_, index) => node(`${name}-${index}`, zoneOf(index), labels, [...taints.values()], extended)) };
}

/** A node like those of a pool, but with other GPUs; nothing where the pods don't say which they want. */
export function decoyOf({ name, nodes: [like] }: NodePool, template: PodTemplate): Manifest[] {
  const selected = Object.keys(selectedLabels(template.spec));
  if (selected.length === 0) { return []; }
  const other = Object.fromEntries(selected.map((label) => [label, 'another']));
  const labels = { ...like.metadata.labels, ...other, 'kubernetes.io/hostname': `${name}-decoy-0` };
  return [{ ...like, metadata: { ...like.metadata, name: `${name}-decoy-0`, labels } }];
}

/** The labels that a pod's nodes must have. */
export function selectedLabels(spec: any): Record<string, string> {
  return { ...requiredAffinity(spec), ...spec.nodeSelector };
}

/** The GPU resource that a pod asks for, or undefined. */
export function gpuResource(spec: any): string | undefined {
  return containersOf(spec).flatMap(({ resources }) => Object.keys(resources?.limits ?? {})).find((name) => GPU.test(name));
}

interface Toleration {
  readonly key?: string;
  readonly value?: string;
  readonly effect?: string;
}

interface Container {
  readonly resources?: { readonly limits?: Record<string, string> };
}

function containersOf(spec: any): Container[] {
  return [...spec.initContainers ?? [], ...spec.containers];
}

function limitOf(spec: any, resource: string): string {
  return containersOf(spec).map(({ resources }) => resources?.limits?.[resource]).find((limit) => limit !== undefined)!;
}

function requiredAffinity(spec: any): Record<string, string> {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const expressions = (terms[0]?.matchExpressions ?? []) as { key: string; operator: string; values?: string[] }[];
  return Object.fromEntries(expressions.filter(({ operator }) => operator === 'In').map(({ key, values }) => [key, values![0]]));
}

function node(name: string, zone: string, labels: Record<string, string>, taints: object[], extended: Record<string, string>): Manifest {
  const resources = { 'cpu': '96', 'memory': '1024Gi', 'ephemeral-storage': '2048Gi', 'pods': '250', ...extended };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': REGION,
        'topology.kubernetes.io/zone': zone,
        ...labels,
      },
    },
    spec: { taints },
    status: { allocatable: resources, capacity: resources },
  };
}
