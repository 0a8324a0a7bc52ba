import { Size } from 'cdk8s';
import { Capability, Cpu, EmptyDirMedium, Volume } from 'cdk8s-plus-27';
import { ModelServer, ModelServingApp, ModelSource, PlatformApp, Scaling } from '../../src';
import { brokenOperation } from '../support/reliable';
import { brokenPromises } from '../support/restricted';
import { chartOf, front, IMAGE, messageOf, only, podOf, pool, PRESETS, serve, written } from '../support/workloads';

test.each(PRESETS)('%s keeps every promise of its security', (_, props) => {
  expect(brokenPromises(written(new ModelServingApp(chartOf(), 'app', props())))).toEqual([]);
});

test.each(PRESETS)('%s keeps every promise of how it runs', (_, props) => {
  const { gpu } = props();
  const wanted = gpu && { gpu: { resourceName: 'nvidia.com/gpu', count: 1, nodeLabels: gpu.pool?.scheduling.nodeLabels } };
  expect(brokenOperation(written(new ModelServingApp(chartOf(), 'app', props())), { app: { ...wanted } })).toEqual([]);
});

test('a scaled front end and a pool of spot nodes keep every promise of how they run', () => {
  const taints = [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }, { key: 'spot', effect: 'NoExecute' }];
  const chart = chartOf();
  const back = serve({ gpu: { count: 2, pool: pool({ gpusPerNode: 4, taints }) } }, chart, 'back');
  front({ backends: { MODEL: back } }, chart, 'web');
  expect(brokenOperation(written(back), { back: { gpu: { resourceName: 'nvidia.com/gpu', count: 2, taints, nodeLabels: { agentpool: 'a100' } } } })).toEqual([]);
});

test('a front end, a sidecar and a container that fetches the model keep every promise', () => {
  const chart = chartOf();
  const back = serve({
    model: ModelSource.huggingFace('org/model', { revision: 'a'.repeat(40), size: Size.gibibytes(1) }),
    sidecars: [{ name: 'proxy', image: IMAGE }],
    initContainers: [{ name: 'first', image: IMAGE, resources: { cpu: { request: Cpu.millis(10) } } }],
  }, chart);
  front({ backends: { MODEL: back } }, chart);
  expect(podOf(back).initContainers).toHaveLength(2);
  expect(brokenPromises(written(back))).toEqual([]);
});

/** Fields without which a pod is less safe, wherever they are. */
const SECURITY = [
  /\.securityContext\.(?!privileged$|sysctls)[^.]+$/, /\.seccompProfile\.type$/, /\.capabilities\.drop$/, /\.capabilities\.drop\.0$/,
  /automountServiceAccountToken$/, /\.enableServiceLinks$/, /\.serviceAccountName$/, /\.imagePullPolicy$/, /\.resources\.(requests|limits)\.(?!nvidia)[^.]+$/,
  /\.emptyDir\.sizeLimit$/, /\.secret\.defaultMode$/, /\.policyTypes\.\d$/, /\.ipBlock\.except$/, /^spec\.podSelector$/, /^spec\.maxUnavailable$/,
];

function paths(value: any, path = ''): string[] {
  if (typeof value !== 'object' || value === null) { return [path]; }
  return [path, ...Object.entries(value).flatMap(([key, inner]) => paths(inner, path ? `${path}.${key}` : key))];
}

function without(object: any, path: string): any {
  const copy = structuredClone(object);
  const keys = path.split('.');
  const parent = keys.slice(0, -1).reduce((at, key) => at[key], copy);
  if (Array.isArray(parent)) { parent.splice(Number(keys.pop()), 1); } else { delete parent[keys.pop()!]; }
  return copy;
}

test.each(PRESETS)('without any one of its security fields %s would break a promise', (_, props) => {
  const objects = written(new ModelServingApp(chartOf(), 'app', { ...props(), sidecars: [{ name: 'proxy', image: IMAGE }] }));
  const fields = objects.filter(o => ['Deployment', 'ServiceAccount', 'NetworkPolicy', 'PodDisruptionBudget'].includes(o.kind))
    .flatMap(object => paths(object).filter(path => SECURITY.some(pattern => pattern.test(path))).map(path => ({ object, path })));
  expect(fields.length).toBeGreaterThan(40);
  const unnoticed = fields.filter(({ object, path }) => (
    brokenPromises(objects.map(o => (o === object ? without(o, path) : o))).length === 0));
  expect(unnoticed.map(({ object, path }) => `${object.kind} ${path}`)).toEqual([]);
});

test('without any one of its objects a workload would break a promise', () => {
  const objects = written(serve({ scaling: Scaling.cpu({ min: 2, max: 4, targetUtilization: 70 }) }));
  for (const kind of ['ServiceAccount', 'NetworkPolicy', 'PodDisruptionBudget']) {
    expect(brokenPromises(objects.filter(o => o.kind !== kind))).toHaveLength(kind === 'NetworkPolicy' ? 3 : 1);
  }
});

