import * as fs from 'fs';
import { ApiObject, App, Chart, JsonPatch, Lazy, Testing } from 'cdk8s';
import { FAMILIES, FamilyName, definition, object, platformLike } from './fixtures';
import { manifest, platform, platformOf, reported, warningsOf } from './support';
import { PlatformApp, PlatformChart } from '../../src/app';
import { ExistingCluster } from '../../src/cluster';
import { Authentication, DuplicatePolicy, KubeflowPlatform, ManifestPatch, ManifestSelector, ManifestSource, Notebook, Profile } from '../../src/kubeflow';
import { parse } from '../../src/kubeflow/private/loading/parse';
import * as order from '../../src/kubeflow/private/order';

const NAMES = Object.keys(FAMILIES) as FamilyName[];
const title = ({ kind, metadata }: any) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;
const byTitle = (manifests: any[]) => Object.fromEntries(manifests.map(each => [title(each), each]));

test.each(NAMES)('%s: every object is written as it was read, under a chart with a namespace and labels', name => {
  const kf = platform(name);
  const app = kf.node.root as PlatformApp;
  expect(byTitle(parse(app.synthYaml(), 'output').documents)).toEqual(byTitle(platformLike(name)));
});

test.each(NAMES)('%s: applying all repairs to what they made changes nothing', name => {
  const once = platform(name, { aks: {}, secureCookies: true });
  const text = (once.node.root as PlatformApp).synthYaml();
  const twice = platformOf(parse(text, 'output').documents, { aks: {}, secureCookies: true });
  expect(twice.report.flatMap(each => each.changed)).toEqual([]);
  expect((twice.node.root as PlatformApp).synthYaml()).toBe(text);
});

test('facts are what the manifests say', () => {
  expect(platform('v1.2').facts).toMatchObject({
    argoVersion: '2.3.0', executor: { executor: 'docker', location: 'data.config' }, gatewayPorts: { 80: 80, 443: 443 },
    authentication: Authentication.NONE, defaultPassword: false, controlPlaneNamespaces: ['kubeflow'],
  });
  expect(platform('v1.4').facts).toMatchObject({
    argoVersion: '3.1.6', executor: { executor: 'docker', location: 'data.containerRuntimeExecutor' }, gatewayPorts: { 80: 8080, 443: 8443 },
    authentication: Authentication.OIDC_AUTHSERVICE, defaultPassword: true,
  });
  expect(platform('v1.11').facts).toMatchObject({
    argoVersion: '3.7.3', istioVersion: '1.22.1', executor: { executor: 'emissary', location: 'default' }, authentication: Authentication.OAUTH2_PROXY, defaultPassword: true, removedApis: [],
  });
  expect(platform('v1.11').facts.servedKinds).toContain('trainer.kubeflow.org/v1alpha1/TrainJob');
  expect(platformOf([object('v1', 'ConfigMap', 'a', 'b')]).facts).toMatchObject({ authentication: Authentication.UNKNOWN, gatewayPorts: {}, servedKinds: [] });
});

test('it describes itself for people', () => {
  const text = platform('v1.2', { aks: {} }).describe();
  expect(text).toContain('executor of pipelines: docker (data.config)');
  expect(text).toMatch(/objects of API versions that were removed: 5: ValidatingWebhookConfiguration/);
  expect(text).toContain('  aks/images/oidc-authservice: skipped, no image is gone');
  expect(text).toContain('  aks/executor: 1 matched, 1 changed, 0 already done');
  expect(platformOf([object('v1', 'ConfigMap', 'a', 'b')]).describe()).toContain('gateway: none');
  expect(platform('v1.9').describe()).toContain('authentication: oauth2-proxy, with the password of the examples');
});

test('namespaces and definitions come first, and webhooks that judge objects of the platform last', () => {
  const kinds = platform('v1.9').apiObjects.map(each => each.kind);
  const names = platform('v1.9').apiObjects.map(each => each.name);
  expect(kinds.slice(0, 3)).toEqual(['Namespace', 'Namespace', 'Namespace']);
  expect(kinds.lastIndexOf('CustomResourceDefinition')).toBeLessThan(names.indexOf('istio-sidecar-injector'));
  // pods must find it when they start
  expect(names.indexOf('istio-sidecar-injector')).toBeLessThan(kinds.indexOf('Deployment'));
  expect(names.slice(-2)).toEqual(['defaults', 'cert-manager-webhook']);
  expect(platform('v1.9').waitsForWebhook).toEqual([
    { object: 'Issuer kubeflow/self-signed', webhook: 'webhook.cert-manager.io', atFirst: false },
    { object: 'Issuer kubeflow/self-signed', webhook: 'defaults.example.com', atFirst: false },
  ]);
});

