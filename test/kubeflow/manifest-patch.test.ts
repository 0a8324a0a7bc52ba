import { JsonPatch } from 'cdk8s';
import { deployment, object } from './fixtures';
import { manifest, platform, platformOf, reported } from './support';
import { ManifestPatch, ManifestSelector, PatchCondition } from '../../src/kubeflow';

const ALL = ManifestSelector.of({ kind: 'Deployment' });
const ML = ManifestSelector.of({ kind: 'Deployment', name: 'ml-pipeline', namespace: 'kubeflow' });
const ARGO = ManifestSelector.of({ kind: 'ConfigMap', name: 'workflow-controller-configmap' });
const patched = (...patches: ManifestPatch[]) => platform('v1.9', { patches });
const container = (kf: any, name = 'ml-pipeline') => manifest(kf, 'Deployment', name, 'kubeflow').spec.template.spec.containers[0];

test('a merge changes what it names and leaves the rest', () => {
  const kf = patched(ManifestPatch.merge('team/replicas', ML, { spec: { replicas: 2, selector: null } }));
  const { replicas, selector, template } = manifest(kf, 'Deployment', 'ml-pipeline').spec;
  expect([replicas, selector, template.spec.containers.length]).toEqual([2, undefined, 1]);
  expect(kf.report.find(each => each.id === 'team/replicas')).toEqual({ id: 'team/replicas', matched: ['Deployment kubeflow/ml-pipeline'], changed: ['Deployment kubeflow/ml-pipeline'], alreadyDone: [] });
});

test('what is there already is a match, and no change', () => {
  const again = patched(ManifestPatch.merge('a', ML, { spec: { replicas: 1 } }));
  expect(again.report.find(each => each.id === 'a')).toMatchObject({ changed: [], alreadyDone: ['Deployment kubeflow/ml-pipeline'] });
});

test('labels, annotations and API versions are set', () => {
  const kf = patched(ManifestPatch.label('l', ML, { a: 'b' }), ManifestPatch.annotate('n', ML, { c: 'd' }), ManifestPatch.apiVersion('v', ML, 'apps/v2'));
  expect(manifest(kf, 'Deployment', 'ml-pipeline')).toMatchObject({ apiVersion: 'apps/v2', metadata: { labels: { a: 'b' }, annotations: { c: 'd' } } });
});

test('variables are set by name', () => {
  const kf = patched(ManifestPatch.env('e', ML, 'ml-pipeline-api-server', { OBJECTSTORECONFIG_SECURE: 'true', DBCONFIG_USER: 'me', NEW: '1' }));
  expect(container(kf).env).toEqual(expect.arrayContaining([
    { name: 'OBJECTSTORECONFIG_SECURE', value: 'true' }, { name: 'DBCONFIG_USER', value: 'me' }, { name: 'NEW', value: '1' },
  ]));
  expect(container(kf).env).toHaveLength(4);
});

test('arguments are set by flag, and flags that repeat are added once', () => {
  const selector = ManifestSelector.of({ kind: 'Deployment', name: 'a' });
  const kf = platformOf([deployment('a', 'ns', { image: 'a:1', args: ['--level=1', '--scheme=x'] })], {
    patches: [ManifestPatch.args('g', selector, '*', ['--level=2', '--scheme=x', '--scheme=y', '-v'])],
  });
  expect(manifest(kf, 'Deployment', 'a').spec.template.spec.containers[0].args).toEqual(['--level=2', '--scheme=x', '--scheme=y', '-v']);
});

test('YAML in a text is merged, and keeps its comments when there is nothing to do', () => {
  const text = '# why\na: 1\n';
  const config = object('v1', 'ConfigMap', 'c', 'ns', { data: { 'x/y': text } });
  const selector = ManifestSelector.of({ kind: 'ConfigMap' });
  expect(manifest(platformOf([config], { patches: [ManifestPatch.yamlInString('y', selector, '/data/x~1y', { b: '0644' })] }), 'ConfigMap', 'c').data['x/y']).toBe('a: 1\nb: \'0644\'\n');
  expect(manifest(platformOf([config], { patches: [ManifestPatch.yamlInString('y', selector, '/data/x~1y', { a: 1 })] }), 'ConfigMap', 'c').data['x/y']).toBe(text);
});

