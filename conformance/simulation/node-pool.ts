import { Manifest, PodTemplate } from '../manifest';
import type { PluggedGpus } from './clouds/described-pool';

const REGION = 'region-1';
const ZONES = ['region-1a', 'region-1b', 'region-1c'];
/** What a node has when nothing is known of it. */
const LARGE = { 'cpu': '96', 'memory': '1024Gi', 'ephemeral-storage': '2048Gi', 'pods': '250' };
const GPU = /^[a-z0-9.-]+\/(gpu|mig-)/;

/** Simulated nodes that are alike. */
export interface NodePool {
  readonly name: string;
  readonly nodes: readonly Manifest[];
  /** Whether its machines have GPUs, so that nothing else belongs there. */
  readonly gpus: boolean;
  /** Whether they are other GPUs than pods want that say which they want. */
  readonly decoy?: boolean;
  /** GPUs of which Kubernetes hears only when a device plugin of the program runs there. */
  readonly plugged?: PluggedGpus;
}

/** Three nodes without GPUs, one in each zone, as both clouds make them. */
export function cpuPool(): NodePool {
  const nodes = ZONES.map((zone, index) => node(`cpu-${index}`, zone, {}, [], LARGE));
  return { name: 'cpu', nodes, gpus: false };
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
  const resources = { ...LARGE, ...extended };
  return { name, gpus: true, nodes: Array.from({ length: size.nodes }, (_, index) => node(`${name}-${index}`, zoneOf(index), labels, [...taints.values()], resources)) };
}

/** A node like those of a pool, but with other GPUs; nothing where the pods don't say which they want. */
export function decoyOf({ name, nodes: [like] }: NodePool, template: PodTemplate): NodePool[] {
  const selected = Object.keys(selectedLabels(template.spec));
  if (selected.length === 0) { return []; }
  const other = Object.fromEntries(selected.map((label) => [label, 'another']));
  const decoy = { ...like, metadata: { ...like.metadata, name: `${name}-decoy-0`, labels: { ...like.metadata.labels, ...other } } };
  return [{ name: `${name}-decoy`, nodes: [decoy], gpus: true, decoy: true }];
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

/** A node, as it registers itself; what it leaves to pods may be less than what it has. */
export function node(
  name: string, zone: string, labels: Record<string, string>, taints: readonly object[],
  allocatable: Record<string, string>, capacity = allocatable, region = REGION,
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/region': region,
        'topology.kubernetes.io/zone': zone,
        ...labels,
      },
    },
    spec: { taints },
    status: { allocatable, capacity },
  };
}