test('a root user is only had with a reason, which the manifest repeats', () => {
  expect(messageOf(() => serve({ user: 0 }))).toBe(
    'lab/llama.user: got 0; must be a whole number from 1 to 2147483647; say why in "allowRoot" when the image can only run as root');
  expect(messageOf(() => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, user: 0 }) }))).toContain('say why in "allowRoot"');
  for (const reason of ['', '  ', true as any]) {
    expect(messageOf(() => serve({ allowRoot: reason }))).toContain('must be the reason in words');
  }
  const app = serve({ allowRoot: 'the entry point changes owners', sidecars: [{ name: 'proxy', image: IMAGE }] });
  const { metadata, spec } = only(written(app), 'Deployment');
  expect(metadata.annotations).toEqual({ 'ignore-check.kube-linter.io/run-as-non-root': 'the entry point changes owners' });
  expect(spec.template.spec.securityContext).toMatchObject({ runAsUser: 0, runAsNonRoot: false, seccompProfile: { type: 'RuntimeDefault' } });
  for (const container of spec.template.spec.containers) {
    expect(container.securityContext).toMatchObject({
      runAsUser: 0, runAsNonRoot: false, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true,
    });
  }
});

test('a reason for root does not make a workload root that names its user', () => {
  const app = serve({ allowRoot: 'for later', user: 1000 });
  expect(podOf(app).securityContext).toMatchObject({ runAsUser: 1000, runAsNonRoot: true });
  expect(only(written(app), 'Deployment').metadata).not.toHaveProperty('annotations');
});

test('a reason for root and a server that is made for another user are a warning, unless the workload says which', () => {
  const warnings = (props: object, user?: number) => {
    const app = new PlatformApp();
    serve({ server: ModelServer.custom({ image: IMAGE, port: 8080, user }), allowRoot: 'it must', ...props }, chartOf(app));
    return app.warnings;
  };
  expect(warnings({}, 1000)).toEqual([
    'lab/llama: "allowRoot" has it run as root, and its server is made for the user 1000; leave out "allowRoot", or say which in "user"',
  ]);
  for (const [props, user] of [[{ user: 0 }, 1000], [{ user: 1000 }, 1000], [{}, 0], [{}, undefined]] as Array<[object, number | undefined]>) {
    expect(warnings(props, user)).toEqual([]);
  }
});

test('a writable root is only had with a reason, and only by the container that serves', () => {
  const app = serve({ allowWritableRoot: 'it compiles its kernels in place', sidecars: [{ name: 'proxy', image: IMAGE }] });
  const { metadata, spec } = only(written(app), 'Deployment');
  expect(metadata.annotations).toEqual({ 'ignore-check.kube-linter.io/no-read-only-root-fs': 'it compiles its kernels in place' });
  expect(spec.template.spec.containers.map((c: any) => c.securityContext.readOnlyRootFilesystem)).toEqual([false, true]);
  expect(messageOf(() => serve({ allowWritableRoot: '' }))).toContain('lab/llama.allowWritableRoot: got ""; must be the reason in words');
});

test.each([
  ['privileged', { privileged: true }, '.privileged: got true; must be left out'],
  ['escalating', { allowPrivilegeEscalation: true }, '.allowPrivilegeEscalation: got true; must be left out'],
  ['root by id', { user: 0 }, '.user: got 0; must be a whole number from 1 to 2147483647; say why in "allowRoot"'],
  ['root by flag', { ensureNonRoot: false }, '.ensureNonRoot: got false; must be left out, because Pod Security "restricted" doesn\'t admit root; say why'],
  ['with a capability', { capabilities: { add: [Capability.NET_ADMIN] } }, '.capabilities.add: got "NET_ADMIN"; must be NET_BIND_SERVICE or nothing'],
  ['misspelt', { readOnlyRootFileSystem: false } as any, '.readOnlyRootFileSystem: got false; must be a property that there is; did you mean "readOnlyRootFilesystem"?'],
])('a sidecar that is %s is refused', (_, securityContext, message) => {
  expect(messageOf(() => serve({ sidecars: [{ name: 'proxy', image: IMAGE, securityContext }] }))).toContain(`lab/llama.sidecars[0].securityContext${message}`);
});

test('a sidecar keeps what its security context leaves out', () => {
  const app = serve({ sidecars: [{ name: 'proxy', image: IMAGE, securityContext: { user: 1337, capabilities: { add: [Capability.NET_BIND_SERVICE] } } }] });
  expect(podOf(app).containers[1].securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsGroup: 65532,
    runAsNonRoot: true,
    runAsUser: 1337,
  });
});

test('a container and a volume that cdk8s-plus\'s verbs add are hardened as the others', () => {
  const app = serve();
  const volume = Volume.fromEmptyDir(app, 'Scratch', 'scratch', { medium: EmptyDirMedium.MEMORY, sizeLimit: Size.mebibytes(64) });
  app.deployment.addContainer({ name: 'late', image: IMAGE }).mount('/scratch', volume);
  app.deployment.addInitContainer({ name: 'early', image: IMAGE });
  expect(brokenPromises(written(app))).toEqual(['llama: early may take more memory than it asked for', 'llama: late may take more memory than it asked for']);
});