test('images are replaced in containers, arguments and variables', () => {
  const selector = ManifestSelector.of({ kind: 'Deployment', name: 'a' });
  const from = deployment('a', 'ns', { image: 'gcr.io/x/a:1', args: ['--image=gcr.io/x/b:1', '--url=http://gcr.io/x/'], env: [{ name: 'I', value: 'gcr.io/x/c:1' }] });
  const kf = platformOf([from], { patches: [ManifestPatch.images('i', selector, 'gcr.io/x/', 'mirror/')] });
  expect(manifest(kf, 'Deployment', 'a').spec.template.spec.containers[0]).toMatchObject({
    image: 'mirror/a:1', args: ['--image=mirror/b:1', '--url=http://gcr.io/x/'], env: [{ name: 'I', value: 'mirror/c:1' }],
  });
});

test('operations of JSON Patch are applied, and manifests removed', () => {
  const kf = patched(ManifestPatch.json('j', ML, [JsonPatch.replace('/spec/replicas', 3)]), ManifestPatch.remove('r', ARGO));
  expect(manifest(kf, 'Deployment', 'ml-pipeline').spec.replicas).toBe(3);
  expect(kf.find(ARGO)).toEqual([]);
  expect(reported(kf, 'r')).toEqual(['ConfigMap kubeflow/workflow-controller-configmap']);
});

test('a class of the user\'s own is a patch', () => {
  class Scale extends ManifestPatch {
    public constructor() { super('scale', ML); }
    public apply(each: any): any { return { ...each, spec: { ...each.spec, replicas: 7 } }; }
  }
  expect(manifest(patched(new Scale()), 'Deployment', 'ml-pipeline').spec.replicas).toBe(7);
});

test('further patches find what was changed by hand, and remove objects', () => {
  const kf = platform('v1.9');
  kf.find(ML)[0].metadata.addLabel('mine', 'yes');
  kf.addPatch(ManifestPatch.merge('late', ManifestSelector.of({ labels: { mine: 'yes' } }), { spec: { replicas: 4 } }), ManifestPatch.remove('gone', ARGO));
  expect(manifest(kf, 'Deployment', 'ml-pipeline')).toMatchObject({ metadata: { labels: { mine: 'yes' } }, spec: { replicas: 4 } });
  expect(kf.apiObjects.some(each => each.name === 'workflow-controller-configmap')).toBe(false);
});

test.each([
  [PatchCondition.argo({ below: '3.4' }), 'Argo Workflows is 3.4.16, not older than 3.4'],
  [PatchCondition.argo({ atLeast: '3.5' }), 'Argo Workflows is 3.4.16, older than 3.5'],
  [PatchCondition.istio({ below: '1.9' }), 'Istio is 1.22.1, not older than 1.9'],
  [PatchCondition.serves('kubeflow.org/v2beta1', 'MPIJob'), 'no CustomResourceDefinition serves kubeflow.org/v2beta1/MPIJob'],
])('a patch that is not for the platform is skipped, with the reason', (onlyIf, reason) => {
  expect(reported(patched(ManifestPatch.remove('r', ALL, { onlyIf })), 'r')).toEqual([`skipped: ${reason}`]);
});

test('a patch that is for the platform is applied', () => {
  for (const onlyIf of [PatchCondition.argo({ atLeast: '3.4', below: '4' }), PatchCondition.istio({ atLeast: '1.22' }), PatchCondition.serves('kubeflow.org/v1', 'MPIJob')]) {
    expect(reported(patched(ManifestPatch.remove('r', ML, { onlyIf })), 'r')).toEqual(['Deployment kubeflow/ml-pipeline']);
  }
  expect(reported(platformOf([deployment('a', 'b', { image: 'a:1' })], { patches: [ManifestPatch.remove('r', ALL, { onlyIf: PatchCondition.argo({ below: '4' }) })] }), 'r'))
    .toEqual(['skipped: the version of Argo Workflows is unknown']);
});

test('a patch that matches nothing is refused, with what it may mean', () => {
  expect(() => patched(ManifestPatch.remove('r', ManifestSelector.of({ kind: 'Deployment', name: 'ml-pipelin', namespace: 'kubeflow' })))).toThrow(
    /^ml\/kubeflow: patch "r": Deployment kubeflow\/ml-pipelin matches 0 manifests; must match at least 1; the nearest are Deployment kubeflow\/ml-pipeline, /);
  expect(() => patched(ManifestPatch.remove('r', ManifestSelector.of({ kind: 'Widget' })))).toThrow('Widget * matches 0 manifests; must match at least 1; there is no Widget');
  expect(() => patched(ManifestPatch.remove('r', ManifestSelector.of({ apiGroup: 'nobody.example', namePattern: 'x.*' })))).toThrow('object of nobody.example /x.*/ matches 0 manifests');
  expect(reported(patched(ManifestPatch.remove('r', ManifestSelector.of({ kind: 'Widget' }), { min: 0 })), 'r')).toEqual([]);
});

