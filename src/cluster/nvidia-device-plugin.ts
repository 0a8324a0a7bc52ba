/* eslint-disable @typescript-eslint/no-require-imports -- few programs have one, so that its manifests are loaded by the first */
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { ICluster } from './cluster';
import type { IGpuPool } from '../gpu';
import { checkId } from '../private/names';

/** Properties of a `NvidiaDevicePlugin`. */
export interface NvidiaDevicePluginProps {
  /**
   * The cluster whose pools it serves.
   *
   * @default - the one that the chart is for
   */
  readonly cluster?: ICluster;
  /**
   * Pools that the cluster doesn't list.
   *
   * @default - none
   */
  readonly pools?: IGpuPool[];
  /**
   * The plugin's version, which is its image's tag less the "v".
   *
   * @default '0.20.0'
   */
  readonly version?: string;
  /**
   * The whole image, for a mirror or a digest.
   *
   * @default - NVIDIA's, in the version
   */
  readonly image?: string;
  /**
   * The namespace that is made for it, in which pods may be privileged.
   *
   * @default 'gpu-resources'
   */
  readonly namespace?: string;
}

/**
 * NVIDIA's device plugin, which tells Kubernetes of the GPUs of each node. AKS doesn't bring it; GKE and ACK bring their own.
 *
 * It tolerates the taints of every pool of its cluster with NVIDIA's GPUs, and runs on their nodes only. Pools whose GPUs are divided
 * or shared get a DaemonSet of their own with the configuration for it, so that no node needs a label for it.
 *
 * @see https://github.com/NVIDIA/k8s-device-plugin
 */
export class NvidiaDevicePlugin extends Construct {
  /** The namespace that was made for it. */
  public readonly namespace: ApiObject;
  /** What closes the network to its pods, which need none. */
  public readonly networkPolicy: ApiObject;
  /** Its DaemonSets: one for each way in which the cluster's pools divide and share their GPUs. */
  public readonly daemonSets: ApiObject[];
  /** The configurations of DaemonSets whose pools share GPUs. */
  public readonly configMaps: ApiObject[];

  /** Throws when the cluster brings its own plugin, or the version, image or namespace is malformed. */
  public constructor(scope: Construct, id: string, props: NvidiaDevicePluginProps = {}) {
    super(scope, checkId('NvidiaDevicePlugin', id, scope));
    const { devicePlugin } = require('./private/device-plugin') as typeof import('./private/device-plugin');
    const made = devicePlugin(this, props);
    this.namespace = made.namespace;
    this.networkPolicy = made.networkPolicy;
    this.daemonSets = made.daemonSets;
    this.configMaps = made.configMaps;
  }
}
