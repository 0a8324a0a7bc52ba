import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { mpsDaemonSet, mpsReasons, pluginDaemonSet, pluginReasons } from './device-plugin-pods';
import type { IGpuPool } from '../../gpu';
import { cloudOf } from '../../private/cloud';
import { clusterOf, isCluster } from '../../private/declared-cluster';
import { invalid, InvalidInputError, pathOf } from '../../private/errors';
import { parseImage } from '../../private/image';
import { checkDnsLabel } from '../../private/names';
import { amend } from '../../private/overlay';
import { checkList, checkProps } from '../../private/props';
import type { ICluster } from '../cluster';
import type { NvidiaDevicePluginProps } from '../nvidia-device-plugin';

/** Pools that one configuration of the plugin is right for. */
export interface PluginGroup {
  /** The name of its DaemonSet. */
  readonly name: string;
  readonly migStrategy: 'none' | 'single' | 'mixed';
  readonly sharing?: PluginSharing;
}

export interface PluginSharing {
  readonly strategy: string;
  readonly clients: number;
  /** The resource that is shared, as it is called when it isn't. */
  readonly resourceName: string;
  /** Whether the shares are called "<resource>.shared". */
  readonly renamed: boolean;
}

interface Body {
  readonly annotations?: Record<string, string>;
  readonly [field: string]: unknown;
}

const NAME = 'nvidia-device-plugin';
/** What a plugin has whose cluster says nothing of its pools. */
const WHOLE: PluginGroup = { name: NAME, migStrategy: 'none' };

/** Makes the objects of NVIDIA's device plugin. */
export function devicePlugin(
  plugin: Construct, props: NvidiaDevicePluginProps,
): { namespace: ApiObject; networkPolicy: ApiObject; daemonSets: ApiObject[]; configMaps: ApiObject[] } {
  checkProps(plugin, 'props', props, { cluster: true, pools: true, version: true, image: true, namespace: true });
  if (props.cluster !== undefined && !isCluster(props.cluster)) {
    throw invalid(plugin, 'cluster', props.cluster, 'be a cluster', 'for example new azure.AksCluster(...)');
  }
  checkCloud(plugin, props);
  const image = imageOf(plugin, props);
  const namespace = checkDnsLabel(plugin, 'namespace', props.namespace ?? 'gpu-resources');
  const given = checkList(plugin, 'pools', props.pools);
  given.forEach((pool, i) => {
    if (typeof pool?.scheduling?.resourceName !== 'string') { throw invalid(plugin, `pools[${i}]`, pool, 'be a GPU pool', 'for example new ExistingGpuPool({ ... })'); }
  });
  const groups = new Map<string, PluginGroup>();
  for (const pool of poolsOf(plugin, props)) { groups.set(groupOf(pool).name, groupOf(pool)); }
  if (groups.size === 0) { groups.set(NAME, WHOLE); }
  plugin.node.addValidation({ validate: () => uncovered(plugin, props, groups) });

  const labels = { 'app.kubernetes.io/name': NAME, 'app.kubernetes.io/managed-by': 'cdk8s' };
  const own = new ApiObject(plugin, 'Namespace', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace, labels: { ...labels, 'pod-security.kubernetes.io/enforce': 'privileged' } },
  });
  amend(own, manifest => { delete manifest.metadata.namespace; });
  const daemonSets: ApiObject[] = [];
  const configMaps: ApiObject[] = [];
  // They speak to the kubelet by a socket, and to nobody else.
  const networkPolicy = new ApiObject(plugin, 'NetworkPolicy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: NAME, namespace, labels },
    spec: { podSelector: { matchLabels: { 'app.kubernetes.io/name': NAME } }, policyTypes: ['Ingress', 'Egress'] },
  });
  networkPolicy.addDependency(own);
  const make = (id: string, kind: string, name: string, { annotations, ...body }: Body): ApiObject => {
    const object = new ApiObject(plugin, id, {
      apiVersion: kind === 'DaemonSet' ? 'apps/v1' : 'v1',
      kind,
      metadata: { name, namespace, ...(annotations && { annotations }), labels: { ...labels, 'app.kubernetes.io/instance': name } },
      ...body,
    });
    object.addDependency(own);
    return object;
  };
  for (const group of [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    // The pools are asked when the manifest is rendered, because some may be made after the plugin.
    const place = (manifest: any) => {
      const pools = poolsOf(plugin, props).filter(pool => groupOf(pool).name === group.name);
      Object.assign(manifest.spec.template.spec, placement(pools));
    };
    if (group.sharing) { configMaps.push(make(`ConfigMap-${group.name}`, 'ConfigMap', group.name, { immutable: true, data: { 'config.yaml': configOf(group) } })); }
    const bodies = [{ name: group.name, annotations: pluginReasons(group), spec: pluginDaemonSet(group, image) }];
    if (group.sharing?.strategy === 'mps') { bodies.push({ name: `${group.name}-control`, annotations: mpsReasons(), spec: mpsDaemonSet(group, image) }); }
    for (const { name, ...body } of bodies) {
      const daemonSet = make(`DaemonSet-${name}`, 'DaemonSet', name, body);
      amend(daemonSet, place);
      daemonSets.push(daemonSet);
    }
  }
  return { namespace: own, networkPolicy, daemonSets, configMaps };
}

