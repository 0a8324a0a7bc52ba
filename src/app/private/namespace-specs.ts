import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkCount, checkMebibytes, mebibytes } from '../../private/numbers';
import { checkProps } from '../../private/props';
import { ContainerLimits, NamespaceQuota } from '../namespace-limits';

/** The spec of a ResourceQuota. */
export function quotaSpec(scope: Construct, quota: NamespaceQuota): any {
  checkProps(scope, 'quota', quota, { cpu: true, memory: true, cpuLimit: true, gpus: true, pods: true, storage: true });
  const cpu = milliCpu(scope, 'quota.cpu', quota.cpu);
  const cpuLimit = quota.cpuLimit !== undefined ? milliCpu(scope, 'quota.cpuLimit', quota.cpuLimit) : 2 * cpu;
  if (cpuLimit < cpu) {
    throw invalid(scope, 'quota.cpuLimit', quota.cpuLimit!.amount, `be at least the quota's cpu, ${quota.cpu.amount}`, 'raise it or lower cpu');
  }
  const memory = mebibytes(checkMebibytes(scope, 'quota.memory', quota.memory));
  return {
    hard: {
      'requests.cpu': cpuText(cpu),
      'requests.memory': memory,
      'limits.cpu': cpuText(cpuLimit),
      'limits.memory': memory,
      ...count(scope, 'requests.nvidia.com/gpu', 'quota.gpus', 0, quota.gpus),
      ...count(scope, 'pods', 'quota.pods', 1, quota.pods),
      ...(quota.storage !== undefined && { 'requests.storage': mebibytes(checkMebibytes(scope, 'quota.storage', quota.storage)) }),
    },
  };
}

/** The spec of a LimitRange for containers. */
export function limitRangeSpec(scope: Construct, limits: ContainerLimits): any {
  checkProps(scope, 'containers', limits, { cpu: true, memory: true, cpuLimit: true, maxCpu: true, maxMemory: true });
  const cpu = milliCpu(scope, 'containers.cpu', limits.cpu ?? Cpu.millis(100));
  const cpuLimit = limits.cpuLimit !== undefined ? milliCpu(scope, 'containers.cpuLimit', limits.cpuLimit) : 2 * cpu;
  const maxCpu = limits.maxCpu === undefined ? undefined : milliCpu(scope, 'containers.maxCpu', limits.maxCpu);
  const memory = checkMebibytes(scope, 'containers.memory', limits.memory ?? Size.mebibytes(256));
  const maxMemory = limits.maxMemory === undefined ? undefined : checkMebibytes(scope, 'containers.maxMemory', limits.maxMemory);
  if (cpuLimit < cpu) {
    throw invalid(scope, 'containers.cpuLimit', limits.cpuLimit!.amount, `be at least the default request, ${cpuText(cpu)}`, 'raise it or lower cpu');
  }
  if (maxCpu !== undefined && maxCpu < cpuLimit) {
    throw invalid(scope, 'containers.maxCpu', limits.maxCpu!.amount, `be at least the default limit, ${cpuText(cpuLimit)}`, 'raise it or lower cpu');
  }
  if (maxMemory !== undefined && maxMemory < memory) {
    throw invalid(scope, 'containers.maxMemory', mebibytes(maxMemory), `be at least the default, ${mebibytes(memory)}`, 'raise it or lower memory');
  }
  const max = { ...(maxCpu !== undefined && { cpu: cpuText(maxCpu) }), ...(maxMemory !== undefined && { memory: mebibytes(maxMemory) }) };
  return {
    limits: [{
      type: 'Container',
      defaultRequest: { cpu: cpuText(cpu), memory: mebibytes(memory) },
      default: { cpu: cpuText(cpuLimit), memory: mebibytes(memory) },
      ...(Object.keys(max).length > 0 && { max }),
    }],
  };
}

function count(scope: Construct, resource: string, prop: string, min: number, value?: number): { [resource: string]: string } {
  return value === undefined ? {} : { [resource]: String(checkCount(scope, prop, value, min, 1_000_000)) };
}

function milliCpu(scope: Construct, prop: string, cpu: Cpu): number {
  const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(cpu?.amount ?? '');
  const millis = match ? Number(match[1]) * (match[2] ? 1 : 1000) : NaN;
  if (!Number.isInteger(millis) || millis < 1 || millis > 1e9) {
    throw invalid(scope, prop, cpu?.amount ?? cpu, 'be a Cpu of at least 1m and a whole number of millis', 'for example Cpu.millis(500)');
  }
  return millis;
}

function cpuText(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}
