import type { Size } from 'cdk8s';
import type { ContainerProps } from 'cdk8s-plus-27';
import type { GpuNeeds } from './gpu-needs';
import type { SecretFile } from '../../identity';
import type { ModelMount } from '../../models';
import type { EgressRule } from '../../network/policy-rules';
import type { ServerMetrics } from '../../observability';
import type { HealthCheck } from '../health-check';
import type { ModelServerPort, WritableFolder } from '../model-server';

/** What a construct has decided about its workload, when the workload's objects are made. */
export interface WorkloadSpec {
  readonly component: 'model-server' | 'frontend';
  /** The software: the container's name and the label app.kubernetes.io/name. */
  readonly software: string;
  readonly image: string;
  /** The first one serves. */
  readonly ports: readonly ModelServerPort[];
  readonly servicePort?: number;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Flags that the user may not give, each with what to do instead. */
  readonly reservedArguments?: { readonly [flag: string]: string };
  readonly env: { readonly [name: string]: string };
  readonly startup: HealthCheck;
  readonly readiness: HealthCheck;
  readonly liveness?: HealthCheck;
  readonly metrics?: ServerMetrics;
  readonly writableFolders: readonly WritableFolder[];
  readonly sharedMemory?: Size;
  readonly cpuMillis: number;
  readonly memory: Size;
  readonly user: number;
  readonly loadSeconds: number;
  readonly drainSeconds: number;
  readonly gpu?: GpuNeeds;
  readonly initContainers?: readonly ContainerProps[];
  readonly mounts?: readonly ModelMount[];
  readonly secretFiles?: readonly SecretFile[];
  /** Whether only one pod at a time may mount the model. */
  readonly exclusive?: boolean;
  /** Disk space that the model takes. */
  readonly modelStorage?: Size;
  readonly egress: readonly EgressRule[];
}