function checkCloud(plugin: Construct, props: NvidiaDevicePluginProps): void {
  const cloud = (props.cluster as { cloud?: string } | undefined)?.cloud ?? cloudOf(plugin);
  if (cloud === 'gke' || cloud === 'ack') {
    throw new InvalidInputError(`${pathOf(plugin)}: must not be made for ${cloud === 'gke' ? 'GKE' : 'ACK'}, whose GPU nodes bring a device plugin, because two of them disagree; remove it`);
  }
}

function imageOf(plugin: Construct, { image, version }: NvidiaDevicePluginProps): string {
  if (version !== undefined && (typeof version !== 'string' || !/^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/.test(version))) {
    throw invalid(plugin, 'version', version, 'be a version of the plugin', 'for example "0.20.0"');
  }
  if (image === undefined) { return `nvcr.io/nvidia/k8s-device-plugin:v${version ?? '0.20.0'}`; }
  if (version !== undefined) { throw invalid(plugin, 'version', version, 'be left out when "image" is given, which has a version itself', 'leave one of them out'); }
  parseImage(plugin, 'image', image);
  return image;
}

/** The pools with NVIDIA's GPUs that are known by now, each once. */
function poolsOf(plugin: Construct, props: NvidiaDevicePluginProps): IGpuPool[] {
  const cluster = props.cluster ?? clusterOf(plugin) as ICluster | undefined;
  return [...new Set([...cluster?.gpuPools ?? [], ...props.pools ?? []])].filter(pool => pool.scheduling.resourceName.startsWith('nvidia.com/'));
}

function groupOf({ scheduling: { resourceName }, migProfile, sharing }: IGpuPool): PluginGroup {
  const renamed = resourceName.endsWith('.shared');
  const migStrategy = resourceName.startsWith('nvidia.com/mig-') ? 'mixed' : migProfile ? 'single' : 'none';
  const mig = { none: [], mixed: ['mig'], single: ['mig', 'single'] }[migStrategy];
  const parts = [NAME, ...mig, ...(sharing ? [sharing.strategy === 'mps' ? 'mps' : 'shared', String(sharing.clients)] : [])];
  const shared = sharing && { strategy: sharing.strategy, clients: sharing.clients, resourceName: resourceName.replace(/\.shared$/, ''), renamed };
  // Slices of two sizes are shared by two configurations.
  const slice = sharing && migStrategy === 'mixed' ? [/mig-(.*?)(\.shared)?$/.exec(resourceName)![1].replace(/[^a-z0-9]+/g, '-')] : [];
  return { name: [...parts, ...slice, ...(sharing && !renamed ? ['plain'] : [])].join('-'), migStrategy, sharing: shared };
}

/** What only the end shows: a pool that was made after the plugin and that none of its DaemonSets is right for. */
function uncovered(plugin: Construct, props: NvidiaDevicePluginProps, groups: ReadonlyMap<string, PluginGroup>): string[] {
  return poolsOf(plugin, props).filter(pool => !groups.has(groupOf(pool).name))
    .map(pool => `${pathOf(plugin)}: must be made after pool "${pool.poolName}", whose GPUs it doesn't configure; move it below the pool`);
}

function configOf({ migStrategy, sharing }: PluginGroup): string {
  const { strategy, clients, resourceName, renamed } = sharing!;
  const timeSlicing = strategy !== 'mps';
  return [
    'version: v1',
    'flags:',
    `  migStrategy: ${migStrategy}`,
    'sharing:',
    `  ${timeSlicing ? 'timeSlicing' : 'mps'}:`,
    `    renameByDefault: ${renamed}`,
    // Several shares are no more of the device, so that who asks for them is mistaken.
    ...(timeSlicing ? ['    failRequestsGreaterThanOne: true'] : []),
    '    resources:',
    `    - name: ${resourceName}`,
    `      replicas: ${clients}`,
    '',
  ].join('\n');
}

/** Where the pods run: on the pools' nodes, whatever their taints. */
function placement(pools: readonly IGpuPool[]): object {
  const usual = [{ key: 'nvidia.com/gpu', operator: 'Exists' }, { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }];
  const taints = pools.flatMap(pool => pool.scheduling.taints)
    // The first of the usual tolerations covers these.
    .filter(taint => taint.key !== 'nvidia.com/gpu')
    .map(({ key, value, effect }) => (value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect }));
  const tolerations = [...new Map([...usual, ...taints].map(toleration => [JSON.stringify(toleration), toleration])).values()];
  if (pools.length === 0) { return { tolerations }; }
  const terms = pools.map(pool => ({
    matchExpressions: Object.entries(pool.scheduling.nodeLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
  }));
  const nodeSelectorTerms = [...new Map(terms.map(term => [JSON.stringify(term), term])).values()];
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } }, tolerations };
}
