import * as yaml from 'js-yaml';
import { PluggedGpus } from './described-pool';
import { Manifest } from '../../manifest';

/** Whether a pod is NVIDIA's device plugin. */
export function isDevicePlugin({ spec }: Manifest): boolean {
  return (spec.containers as Container[]).some(({ command = [], image }) => (
    command.includes('nvidia-device-plugin') || (command.length === 0 && /k8s-device-plugin/.test(image))));
}

/** The resources that a device plugin makes of a node's GPUs, by its own settings. */
export function devicesShown({ count, slice }: PluggedGpus, plugin: Manifest, configMaps: readonly Manifest[]): Record<string, number> {
  const containers = plugin.spec.containers as Container[];
  const variables = Object.fromEntries(containers.flatMap(({ env = [] }) => env.map(({ name, value }) => [name, value])));
  const config = configOf(plugin, variables.CONFIG_FILE, configMaps);
  const strategy = config?.flags?.migStrategy ?? variables.MIG_STRATEGY ?? 'none';
  const devices = slice === undefined || strategy === 'none' ? { 'nvidia.com/gpu': count }
    : strategy === 'mixed' ? { [`nvidia.com/mig-${slice.profile}`]: count * slice.perGpu } : { 'nvidia.com/gpu': count * slice.perGpu };
  const sharing = config?.sharing?.timeSlicing ?? config?.sharing?.mps;
  return Object.fromEntries(Object.entries(devices).map(([name, number]) => {
    const shared = (sharing?.resources as Shared[] | undefined)?.find((resource) => resource.name === name);
    return shared ? [sharing.renameByDefault ? `${name}.shared` : name, number * shared.replicas] : [name, number];
  }));
}

// The file is a key of the ConfigMap that is mounted where the variable says.
function configOf({ metadata, spec }: Manifest, file: string | undefined, configMaps: readonly Manifest[]): any {
  if (file === undefined) { return undefined; }
  const key = file.split('/').pop()!;
  const mount = (spec.containers as Container[]).flatMap(({ volumeMounts = [] }) => volumeMounts).find(({ mountPath }) => file === `${mountPath}/${key}`);
  const volume = (spec.volumes as any[]).find(({ name }) => name === mount?.name);
  const map = configMaps.find((other) => other.metadata.name === volume?.configMap?.name && other.metadata.namespace === metadata.namespace);
  const text = map?.data?.[key];
  if (text === undefined) { throw new Error(`${metadata.name} reads ${file}, which is not mounted`); }
  return yaml.load(text);
}

interface Shared {
  readonly name: string;
  readonly replicas: number;
}

interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  readonly volumeMounts?: ReadonlyArray<{ readonly name: string; readonly mountPath: string }>;
}
