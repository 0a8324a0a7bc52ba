import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkMounts, volumeMountsOf, volumesOf } from './claims';
import { ACCOUNT, podLabels } from './identity';
import { REFERENCE, variablesOf } from './variables';
import { checkSplit } from '../../../private/command';
import { invalid, MASKED } from '../../../private/errors';
import { parseImage } from '../../../private/image';
import { checkSubdomain } from '../../../private/names';
import { checkCount, checkMebibytes, mebibytes } from '../../../private/numbers';
import { checkList } from '../../../private/props';
import { checkText, LONGEST_ARGUMENT } from '../../../private/text';
import { GpuNeeds, gpuNeeds } from '../../../serving/private/gpu-needs';
import { millisOf } from '../../../serving/private/resources';
import { isSecretValue } from '../../../serving/private/secret-text';
import type { KubeflowResource } from '../../kubeflow-resource';
import type { ClaimMount, ContainerOptions } from '../../resource-options';

/** The group of the users of Kubeflow's notebook images, which its notebook controller gives the volumes of a pod that says nothing of its own. */
const VOLUME_GROUP = 100;

/** What differs between the pods of kinds. */
export interface PodParts {
  /** The container's name, by which a controller finds it. */
  readonly container: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Whether the pod gets the GPUs. */
  readonly withGpu?: boolean;
  /** Whether Istio's sidecar, which never ends, is kept out. */
  readonly withoutSidecar?: boolean;
  /** Whether the container may gain rights, as programs that log in by SSH must. */
  readonly relaxed?: boolean;
  /** The claim of the container's home folder. */
  readonly home?: ClaimMount;
}

/** The pods of a workload: what they run, need and tolerate. */
export function podTemplate(
  scope: KubeflowResource, options: ContainerOptions & { readonly labels?: { [key: string]: string } }, parts: PodParts,
): any {
  const needs = options.gpu !== undefined && parts.withGpu !== false ? gpuNeeds(scope, options.gpu) : undefined;
  const mounts = [...parts.home ? [parts.home] : [], ...checkMounts(scope, options.mounts, parts.home?.path)];
  const env = variablesOf(scope, options.env);
  const container = {
    name: parts.container,
    image: checkImage(scope, parts.image),
    ...(parts.command ? { command: [...parts.command] } : {}),
    ...(parts.args !== undefined ? { args: [...checkWords(scope, 'args', parts.args)] } : {}),
    ...(env.length > 0 ? { env } : {}),
    resources: resources(scope, options, needs),
    ...(parts.relaxed ? {} : { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }),
    ...(mounts.length > 0 ? { volumeMounts: volumeMountsOf(mounts) } : {}),
  };
  if (options.serviceAccountName !== undefined) { checkSubdomain(scope, 'serviceAccountName', options.serviceAccountName); }
  const labels = podLabels(scope, options.labels, options.serviceAccountName);
  const metadata = {
    ...(labels ? { labels: { ...labels } } : {}),
    ...(parts.withoutSidecar ? { annotations: { 'sidecar.istio.io/inject': 'false' } } : {}),
  };
  return {
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    spec: {
      serviceAccountName: options.serviceAccountName ?? ACCOUNT,
      securityContext: { seccompProfile: { type: 'RuntimeDefault' }, ...volumeGroup(mounts, parts) },
      ...placement(needs),
      containers: [container],
      ...(mounts.length > 0 ? { volumes: volumesOf(mounts) } : {}),
    },
  };
}

/** The group of the pod's volumes: a new disk is root's, and no image of a notebook runs as root. */
function volumeGroup(mounts: readonly ClaimMount[], { relaxed }: PodParts): any {
  // a group could then read the keys of SSH, too, which it refuses
  if (relaxed || mounts.every(mount => mount.readOnly)) { return {}; }
  return { fsGroup: VOLUME_GROUP, fsGroupChangePolicy: 'OnRootMismatch' };
}

/** Where pods with GPUs go. */
export function placement(needs: GpuNeeds | undefined): any {
  if (!needs) { return {}; }
  return {
    ...(Object.keys(needs.nodeLabels).length > 0 ? { nodeSelector: { ...needs.nodeLabels } } : {}),
    ...(needs.tolerations.length > 0 ? { tolerations: [...needs.tolerations] } : {}),
  };
}

export function resources(scope: Construct, options: ContainerOptions, needs: GpuNeeds | undefined): any {
  const { amount: cpu } = checkCpu(scope, 'cpu', options.cpu ?? Cpu.units(1));
  const memory = mebibytes(checkMebibytes(scope, 'memory', options.memory ?? Size.gibibytes(2)));
  const gpu = needs ? { [needs.resourceName]: needs.amount } : {};
  return { requests: { cpu, memory, ...gpu }, limits: { memory, ...gpu } };
}

/** Checks an amount of processors. */
export function checkCpu(scope: Construct, prop: string, cpu: Cpu): Cpu {
  millisOf(scope, prop, cpu);
  return cpu;
}

/** Checks that a pool can ever hold the pods of a job. */
export function checkWorkers(scope: Construct, prop: string, workers: number, options: ContainerOptions): number {
  checkCount(scope, prop, workers, 1, 10_000);
  const pool = options.gpu?.pool;
  const count = options.gpu?.count ?? 1;
  if (pool) {
    const most = Math.floor(pool.gpusPerNode / count) * pool.maxNodes;
    if (workers > most) {
      throw invalid(scope, prop, workers, `be at most ${most}, the pods with ${count} GPUs that pool "${pool.poolName}" can ever have (${pool.maxNodes} nodes x ${pool.gpusPerNode})`,
        'raise maxNodes or lower it; else the job would wait forever');
    }
  }
  return workers;
}

export function checkCommand(scope: Construct, prop: string, command: readonly string[] | undefined): readonly string[] {
  const words = checkList(scope, prop, command);
  if (words.length === 0) { throw invalid(scope, prop, command, 'name the program', 'for example ["python", "train.py"]'); }
  checkSplit(scope, prop, words);
  return checkWords(scope, prop, words);
}

function checkWords(scope: Construct, prop: string, words: readonly string[] | undefined): readonly string[] {
  const all = checkList(scope, prop, words);
  all.forEach((word, i) => {
    checkText(scope, `${prop}[${i}]`, word, LONGEST_ARGUMENT);
    if (typeof word === 'string' && isSecretValue(word)) {
      throw invalid(scope, `${prop}[${i}]`, MASKED, 'hold no secret, because everyone who reads the manifest or the process list reads it', REFERENCE);
    }
  });
  return all;
}

function checkImage(scope: Construct, image: string): string {
  parseImage(scope, 'image', image);
  return image;
}
