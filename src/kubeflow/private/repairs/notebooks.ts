import { IGpuPool } from '../../../gpu';
import { checkBoolean } from '../../../private/booleans';
import { invalid } from '../../../private/errors';
import { parseImage } from '../../../private/image';
import { checkList, checkProps } from '../../../private/props';
import { ManifestSelector } from '../../manifest-selector';
import { NotebookSpawnerOptions } from '../../notebook-spawner-options';
import { Assembly } from '../assembly';
import { checkMinutes } from '../duration';
import { parse } from '../loading/parse';
import { yamlInString } from '../patches/embedded';
import { env } from '../patches/kinds';

const SPAWNER = ManifestSelector.of({ apiGroup: 'core', kind: 'ConfigMap', namePattern: '(.+-)?jupyter-web-app-config(-[a-z0-9]+)?' });
const CONTROLLER = ManifestSelector.of({ apiGroup: 'apps', kind: 'Deployment', name: 'notebook-controller-deployment' });
const FILE = 'spawner_ui_config.yaml';

/** Offers images and pools of GPUs to those who make notebooks, and stops notebooks that nobody uses. */
export function notebooks(assembly: Assembly, options: NotebookSpawnerOptions, pools: readonly IGpuPool[]): void {
  const { scope } = assembly;
  checkProps(scope, 'notebooks', options, { images: true, allowCustomImages: true, culling: true });
  checkBoolean(scope, 'notebooks.allowCustomImages', options.allowCustomImages);
  const images = checkList(scope, 'notebooks.images', options.images);
  images.forEach((image, i) => parseImage(scope, `notebooks.images[${i}]`, image));
  if (options.images !== undefined && images.length === 0) { throw invalid(scope, 'notebooks.images', [], 'name at least one image', 'leave it out for those of the manifests'); }
  if (images.length > 0) { defaults(assembly, 'notebooks/images', { image: { value: images[0], options: [...images] } }); }
  if (options.allowCustomImages !== undefined) { defaults(assembly, 'notebooks/custom-images', { allowCustomImage: options.allowCustomImages }); }
  if (pools.length > 0) { gpus(assembly, pools); }
  if (options.culling) {
    checkProps(scope, 'notebooks.culling', options.culling, { after: true, checkEvery: true });
    const after = checkMinutes(scope, 'notebooks.culling.after', options.culling.after);
    const every = options.culling.checkEvery === undefined ? 1 : checkMinutes(scope, 'notebooks.culling.checkEvery', options.culling.checkEvery);
    if (every > after) { throw invalid(scope, 'notebooks.culling.checkEvery', `${every} min`, `be at most "after", ${after} min`); }
    assembly.patch(env('notebooks/culling', CONTROLLER, 'manager', { ENABLE_CULLING: 'true', CULL_IDLE_TIME: String(after), IDLENESS_CHECK_PERIOD: String(every) }, { max: 1 }));
  }
}

function defaults(assembly: Assembly, id: string, spawnerFormDefaults: any): void {
  assembly.patch(yamlInString(id, SPAWNER, `/data/${FILE}`, { spawnerFormDefaults }, { max: 1 }));
}

/** A vendor for each resource that pools offer, and for each pool what its pods tolerate and select. */
function gpus(assembly: Assembly, pools: readonly IGpuPool[]): void {
  const [config] = assembly.inventory.select(SPAWNER);
  const [there] = config ? parse(config.data?.[FILE] ?? '', FILE).documents : [];
  const option = (name: string, key: string, ours: any[]) => {
    const others = (there?.spawnerFormDefaults?.[name]?.options ?? []).filter((each: any) => !ours.some(our => our[key] === each?.[key]));
    return { [name]: { options: [...others, ...ours] } };
  };
  const resources = [...new Set(pools.map(pool => pool.scheduling.resourceName))];
  defaults(assembly, 'notebooks/gpus', {
    gpus: { value: { vendors: resources.map(limitsKey => ({ limitsKey, uiName: nameOf(limitsKey) })) } },
    ...option('tolerationGroup', 'groupKey', pools.map(pool => ({
      groupKey: pool.poolName, displayName: `${pool.poolName} (${pool.accelerator.name})`, tolerations: tolerationsOf(pool),
    }))),
    ...option('affinityConfig', 'configKey', pools.map(pool => ({
      configKey: pool.poolName, displayName: `${pool.poolName} (${pool.accelerator.name})`, affinity: affinityOf(pool),
    }))),
  });
}

function nameOf(resource: string): string {
  const [domain, name] = resource.split('/');
  const vendor = { 'nvidia.com': 'NVIDIA', 'amd.com': 'AMD' }[domain] ?? domain;
  return name === 'gpu' ? vendor : `${vendor} ${name}`;
}

function tolerationsOf(pool: IGpuPool): any[] {
  return pool.scheduling.taints.map(({ key, value, effect }) => (value === undefined ? { key, operator: 'Exists', effect } : { key, operator: 'Equal', value, effect }));
}

function affinityOf(pool: IGpuPool): any {
  const matchExpressions = Object.entries(pool.scheduling.nodeLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } };
}
