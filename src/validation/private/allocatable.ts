/** The thousandths of a CPU that AKS keeps, by the number of CPUs. */
const AKS_KEEPS: ReadonlyArray<readonly [number, number]> = [[1, 60], [2, 100], [4, 140], [8, 180], [16, 260], [32, 420], [64, 740]];
const MIB = 2 ** 20;

/**
 * What a node leaves for pods of its CPUs, in thousandths: at most, because system pods take more.
 *
 * @see https://learn.microsoft.com/azure/aks/node-resource-reservations
 * @see https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 */
export function allocatableMillis(cloud: string | undefined, cpus: number): number {
  if (cloud === 'aks') {
    const [, keeps] = [...AKS_KEEPS].reverse().find(([atLeast]) => cpus >= atLeast)!;
    return cpus * 1000 - keeps;
  }
  if (cloud === 'gke') {
    // 6 % of the first, 1 % of the second, 0.5 % of two more and 0.25 % of the rest.
    const keeps = 60 + Math.min(Math.max(cpus - 1, 0), 1) * 10 + Math.min(Math.max(cpus - 2, 0), 2) * 5 + Math.max(cpus - 4, 0) * 2.5;
    return Math.floor(cpus * 1000 - keeps);
  }
  return cpus * 1000;
}

/** What a node leaves for pods of its memory, in bytes: at most. */
export function allocatableBytes(cloud: string | undefined, bytes: number): number {
  if (cloud === 'gke') {
    const gib = bytes / 2 ** 30;
    const step = (from: number, to: number, share: number) => Math.max(Math.min(gib, to) - from, 0) * share;
    const keeps = step(0, 4, 0.25) + step(4, 8, 0.2) + step(8, 16, 0.1) + step(16, 128, 0.06) + step(128, Infinity, 0.02);
    return bytes - keeps * 2 ** 30 - 100 * MIB;
  }
  // Before a node is out of memory the kubelet evicts pods.
  return bytes - 100 * MIB;
}

/** What a node leaves for files of pods on its disk, in bytes: at most, because the system takes a part before. */
export function allocatableDisk(cloud: string | undefined, bytes: number): number {
  // Before a tenth is all that is free the kubelet evicts pods.
  const left = bytes * 0.9;
  return cloud === 'gke' ? left - Math.min(bytes * 0.5, bytes * 0.35 + 6 * 2 ** 30, 100 * 2 ** 30) : left;
}
