// Releases as kustomize renders them, one file each, from the folder that KUBEFLOW_MANIFESTS names: v1.2.yaml, v1.9.yaml, ...
import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { platformOf, reported } from './support';
import { PlatformApp } from '../../src/app';
import { Accelerator, ExistingGpuPool } from '../../src/gpu';
import { ExistingIdentity, SecretFile } from '../../src/identity';
import { DuplicatePolicy, GatewayExposure, KatibParameter, KubeflowPlatform, KubeflowPlatformProps, ManifestSource, MpiOperator, MtlsMode, OidcConnector } from '../../src/kubeflow';
import { identityOf } from '../../src/kubeflow/private/inventory';

const folder = process.env.KUBEFLOW_MANIFESTS;
const releases = folder === undefined ? [] : fs.readdirSync(folder).filter(file => /\.ya?ml$/.test(file)).sort();

/** How many objects each patch matches. Of releases that aren't in the table, only what holds for all is tested. */
const COUNTS: { readonly [release: string]: { readonly [patch: string]: number | string } } = {
  'v1.2': { injector: 1, webhooks: 13, nested: 1, key: 0, rules: 2, pin: 1, trainer: 0, cookies: 1, labels: 2 },
  'v1.3': { injector: 1, webhooks: 19, nested: 0, key: 1, rules: 2, pin: 1, trainer: 0, cookies: 3, labels: 1 },
  'v1.4': { injector: 1, webhooks: 19, nested: 0, key: 1, rules: 2, pin: 0, trainer: 1, cookies: 4, labels: 1 },
  'v1.5': { injector: 1, webhooks: 23, nested: 0, key: 1, rules: 2, pin: 0, trainer: 1, cookies: 5, labels: 2 },
  'v1.6': { injector: 1, webhooks: 22, nested: 0, key: 1, rules: 2, pin: 0, trainer: 1, cookies: 4, labels: 1 },
  'v1.7': { injector: 1, webhooks: 23, nested: 0, key: 1, rules: 2, pin: 0, trainer: 1, cookies: 4, labels: 1 },
  'v1.8': { injector: 1, webhooks: 27, nested: 0, key: 1, rules: 2, pin: 0, trainer: 1, cookies: 4, labels: 1 },
  'v1.9': { injector: 1, webhooks: 26, nested: 0, key: 0, rules: 2, pin: 0, trainer: 1, cookies: 4, labels: 1 },
  'v1.10': { injector: 1, webhooks: 25, nested: 0, key: 0, rules: 2, pin: 0, trainer: 1, cookies: 4, labels: 1 },
  'v1.11': { injector: 1, webhooks: 27, nested: 0, key: 0, rules: 2, pin: 0, trainer: 0, cookies: 4, labels: 2 },
  '26.03': { injector: 1, webhooks: 28, nested: 0, key: 0, rules: 2, pin: 0, trainer: 0, cookies: 4, labels: 2 },
};