test('webhooks that let pass when they don\'t answer, or are for others, are not waited for', () => {
  const hook = (webhook: any) => object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'h', undefined, {
    webhooks: [{ name: 'h', rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }], ...webhook }],
  });
  const waits = (webhook: any) => platformOf([
    object('v1', 'Namespace', 'b', undefined, { labels: { team: 'x' } }), object('v1', 'ConfigMap', 'a', 'b', { labels: { app: 'a' } }), hook(webhook),
  ]).waitsForWebhook.length;
  expect([waits({}), waits({ failurePolicy: 'Ignore' })]).toEqual([1, 0]);
  expect([waits({ namespaceSelector: { matchLabels: { team: 'x' } } }), waits({ namespaceSelector: { matchLabels: { team: 'y' } } })]).toEqual([1, 0]);
  const expression = (operator: string, values?: string[]) => waits({ objectSelector: { matchExpressions: [{ key: 'app', operator, ...(values ? { values } : {}) }] } });
  expect([expression('Exists'), expression('DoesNotExist'), expression('In', ['a']), expression('In', ['b']), expression('NotIn', ['a'])]).toEqual([1, 0, 1, 0, 0]);
  expect(waits({ matchPolicy: 'Exact', rules: [{ apiGroups: [''], apiVersions: ['v2'], operations: ['*'], resources: ['*'] }] })).toBe(0);
});

test('what a webhook converts when it is made waits from the beginning', () => {
  const converted = definition('cert-manager.io', 'Issuer', 'issuers', { v1: undefined, v1alpha2: undefined });
  converted.spec.conversion = { strategy: 'Webhook', webhook: {} };
  const manifests = [converted, object('cert-manager.io/v1', 'Issuer', 'new', 'kubeflow'), object('cert-manager.io/v1alpha2', 'Issuer', 'old', 'kubeflow')];
  expect(platformOf(manifests).waitsForWebhook).toEqual([{ object: 'Issuer kubeflow/old', webhook: 'conversion of issuers.cert-manager.io', atFirst: true }]);
});

test('what is waited for is found out when it is asked for, and not for each patch', () => {
  const kf = platform('v1.9');
  const found = jest.spyOn(order, 'stagesOf');
  kf.addPatch(ManifestPatch.remove('r', ManifestSelector.of({ name: 'defaults' })));
  kf.addPatch(ManifestPatch.remove('s', ManifestSelector.of({ name: 'volumes-web-app-deployment' })));
  expect(found).not.toHaveBeenCalled();
  for (let i = 0; i < 2; i++) { expect(kf.waitsForWebhook.map(each => each.webhook)).toEqual(['webhook.cert-manager.io']); }
  expect(found).toHaveBeenCalledTimes(1);
});

test('a platform, and what it acts on, are in a chart of one cluster', () => {
  const app = new PlatformApp();
  expect(() => new KubeflowPlatform(app, 'kf', { manifests: ManifestSource.objects(object('v1', 'Namespace', 'a')) })).toThrow(
    'kf.scope: got a PlatformApp; must be a Chart or a construct in one; for example new PlatformChart(app, "kubeflow")');
  const chart = (name: string) => new PlatformChart(app, name, { cluster: new ExistingCluster(app, `cluster-${name}`, { name }) });
  const kf = new KubeflowPlatform(chart('a'), 'kubeflow', { manifests: ManifestSource.objects(...platformLike('v1.9')) });
  expect(() => new Profile(app, 'p', { platform: kf, owner: 'a@example.com' })).toThrow('p.scope: got a PlatformApp; must be a Chart or a construct in one');
  expect(() => new Notebook(app, 'n', { platform: kf, namespace: 'x' })).toThrow('n.scope: got a PlatformApp; must be a Chart or a construct in one');
  const other = chart('b');
  const message = 'platform: got "a/kubeflow"; must be a platform of "b", the cluster of the chart that it is in, and this one is of "a"; make it in a chart of that cluster';
  expect(() => new Profile(other, 'p', { platform: kf, owner: 'a@example.com' })).toThrow(`b/p.${message}`);
  expect(() => new Notebook(other, 'n', { platform: kf, namespace: 'x' })).toThrow(`b/n.${message}`);
});