test('a patch that matches too much is refused', () => {
  expect(() => patched(ManifestPatch.remove('r', ALL, { max: 2 }))).toThrow(/patch "r": Deployment \* matches \d+ manifests; must match at most 2; they are Deployment .*, \.\.\.$/);
});

test('a patch that can\'t be applied says to what', () => {
  expect(() => patched(ManifestPatch.json('j', ML, [JsonPatch.replace('/nowhere/to/go', 1)]))).toThrow(/patch "j": can't be applied to Deployment kubeflow\/ml-pipeline: /);
  expect(() => patched(ManifestPatch.yamlInString('y', ML, '/data/config', { a: 1 }))).toThrow('patch "y": can\'t be applied to Deployment kubeflow/ml-pipeline: /data/config is no text');
  expect(() => patched(ManifestPatch.env('e', ML, 'nobody', { A: '1' }))).toThrow('ManifestPatch(e).container: got "nobody"; must be a container of Deployment ml-pipeline; it has ml-pipeline-api-server');
});

test('a patch that changes more each time is refused', () => {
  expect(() => patched(ManifestPatch.json('j', ML, [JsonPatch.add('/spec/template/spec/containers/0/env/-', { name: 'A', value: '1' })]))).toThrow(
    'patch "j": changes Deployment kubeflow/ml-pipeline again when it is applied again; must do nothing then; set values by key, and don\'t add to lists');
});

test('a patch that makes another object is refused', () => {
  expect(() => patched(ManifestPatch.merge('m', ML, { metadata: { name: 'other' } }))).toThrow(
    'patch "m": makes another object of Deployment kubeflow/ml-pipeline; must leave its group, kind, namespace and name as they are');
});

test.each([
  [() => ManifestPatch.remove('', ALL), 'ManifestPatch.id: got ""; must be a text; for example "team/proxy"'],
  [() => ManifestPatch.remove('r', {} as any), 'ManifestPatch(r).selector: got {}; must be a ManifestSelector'],
  [() => ManifestPatch.remove('r', ALL, { min: -1 }), 'ManifestPatch(r).min: got -1; must be a whole number from 0'],
  [() => ManifestPatch.remove('r', ALL, { min: 3, max: 2 }), 'ManifestPatch(r).max: got 2; must be a whole number from 3'],
  [() => ManifestPatch.remove('r', ALL, { most: 2 } as any), 'ManifestPatch(r).options.most: got 2; must be a property that there is'],
  [() => ManifestPatch.merge('m', ALL, [] as any), 'ManifestPatch(m).patch: got []; must be an object; for example { spec: { replicas: 1 } }'],
  [() => ManifestPatch.json('j', ALL, [{} as any]), 'ManifestPatch(j).operations[0]: got {}; must be a JsonPatch'],
  [() => ManifestPatch.yamlInString('y', ALL, 'data', {}), 'ManifestPatch(y).pointer: got "data"; must be a JSON pointer; for example "/data/config"'],
  [() => ManifestPatch.images('i', ALL, '', 'x'), 'ManifestPatch(i).from: got ""; must be the beginning of an image; for example "gcr.io/"'],
  [() => ManifestSelector.of({}), 'ManifestSelector.props: got {}; must say at least one thing; for example { kind: "Deployment" }'],
  [() => ManifestSelector.of({ kind: '' }), 'ManifestSelector.kind: got ""; must be a text'],
  [() => ManifestSelector.of({ namePattern: '(' }), 'ManifestSelector.namePattern: got "("; must be a regular expression; '],
  [() => ManifestSelector.of({ labels: { 'a b': 'c' } }), 'ManifestSelector.labels.a b: got "a b"; must be a label\'s key'],
  [() => ManifestSelector.of({ nome: 'a' } as any), 'did you mean "name"?'],
  [() => PatchCondition.argo({ below: 'x' }), 'PatchCondition.below: got "x"; must be a version; for example "3.4"'],
  [() => platform('v1.9', { patches: [{} as any] }), 'kubeflow.patches[0]: got {}; must be a ManifestPatch'],
  [() => platform('v1.9').addPatch('x' as any), 'kubeflow.addPatch[0]: got "x"; must be a ManifestPatch'],
])('what is no patch or selector is refused', (make, message) => {
  expect(make).toThrow(message);
});

test('a selector says what it chooses', () => {
  expect(String(ManifestSelector.of({ kind: 'Service', labels: { a: 'b' } }))).toBe('Service * with a=b');
});
