import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { millisOf } from './resources';
import { invalid } from '../../private/errors';
import { checkMebibytes } from '../../private/numbers';
import { checkProps } from '../../private/props';

/** Disk space of a container, in MiB, which cdk8s-plus can only say in whole gibibytes. */
export interface DiskSpace {
  readonly request: number;
  readonly limit: number;
}

/** The disk space of a container that doesn't say what it needs. */
export const OTHER_DISK: DiskSpace = { request: 256, limit: 256 };

/** What a container beside the main one asks for; what it leaves out is little. */
export function companionResources(
  scope: Construct, where: string, given: ContainerResources = {},
): { resources: ContainerResources; disk: DiskSpace } {
  checkProps(scope, where, given, { cpu: true, memory: true, ephemeralStorage: true });
  for (const part of ['cpu', 'memory', 'ephemeralStorage'] as const) {
    if (given[part] !== undefined) { checkProps(scope, `${where}.${part}`, given[part]!, { request: true, limit: true }); }
  }
  const { cpu, memory, ephemeralStorage } = given;
  const cpuRequest = millisOf(scope, `${where}.cpu.request`, cpu?.request) ?? millisOf(scope, `${where}.cpu.limit`, cpu?.limit) ?? 100;
  const cpuLimit = millisOf(scope, `${where}.cpu.limit`, cpu?.limit) ?? 2 * cpuRequest;
  if (cpuRequest > cpuLimit) { throw invalid(scope, `${where}.cpu.request`, `${cpuRequest}m`, `be at most the limit, ${cpuLimit}m`, 'raise the limit'); }
  const { request, limit } = sizesOf(scope, `${where}.memory`, memory, 128);
  return {
    resources: {
      cpu: { request: Cpu.millis(cpuRequest), limit: Cpu.millis(cpuLimit) },
      memory: { request: Size.mebibytes(request), limit: Size.mebibytes(limit) },
    },
    disk: sizesOf(scope, `${where}.ephemeralStorage`, ephemeralStorage, OTHER_DISK.limit),
  };
}

/** What is asked for and what is the most, in MiB; the one is the other where only one is said. */
function sizesOf(scope: Construct, where: string, given: { request?: Size; limit?: Size } = {}, otherwise: number): DiskSpace {
  const [asked, most] = (['request', 'limit'] as const).map(key => given[key] && checkMebibytes(scope, `${where}.${key}`, given[key]!));
  const limit = most ?? asked ?? otherwise;
  const request = asked ?? limit;
  if (request > limit) { throw invalid(scope, `${where}.request`, `${request}Mi`, `be at most the limit, ${limit}Mi`, 'raise the limit'); }
  return { request, limit };
}
