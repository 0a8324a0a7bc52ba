import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Assembly } from './assembly';
import { versionsOf } from './facts';
import { imagesOf } from './images';
import { identityOf, Inventory, titleOf } from './inventory';
import { stagesOf } from './order';
import { remove } from './patches/kinds';
import { checkChart } from './place';
import { podSpecOf } from './pods';
import { repairForAks } from './repairs/aks';
import { secureCookies } from './repairs/cookies';
import { dex } from './repairs/dex';
import { expose } from './repairs/gateway';
import { overrideImages } from './repairs/images';
import { mpiOperator } from './repairs/mpi';
import { notebooks } from './repairs/notebooks';
import { forKubernetes, summaryOf } from './repairs/removed';
import { database, objectStore } from './repairs/storage';
import { UpstreamObject } from './upstream-object';
import { compareVersions } from './versions';
import { checkBoolean } from '../../private/booleans';
import { InvalidInputError, invalid, pathOf } from '../../private/errors';
import { checkDnsLabel } from '../../private/names';
import { checkList, checkProps } from '../../private/props';
import { DEFAULT_KUBERNETES_VERSION, setting } from '../../private/settings';
import { DuplicatePolicy } from '../duplicate-policy';
import { GatewayExposure } from '../gateway-exposure';
import { ManifestPatch } from '../manifest-patch';
import { ManifestSelector } from '../manifest-selector';
import { MpiOperator } from '../mpi-operator';
import { KubeflowPlatformProps } from '../platform-props';

/** What kubectl can keep in the annotation of its own kind of apply. */
const ANNOTATION_LIMIT = 262_144;

/** Reads a platform's manifests, changes them as is asked for, and makes objects of them. */
export function assemble(scope: Construct, props: KubeflowPlatformProps): Assembled {
  checkChart(scope);
  checkAll(scope, props);
  const name = checkName(scope, props.name ?? 'kubeflow');
  const namespace = checkDnsLabel(scope, 'namespace', props.namespace ?? 'kubeflow');
  const { manifests, warnings = [] } = props.manifests.load();
  if (manifests.length === 0) { throw invalid(scope, 'manifests', [], 'have at least one manifest'); }
  const assembly = new Assembly(scope, withPath(scope, () => new Inventory(manifests, props.duplicates)));
  if (props.namespace !== undefined) { checkNamespace(assembly, namespace); }
  warnings.forEach(warning => assembly.warn(warning));
  withPath(scope, () => change(assembly, props, namespace));
  return new Assembled(assembly, name, namespace, props.stages ?? false);
}

/** The order matters: components come and go first, then they are repaired, and the user has the last word. */
function change(assembly: Assembly, props: KubeflowPlatformProps, namespace: string): void {
  (props.exclude ?? []).forEach((selector, i) => assembly.patch(remove(`exclude[${i}]`, selector, {})));
  mpiOperator(assembly, props.mpiOperator ?? MpiOperator.KEEP);
  if (props.aks) { repairForAks(assembly, props.aks, namespace); }
  if (props.dex) { dex(assembly, props.dex); }
  if (props.notebooks || props.gpuPools?.length) { notebooks(assembly, props.notebooks ?? {}, props.gpuPools ?? []); }
  if (props.database) { database(assembly, props.database, namespace); }
  if (props.objectStore) { objectStore(assembly, props.objectStore, namespace); }
  const secure = expose(assembly, props.gateway ?? GatewayExposure.none(), namespace, props.aks !== undefined);
  const cookies = props.secureCookies ?? (secure ? true : undefined);
  if (cookies !== undefined) { secureCookies(assembly, cookies, namespace); }
  if (secure === false && cookies === undefined) {
    assembly.warn('its gateway has no certificate, and browsers don\'t send the cookies that the web apps set for HTTPS ("Could not find CSRF cookie"); '
      + 'give the gateway a certificate (tlsSecretName), or set secureCookies: false');
  }
  (props.imageOverrides ?? []).forEach((override, i) => overrideImages(assembly, `imageOverrides[${i}]`, override));
  (props.patches ?? []).forEach(patch => assembly.patch(patch));
  if (props.kubernetesVersion !== undefined) { forKubernetes(assembly, props.kubernetesVersion); } else { warnOfRemoved(assembly); }
}

