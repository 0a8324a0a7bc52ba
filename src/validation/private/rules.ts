import { devicePlugin } from './device-plugin';
import { exclusiveVolume } from './exclusive-volume';
import { gpuCapacity } from './gpu-capacity';
import { gpuDriver } from './gpu-driver';
import { gpuParallelism } from './gpu-parallelism';
import { gpuShares } from './gpu-shares';
import { identityAccount } from './identity-account';
import { identityLabel } from './identity-label';
import { namespaceQuota } from './namespace-quota';
import { nodeCapacity } from './node-capacity';
import { nodeSize } from './node-size';
import { placement } from './placement';
import { scaleToZero } from './scale-to-zero';
import { systemNodes } from './system-nodes';
import type { ClusterRule } from '../../private/rules';

/** Every rule, in the order in which their findings are told. */
export const RULES: readonly ClusterRule[] = [
  placement, systemNodes, nodeSize, gpuCapacity, nodeCapacity, gpuShares, gpuParallelism, gpuDriver, devicePlugin,
  namespaceQuota, exclusiveVolume, scaleToZero, identityAccount, identityLabel,
];
