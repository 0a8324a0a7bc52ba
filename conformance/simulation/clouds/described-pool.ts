import { node, NodePool } from '../node-pool';
import { Machine } from './machine';

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** What a cloud makes of a pool that Terraform describes. */
export interface DescribedPool {
  readonly name: string;
  /** Which cluster of the stack it is part of: its logical id, or its id where another stack makes it. */
  readonly cluster: string;
  readonly machine: Machine;
  readonly machineType: string;
  /** The most nodes that it may have. */
  readonly nodes: number;
  readonly region: string;
  readonly zones: readonly string[];
  readonly podsPerNode: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** The resources by which its nodes offer GPUs from the start. */
  readonly devices: Readonly<Record<string, number>>;
  /** What the kubelet and the system keep for themselves. */
  readonly keeps: { readonly millis: number; readonly memoryMib: number };
  /** What is left for pods of the disk that holds their files; undefined where the cloud alone knows which that is. */
  readonly diskGib?: number;
  /** What its GPUs are, for a device plugin that the program brings. */
  readonly plugged?: PluggedGpus;
}

/** GPUs of which Kubernetes hears by a device plugin of the program. */
export interface PluggedGpus {
  readonly count: number;
  /** The MIG profile that they are divided into, and how many slices each gives. */
  readonly slice?: { readonly profile: string; readonly perGpu: number };
}

/** More nodes show nothing more. */
const MOST_NODES = 6;
/** What the cloud's own pods on each node request, such as those for logs, disks and addresses. */
const SYSTEM = { millis: 350, memoryMib: 600 };

/** The nodes of a pool, as many as it may have. */
export function simulated(pool: DescribedPool): NodePool {
  const { machine, keeps, devices, zones } = pool;
  const others = { 'ephemeral-storage': pool.diskGib === undefined ? '1Pi' : `${Math.floor(pool.diskGib * 1024)}Mi`, 'pods': String(pool.podsPerNode), ...Object.fromEntries(Object.entries(devices).map(([name, count]) => [name, String(count)])) };
  const capacity = { cpu: String(machine.cpus), memory: `${Math.floor(machine.memoryGib * 1024)}Mi`, ...others };
  const allocatable = {
    cpu: `${machine.cpus * 1000 - keeps.millis - SYSTEM.millis}m`, memory: `${Math.floor(machine.memoryGib * 1024) - keeps.memoryMib - SYSTEM.memoryMib}Mi`, ...others,
  };
  const labels = { 'node.kubernetes.io/instance-type': pool.machineType, ...pool.labels };
  const nodes = Array.from({ length: Math.min(pool.nodes, MOST_NODES) }, (_, index) => (
    node(`${pool.name}-${index}`, zones[index % zones.length], labels, pool.taints, allocatable, capacity, pool.region)));
  return { name: pool.name, nodes, gpus: machine.gpus > 0, plugged: pool.plugged };
}

/** A block of Terraform's JSON, which is an object or a list of one. */
export function block(value: any): any {
  return Array.isArray(value) ? value[0] : value;
}

/** All resources of a type, by their logical ids. */
export function resourcesOf({ json }: { readonly json: any }, type: string): Array<readonly [string, any]> {
  return Object.entries(json.resource?.[type] ?? {});
}

/** The logical id that a reference such as `${type.id.attribute}` points to, or the text itself. */
export function referred(reference: string): string {
  return /^\$\{[a-z_]+\.([\w-]+)\.[\w.[\]]+\}$/.exec(reference)?.[1] ?? reference;
}

/** Each taint once: what the cloud adds by itself may be written in Terraform, too. */
export function together(...taints: readonly Taint[]): Taint[] {
  return [...new Map(taints.map((taint) => [`${taint.key}:${taint.effect}`, taint])).values()];
}