function warnOfRemoved(assembly: Assembly): void {
  const version = setting(assembly.scope, 'kubernetesVersion') ?? DEFAULT_KUBERNETES_VERSION;
  const removed = assembly.facts.removedApis.filter(api => compareVersions(api.removedIn, version) <= 0);
  if (removed.length > 0) {
    assembly.warn(`Kubernetes ${version} doesn't serve ${removed.length} of its objects: ${summaryOf(removed)}; take a newer release, or give kubernetesVersion, `
      + 'the version that it is for');
  }
}

/** JSON has no whole numbers beyond a float's. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function checkAll(scope: Construct, props: KubeflowPlatformProps): void {
  checkProps(scope, 'props', props, {
    manifests: true, name: true, namespace: true, duplicates: true, kubernetesVersion: true, exclude: true, aks: true, mpiOperator: true,
    gateway: true, secureCookies: true, imageOverrides: true, patches: true, stages: true, dex: true, notebooks: true, gpuPools: true,
    database: true, objectStore: true,
  });
  if (typeof props.manifests?.load !== 'function') {
    throw invalid(scope, 'manifests', props.manifests, 'be a ManifestSource', 'for example ManifestSource.kustomize("manifests/example")');
  }
  if (props.duplicates !== undefined && !Object.values(DuplicatePolicy).includes(props.duplicates)) {
    throw invalid(scope, 'duplicates', props.duplicates, `be one of DuplicatePolicy: ${Object.values(DuplicatePolicy).join(', ')}`, 'for example DuplicatePolicy.MERGE');
  }
  checkBoolean(scope, 'secureCookies', props.secureCookies);
  checkBoolean(scope, 'stages', props.stages);
  checkList(scope, 'exclude', props.exclude).forEach((selector, i) => {
    if (!(selector instanceof ManifestSelector)) {
      throw invalid(scope, `exclude[${i}]`, selector, 'be a ManifestSelector', 'for example ManifestSelector.of({ kind: "Profile" })');
    }
  });
  checkList(scope, 'imageOverrides', props.imageOverrides).forEach((each, i) => checkProps(scope, `imageOverrides[${i}]`, each, { from: true, to: true }));
  checkList(scope, 'gpuPools', props.gpuPools).forEach((pool, i) => {
    if (typeof pool?.scheduling?.resourceName !== 'string') { throw invalid(scope, `gpuPools[${i}]`, pool, 'be a GPU pool', 'for example new ExistingGpuPool({ ... })'); }
  });
  checkPatches(scope, 'patches', props.patches);
}

function checkPatches(scope: Construct, prop: string, patches: readonly ManifestPatch[] | undefined): void {
  checkList(scope, prop, patches).forEach((patch, i) => {
    if (typeof patch?.apply !== 'function' || !patch.selector) {
      throw invalid(scope, `${prop}[${i}]`, patch, 'be a ManifestPatch', 'for example ManifestPatch.merge("team/replicas", selector, { spec: { replicas: 2 } })');
    }
  });
}

/** Checks that the manifests have the namespace that they are said to be for. */
function checkNamespace({ scope, inventory }: Assembly, namespace: string): void {
  const names = new Set<string>(inventory.manifests.map(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace)).filter(name => name !== undefined));
  if (!names.has(namespace)) { throw invalid(scope, 'namespace', namespace, 'be a namespace of the manifests', `they have ${[...names].sort().join(', ') || 'none'}`); }
}

/** The rule that kfctl's users know for KF_NAME. */
function checkName(scope: Construct, name: string): string {
  if (typeof name !== 'string' || !/^[a-z0-9]([-a-z0-9]{0,23}[a-z0-9])?$/.test(name)) {
    throw invalid(scope, 'name', name, 'be 1 to 25 lower case letters, digits and "-", that starts and ends with a letter or digit; a name, not a path', 'rename it');
  }
  return name;
}

/** Puts the platform's path before what is wrong with its manifests. */
function withPath<T>(scope: Construct, act: () => T): T {
  try {
    return act();
  } catch (e) {
    const path = pathOf(scope);
    if (!(e instanceof InvalidInputError) || path === '' || e.message.startsWith(path)) { throw e; }
    throw new InvalidInputError(`${path}: ${e.message}`);
  }
}