(releases.length > 0 ? describe.each(releases) : describe.skip.each(['no release']))('%s', file => {
  const name = file.replace(/\.ya?ml$/, '');
  let loaded: any[];
  const load = (props: Partial<KubeflowPlatformProps> = {}): KubeflowPlatform => platformOf(loaded, { duplicates: DuplicatePolicy.MERGE, ...props });
  beforeAll(() => { loaded = ManifestSource.files(path.join(folder!, file)).load().manifests; });

  test('is written as kubectl reads it', () => {
    const kf = load();
    const written = new Map(kf.apiObjects.map(each => [identityOf(each.toJson()), each.toJson()]));
    const twice = new Set(loaded.map(identityOf).filter((identity, i, all) => all.indexOf(identity) < i));
    const output = path.join((kf.node.root as PlatformApp).outdir, 'ml.k8s.yaml');
    (kf.node.root as PlatformApp).synth();
    const read = ManifestSource.files(output).load().manifests;
    expect(read).toHaveLength(written.size);
    const source = new Map(byKubectl(path.join(folder!, file)).map(each => [identityOf(each), each]));
    const back = byKubectl(output).filter(each => !twice.has(identityOf(each)));
    expect(back.filter(each => JSON.stringify(sorted(each)) !== JSON.stringify(sorted(source.get(identityOf(each))))).map(identityOf)).toEqual([]);
  });

  test('is repaired once', () => {
    const text = (kf: KubeflowPlatform) => (kf.node.root as PlatformApp).synthYaml();
    const options: Partial<KubeflowPlatformProps> = { aks: {}, secureCookies: true };
    const once = load(options);
    const twice = platformOf(once.apiObjects.map(each => each.toJson()), options);
    expect(twice.report.flatMap(each => each.changed)).toEqual([]);
    expect(text(twice)).toBe(text(once));
  });

  test('has what each patch is for', () => {
    const kf = load({ aks: { mtls: MtlsMode.DISABLE_PIPELINES }, secureCookies: true });
    const matched = (id: string) => kf.report.filter(each => each.id === id).reduce((sum, each) => sum + each.matched.length, 0);
    const { facts } = kf;
    const counts = {
      injector: matched('aks/sidecar-injector'), webhooks: matched('aks/mutating-webhooks') + matched('aks/validating-webhooks'),
      nested: facts.executor?.location === 'data.config' ? matched('aks/executor') : 0, key: facts.executor?.location === 'data.containerRuntimeExecutor' ? matched('aks/executor') : 0,
      rules: matched('aks/mtls'), pin: pinned(), trainer: loaded.filter(each => each.kind === 'Deployment' && each.metadata.name === 'training-operator').length,
      cookies: matched('cookies'), labels: facts.controlPlaneNamespaces.length,
    };
    if (COUNTS[name]) { expect(counts).toEqual(COUNTS[name]); } else { expect(counts.injector).toBe(1); }
  });

  test('has no image left where an override takes it from', () => {
    const from = [...new Set(load().images.filter(image => /^[^/]*\.[^/]*\//.test(image)).map(image => `${image.split('/')[0]}/`))];
    const kf = load({ imageOverrides: from.map(registry => ({ from: registry, to: `mirror.invalid/${registry}` })) });
    const texts = kf.apiObjects.filter(each => each.kind !== 'CustomResourceDefinition').map(each => JSON.stringify(withoutExample(each.toJson()), plain));
    for (const registry of from) { expect([registry, texts.filter(text => text.replaceAll(`mirror.invalid/${registry}`, '').includes(registry))]).toEqual([registry, []]); }
    expect(kf.images.filter(image => from.some(registry => image.startsWith(registry)))).toEqual([]);
  });

  test('takes what a program adds, by its own definitions', () => {
    const kf = load();
    const team = kf.addProfile('team-a', { owner: 'lead@example.com', identity: ExistingIdentity.azure({ clientId: '00000000-0000-0000-0000-000000000000' }) });
    const pod = { image: 'me/a:1', command: ['a'], mounts: [{ claimName: 'd', path: '/d' }], labels: { run: '1' }, env: { A: 'b' } };
    const job = { ...pod, workers: 2 };
    const step = { name: 's', image: 'me/a:1', command: ['a'], mounts: [{ claimName: 'd', path: '/d' }] };
    const made: Array<() => any> = [
      () => team.addNotebook('notebook', { mounts: job.mounts }), () => team.addPodDefault('default', { mounts: job.mounts, env: job.env }),
      () => team.addMpiJob('mpi', job), () => team.addPyTorchJob('pytorch', job), () => team.addTfJob('tf', { ...job, parameterServers: 1 }), () => team.addTrainJob('train', job),
      () => team.addWorkflow('workflow', { steps: [step] }), () => team.addScheduledWorkflow('schedule', { steps: [step], cron: '0 0 6 * * *' }),
      () => team.addKatibExperiment('experiment', { ...pod, objective: { metric: 'm' }, parameters: { lr: KatibParameter.double(0, 1) }, command: ['${trialParameters.lr}'] }),
      () => team.addInferenceService('model', { modelFormat: 'sklearn', storageUri: 'pvc://models/iris' }), () => team.addTensorboard('board', { logs: 'pvc://logs/run' }),
    ];
    const refused = made.map(make => { try { return make() && ''; } catch (e) { return (e as Error).message; } }).filter(message => message !== '');
    expect(refused.filter(message => !/must be (served by|a version that) /.test(message))).toEqual([]);
    expect(() => (kf.node.root as PlatformApp).synthYaml()).not.toThrow();
  });

  const pinned = () => {
    if (!loaded.some(each => each.kind === 'Deployment' && each.metadata.name === 'mpi-operator')) { return 0; }
    return load({ mpiOperator: MpiOperator.pinned() }).report.filter(each => each.id === 'mpi/pin').reduce((sum, each) => sum + each.matched.length, 0);
  };

  test('takes each option, or says why not', () => {
    const secret = SecretFile.existing('team', 'value');
    const pool = new ExistingGpuPool({ poolName: 'a100', accelerator: Accelerator.A100_80GB, maxNodes: 4, nodeLabels: { agentpool: 'a100' } });
    const id = '00000000-0000-0000-0000-000000000000';
    const outcome = (props: Partial<KubeflowPlatformProps>, patch: string) => {
      try {
        return reported(load(props), patch).map(each => each.replace(/-[a-z0-9]{10}$/, '')).join();
      } catch (e) {
        return /must ([^;]*?)(?:;|:|, but)/.exec((e as Error).message)![1];
      }
    };
    expect({
      users: outcome({ dex: { users: [{ email: 'a@example.com', passwordHash: secret }] } }, 'dex/users'),
      entra: outcome({ dex: { connectors: [OidcConnector.entra({ tenantId: id, clientId: id, clientSecret: secret, host: 'kf.example.com' })] } }, 'dex/secrets'),
      images: outcome({ notebooks: { images: ['me/a:1'] } }, 'notebooks/images'),
      gpus: outcome({ gpuPools: [pool] }, 'notebooks/gpus'),
      database: outcome({ database: { host: 'db.example.com', secretName: 'db' } }, 'database/address'),
      store: outcome({ objectStore: { host: 's3.example.com', bucket: 'kf', secretName: 's3', v1PipelinesOnly: true } }, 'object-store/artifacts'),
      internal: outcome({ gateway: GatewayExposure.internalLoadBalancer() }, 'gateway/service'),
      public: outcome({ gateway: GatewayExposure.publicLoadBalancer() }, 'gateway/service'),
    }).toEqual({
      users: name === 'v1.2' ? 'be for manifests with dex' : 'ConfigMap auth/dex',
      entra: name === 'v1.2' ? 'be for manifests with dex' : 'Deployment auth/dex',
      images: expect.stringMatching(/^ConfigMap kubeflow\/(jupyter-web-app-)?jupyter-web-app-config$/),
      gpus: expect.stringMatching(/^ConfigMap kubeflow\/(jupyter-web-app-)?jupyter-web-app-config$/),
      database: 'ConfigMap kubeflow/pipeline-install-config',
      store: expect.stringMatching(/^ConfigMap kubeflow\/workflow-controller-configmap$|^be left out for a release with SeaweedFS$/),
      internal: 'Service istio-system/kubeflowdashboard-lb',
      public: expect.stringMatching(/^not be for a platform (that doesn't ask who its users are|with the user of the examples, user@example\.com, whose password everyone knows)$/),
    });
  });
});

/** Knative's example stays as it is, because its webhook wants it so. */
function withoutExample({ data, ...rest }: any): any {
  const { _example, ...others } = data ?? {};
  return { ...rest, data: others };
}

function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** What kubectl reads of a file. */
function byKubectl(file: string): any[] {
  const { stdout, status, stderr } = spawnSync('kubectl', ['annotate', '--local', '-o', 'json', '-f', file, 'read-by=kubectl'], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) { throw new Error(stderr.slice(0, 2000)); }
  return JSON.parse(`[${stdout.trim().replace(/^\}\s*\{$/gm, '},\n{')}]`).flatMap((each: any) => (each.kind === 'List' ? each.items : [each]));
}

/** A value with its keys in one order. */
function sorted(value: any): any {
  if (Array.isArray(value)) { return value.map(sorted); }
  if (typeof value !== 'object' || value === null) { return value; }
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}