test('stages are files of their own', () => {
  const kf = platform('v1.9', { stages: true });
  kf.addProfile('team-a', { owner: 'a@example.com' });
  const app = kf.node.root as PlatformApp;
  app.synth();
  const files = fs.readdirSync(app.outdir).filter(file => file.endsWith('.yaml')).sort();
  expect(files).toHaveLength(3);
  const kinds = files.map(file => [...new Set(parse(fs.readFileSync(`${app.outdir}/${file}`, 'utf8'), file).documents.map(each => each.kind))]);
  expect(kinds[0]).toEqual(['Namespace', 'CustomResourceDefinition']);
  expect(kinds[1]).not.toContain('CustomResourceDefinition');
  expect(kinds[2]).toEqual(['Namespace', 'Profile']);
});

test('what a program adds by metadata and JSON patches takes effect', () => {
  const kf = platform('v1.9');
  const [found] = kf.find(ManifestSelector.of({ kind: 'Deployment', name: 'ml-pipeline' }));
  found.metadata.addLabel('a', 'b');
  found.metadata.addAnnotation('c', 'd');
  found.metadata.addFinalizers('e');
  found.metadata.addOwnerReference({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' });
  found.metadata.add('generation', 3);
  ApiObject.of(found).addJsonPatch(JsonPatch.replace('/spec/replicas', 5));
  expect(found.metadata.getLabel('a')).toBe('b');
  expect(found.metadata.toJson()).toMatchObject({ generation: 3 });
  expect(manifest(kf, 'Deployment', 'ml-pipeline')).toMatchObject({
    metadata: { labels: { a: 'b' }, annotations: { c: 'd' }, finalizers: ['e'], ownerReferences: [{ name: 'p' }], generation: 3 }, spec: { replicas: 5 },
  });
  ApiObject.of(found).addJsonPatch(JsonPatch.replace('/nowhere/to/go', 1));
  expect(() => found.toJson()).toThrow(/ml-pipeline\.addJsonPatch: got "replace \/nowhere\/to\/go"; must be a JSON patch that fits the manifest; /);
});

test('what is given out of an object is a copy', () => {
  const kf = platform('v1.9');
  const [found] = kf.find(ManifestSelector.of({ kind: 'Deployment', name: 'ml-pipeline' }));
  const owner = { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' };
  found.metadata.addOwnerReference(owner);
  for (const given of [found.toJson().spec, found.toJson().metadata.labels ?? {}, found.metadata.toJson(), owner]) { given.name = given.replicas = 'changed'; }
  expect(manifest(kf, 'Deployment', 'ml-pipeline')).toMatchObject({ metadata: { name: 'ml-pipeline', ownerReferences: [{ name: 'p' }] }, spec: { replicas: 1 } });
});

test('JSON patches of an object may have what is known later, and nothing that a manifest can\'t', () => {
  const kf = platform('v1.9');
  const [found] = kf.find(ManifestSelector.of({ kind: 'Deployment', name: 'ml-pipeline' }));
  found.addJsonPatch(JsonPatch.replace('/spec/replicas', Lazy.any({ produce: () => 5 })));
  expect(found.toJson().spec.replicas).toBe(5);
  expect(() => found.addJsonPatch({} as any)).toThrow(/ml-pipeline\.addJsonPatch: got \{\}; must be a JsonPatch; for example JsonPatch\.add\("\/spec\/paused", true\)/);
  found.addJsonPatch(JsonPatch.replace('/spec/replicas', NaN));
  expect(() => found.toJson()).toThrow(/ml-pipeline\.\/spec\/replicas: got NaN; must be what a manifest can have/);
});

test('under a plain app what is known later is put in', () => {
  const chart = new Chart(new App(), 'c');
  const kf = new KubeflowPlatform(chart, 'kf', { manifests: ManifestSource.objects(object('v1', 'ConfigMap', 'a')) });
  kf.apiObjects[0].metadata.addLabel('late', Lazy.any({ produce: () => 'b' }) as any);
  expect(Testing.synth(chart)[0].metadata.labels).toEqual({ late: 'b' });
});

test('under a plain app objects are as they were read, and what would be misprinted is refused', () => {
  const chart = new Chart(new App(), 'c', { namespace: 'elsewhere', labels: { a: 'b' } });
  new KubeflowPlatform(chart, 'kf', { manifests: ManifestSource.objects(object('v1', 'ConfigMap', 'a', undefined, { data: { b: 'e6149382' } })) });
  expect(Testing.synth(chart)).toEqual([object('v1', 'ConfigMap', 'a', undefined, { data: { b: 'e6149382' } })]);
  const bad = new Chart(new App(), 'c');
  new KubeflowPlatform(bad, 'kf', { manifests: ManifestSource.objects(object('v1', 'ConfigMap', 'a', undefined, { data: { b: '0o17' } })) });
  expect(() => Testing.synth(bad)).toThrow('must not be text that plain cdk8s prints as something else; use new PlatformApp() in place of new App()');
});

test('whole numbers beyond those of JavaScript are kept', () => {
  const kf = platformOf([object('v1', 'ConfigMap', 'a', undefined, { max: 9223372036854775807n })]);
  expect((kf.node.root as PlatformApp).synthYaml()).toContain('max: 9223372036854775807');
});

test('an object of the program\'s own with the identity of one of the platform is an error', () => {
  const kf = platform('v1.9');
  new ApiObject(kf.node.scope!, 'mine', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kubeflow' } });
  expect(() => (kf.node.root as PlatformApp).synthYaml()).toThrow('must not be the name of another Namespace');
});

describe('an object that is there twice', () => {
  const twice = [object('v1', 'ConfigMap', 'a', 'n', { data: { x: '1', y: '1' } }), object('v1', 'ConfigMap', 'a', 'n', { data: { x: '2', z: '2' } })];
  const data = (duplicates?: DuplicatePolicy) => manifest(platformOf(twice, { duplicates }), 'ConfigMap', 'a').data;

  test('needs a policy that there is', () => {
    expect(() => data('merge-it' as any)).toThrow('ml/kubeflow.duplicates: got "merge-it"; must be one of DuplicatePolicy: fail, first, last, merge; for example DuplicatePolicy.MERGE');
  });

  test('is an error, unless somebody says which counts', () => {
    expect(() => data()).toThrow('ml/kubeflow: the manifests have 1 objects twice, with different content: ConfigMap n/a; must have each once; '
      + 'say which counts, for example duplicates: DuplicatePolicy.MERGE, as "kubectl apply" would do one after the other');
    expect(data(DuplicatePolicy.FIRST)).toEqual({ x: '1', y: '1' });
    expect(data(DuplicatePolicy.LAST)).toEqual({ x: '2', z: '2' });
    expect(data(DuplicatePolicy.MERGE)).toEqual({ x: '2', y: '1', z: '2' });
  });

  test('with the same content is one', () => {
    expect(platformOf([twice[0], twice[0]]).apiObjects).toHaveLength(1);
  });
});

test('what is left out must be there', () => {
  const exclude = [ManifestSelector.of({ kind: 'Deployment', name: 'dex' })];
  expect(reported(platform('v1.9', { exclude }), 'exclude[0]')).toEqual(['Deployment auth/dex']);
  expect(() => platform('v1.2', { exclude })).toThrow('patch "exclude[0]": Deployment dex matches 0 manifests; must match at least 1');
});

test('objects that are too large for kubectl\'s annotation are told', () => {
  const kf = platformOf([object('v1', 'ConfigMap', 'big', 'n', { data: { a: 'x'.repeat(300_000) } })]);
  expect(kf.needsServerSideApply).toEqual(['ConfigMap n/big']);
  expect(warningsOf(kf).join()).toContain('1 of its objects are too large for "kubectl apply" as it is (ConfigMap n/big); apply with --server-side --force-conflicts');
});

describe('a version of Kubernetes', () => {
  test('that no longer serves objects is refused, with their names', () => {
    expect(() => platform('v1.2', { kubernetesVersion: '1.22' })).toThrow(
      /^ml\/kubeflow\.kubernetesVersion: got "1\.22"; must be one that serves all objects of the manifests, but it no longer has the API versions of 3 of them: ValidatingWebhookConfiguration cert-manager-webhook \(admissionregistration\.k8s\.io\/v1beta1, until 1\.22\)/);
    expect(() => platform('v1.9', { kubernetesVersion: 1.3 as any })).toThrow('kubernetesVersion: got 1.3; must be a minor version');
    expect(() => platform('v1.9', { kubernetesVersion: '34' })).toThrow('kubernetesVersion: got "34"; must be a minor version; for example "1.34"');
    expect(() => platform('v1.2', { kubernetesVersion: 1.34 as any })).toThrow('kubernetesVersion: got 1.34; must be a minor version; for example "1.34"');
    expect(platform('v1.9', { kubernetesVersion: '1.36' }).report).toEqual([]);
  });

  test('gets disruption budgets and autoscalers in the words that it knows', () => {
    const old = platformLike('v1.2').filter(each => /PodDisruption|Horizontal/.test(each.kind));
    const kf = platformOf(old, { kubernetesVersion: '1.36' });
    expect(manifest(kf, 'PodDisruptionBudget', 'galley').apiVersion).toBe('policy/v1');
    expect(manifest(kf, 'HorizontalPodAutoscaler', 'pilot')).toMatchObject({
      apiVersion: 'autoscaling/v2', spec: { metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }] },
    });
    expect(platformOf(old, { kubernetesVersion: '1.21' }).report).toEqual([]);
    const v2 = object('autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'h', 'n', { spec: { maxReplicas: 2 } });
    expect(manifest(platformOf([v2], { kubernetesVersion: '1.26' }), 'HorizontalPodAutoscaler', 'h')).toEqual({ ...v2, apiVersion: 'autoscaling/v2' });
    const value = object('autoscaling/v2beta1', 'HorizontalPodAutoscaler', 'h', 'n', { spec: { metrics: [{ type: 'Resource', resource: { name: 'memory', targetAverageValue: '1Gi' } }] } });
    expect(manifest(platformOf([value], { kubernetesVersion: '1.26' }), 'HorizontalPodAutoscaler', 'h').spec.metrics[0].resource.target).toEqual({ type: 'AverageValue', averageValue: '1Gi' });
  });

  test.each([
    object('policy/v1beta1', 'PodDisruptionBudget', 'all', 'n', { spec: { selector: {} } }),
    object('autoscaling/v2beta1', 'HorizontalPodAutoscaler', 'pods', 'n', { spec: { metrics: [{ type: 'Pods', pods: {} }] } }),
  ])('is refused where the words would mean something else', old => {
    expect(() => platformOf([old], { kubernetesVersion: '1.36' })).toThrow(`it no longer has the API versions of 1 of them: ${old.kind} n/${old.metadata.name}`);
  });

  test('that nobody gives is the app\'s, and then there is a warning', () => {
    expect(warningsOf(platform('v1.2')).join()).toMatch(/Kubernetes 1\.33 doesn't serve 5 of its objects: ValidatingWebhookConfiguration cert-manager-webhook/);
    expect(warningsOf(platform('v1.9', { aks: {} }))).toEqual([]);
  });
});

test('a key that a file says twice is a warning', () => {
  class Twice extends ManifestSource {
    public load() { return { manifests: [object('v1', 'ConfigMap', 'a', 'default')], warnings: ['a.yaml: says it twice'] }; }
  }
  const chart = new PlatformChart(new PlatformApp(), 'ml');
  const kf = new KubeflowPlatform(chart, 'kubeflow', { manifests: new Twice() });
  expect(warningsOf(kf)).toEqual(['ml/kubeflow: a.yaml: says it twice']);
});

test.each([
  [{ name: 'my/kubeflow' }, 'name: got "my/kubeflow"; must be 1 to 25 lower case letters, digits and "-", that starts and ends with a letter or digit; a name, not a path'],
  [{ name: 'a'.repeat(26) }, 'must be 1 to 25 lower case letters'], [{ name: '-a' }, 'must be 1 to 25 lower case letters'],
  [{ namespace: 'A' }, 'namespace: got "A"'], [{ namespace: 'kubeflw' }, 'namespace: got "kubeflw"; must be a namespace of the manifests; they have auth, istio-system, kubeflow, oauth2-proxy'], [{ manifests: 'a.yaml' as any }, 'manifests: got "a.yaml"; must be a ManifestSource; for example ManifestSource.kustomize("manifests/example")'],
  [{ manifests: ManifestSource.objects() }, 'manifests: got []; must have at least one manifest'],
  [{ exclude: ['x' as any] }, 'exclude[0]: got "x"; must be a ManifestSelector'], [{ stages: 'yes' as any }, 'stages: got "yes"; must be true or false'],
  [{ secureCookies: 1 as any }, 'secureCookies: got 1; must be true or false'], [{ gpuPools: [{} as any] }, 'gpuPools[0]: got {}; must be a GPU pool'],
  [{ imageOverrides: [{ form: 'a' } as any] }, 'imageOverrides[0].form: got "a"; must be a property that there is; did you mean "from"?'],
  [{ akz: {} } as any, 'akz: got {}; must be a property that there is; did you mean "aks"?'],
])('properties that are wrong are refused: %j', (props, message) => {
  expect(() => platform('v1.9', props)).toThrow(message);
});