/** A platform whose objects are made. */
export class Assembled {
  private readonly byIdentity = new Map<string, UpstreamObject>();
  /** What webhooks wait for; undefined when it must be found out anew. */
  private interceptions?: ReturnType<typeof stagesOf>['intercepted'];

  constructor(public readonly assembly: Assembly, public readonly name: string, public readonly namespace: string, stages: boolean) {
    const { definitions, platform, intercepted } = stagesOf(assembly.inventory.manifests);
    this.interceptions = intercepted;
    const { scope } = assembly;
    const first = stages ? new Chart(scope, 'definitions') : scope;
    const second = stages ? new Chart(scope, 'platform') : scope;
    if (stages) {
      second.node.addDependency(first);
      // what the program adds to the platform is in the chart around it
      Chart.of(scope).node.addDependency(second);
    }
    definitions.forEach(manifest => this.make(first, manifest));
    platform.forEach(manifest => this.make(second, manifest));
    const large = this.needsServerSideApply;
    if (large.length > 0) {
      assembly.warn(`${large.length} of its objects are too large for "kubectl apply" as it is (${large.slice(0, 3).join(', ')}${large.length > 3 ? ', ...' : ''}); `
        + 'apply with --server-side --force-conflicts');
    }
  }

  public get objects(): ApiObject[] {
    return [...this.byIdentity.values()];
  }

  public get images(): string[] {
    return [...new Set(this.assembly.inventory.manifests.flatMap(imagesOf))].sort();
  }

  public get servedKinds(): string[] {
    return this.assembly.inventory.ofKind('CustomResourceDefinition').flatMap(definition => versionsOf(definition)
      .filter(version => version.served !== false)
      .map(version => `${definition.spec.group}/${version.name}/${definition.spec.names?.kind}`));
  }

  public get waitsForWebhook(): Array<{ object: string; webhook: string; atFirst: boolean }> {
    this.interceptions ??= stagesOf(this.assembly.inventory.manifests).intercepted;
    return this.interceptions.map(({ manifest, webhook, always }) => ({ object: titleOf(manifest), webhook, atFirst: always }));
  }

  public get needsServerSideApply(): string[] {
    return this.assembly.inventory.manifests.filter(manifest => JSON.stringify(manifest, plain).length > ANNOTATION_LIMIT).map(titleOf);
  }

  public find(selector: ManifestSelector): ApiObject[] {
    return [...this.byIdentity.values()].filter(object => selector.matches(object.manifest));
  }

  /** Whether a namespace is the platform's own: it brings it, or runs something in it. */
  public owns(namespace: string): boolean {
    return this.assembly.inventory.manifests.some(manifest => (manifest.kind === 'Namespace' ? manifest.metadata.name : podSpecOf(manifest) && manifest.metadata.namespace) === namespace);
  }

  public definitionOf(group: string, kind: string): any {
    return this.assembly.inventory.ofKind('CustomResourceDefinition').find(({ spec }) => spec?.group === group && spec?.names?.kind === kind);
  }

  public patch(patches: readonly ManifestPatch[]): void {
    const { assembly } = this;
    checkPatches(assembly.scope, 'addPatch', patches);
    // what was changed by hand is what patches find
    for (const object of this.byIdentity.values()) { assembly.inventory.set(object.manifest); }
    withPath(assembly.scope, () => patches.forEach(patch => assembly.patch(patch)));
    for (const [identity, object] of this.byIdentity) {
      const manifest = assembly.inventory.get(identity);
      if (manifest !== undefined) {
        object.manifest = manifest;
      } else {
        object.node.scope!.node.tryRemoveChild(object.node.id);
        this.byIdentity.delete(identity);
      }
    }
    // to find out what is waited for takes longer than most patches
    this.interceptions = undefined;
  }

  private make(scope: Construct, manifest: any): void {
    const identity = identityOf(manifest);
    this.byIdentity.set(identity, new UpstreamObject(scope, identity.replaceAll('/', '.'), manifest));
  }
}
