import { JsonPatch, Lazy, Size } from 'cdk8s';
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

describe('YAML in a text', () => {
  const merge = (text: string, patch: any) => manifest(platformOf([object('v1', 'ConfigMap', 'c', 'ns', { data: { a: text } })],
    { patches: [ManifestPatch.yamlInString('y', ManifestSelector.of({ kind: 'ConfigMap' }), '/data/a', patch)] }), 'ConfigMap', 'c').data.a;

  test('keeps whole numbers of any size', () => {
    expect(merge('int: 9007199254740993\nuint: 18446744073709551615\n', { more: 9223372036854775807n })).toBe('int: 9007199254740993\nuint: 18446744073709551615\nmore: 9223372036854775807\n');
  });

  test('that is empty becomes what is merged', () => {
    expect([merge('', { a: 1 }), merge('---\n# nothing yet\n', { a: 1 })]).toEqual(['a: 1\n', 'a: 1\n']);
  });

  test('that holds several documents, or no keys, is refused', () => {
    expect(() => merge('a: 1\n---\nb: 2\n', { a: 2 })).toThrow(
      'patch "y": can\'t be applied to ConfigMap ns/c: /data/a holds 2 documents of YAML; must hold one; write the whole text by ManifestPatch.merge');
    expect(() => merge('[1]', { a: 2 })).toThrow('/data/a holds no keys; must hold keys and values; write the whole text by ManifestPatch.merge');
  });
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

describe('operations of JSON Patch', () => {
  const list = deployment('a', 'ns', { image: 'a:1', args: ['x', 'y'] });
  const after = (...operations: JsonPatch[]) => manifest(platformOf([list], { patches: [ManifestPatch.json('j', ALL, operations)] }), 'Deployment', 'a');
  const ARGS = '/spec/template/spec/containers/0/args';
  const argsAfter = (...operations: JsonPatch[]) => after(...operations).spec.template.spec.containers[0].args;

  test('set, remove, move and copy what is there', () => {
    expect(after(JsonPatch.remove('/spec/replicas')).spec).not.toHaveProperty('replicas');
    expect(after(JsonPatch.add('/spec/paused', true), JsonPatch.test('/spec/paused', true)).spec.paused).toBe(true);
    expect(after(JsonPatch.move('/spec/replicas', '/spec/minReadySeconds')).spec).toMatchObject({ minReadySeconds: 1 });
    expect(after(JsonPatch.copy('/spec/selector', '/spec/other')).spec.other).toEqual({ matchLabels: { app: 'a' } });
    expect(after(JsonPatch.add('/metadata/labels', { 'a/b': 'c' }), JsonPatch.replace('/metadata/labels/a~1b', 'd')).metadata.labels).toEqual({ 'a/b': 'd' });
    expect(argsAfter(JsonPatch.replace(`${ARGS}/1`, 'z'), JsonPatch.test(`${ARGS}/0`, 'x'))).toEqual(['x', 'z']);
    expect(after(JsonPatch.replace('/spec/replicas', 9007199254740993n)).spec.replicas).toBe(9007199254740993n);
  });

  test.each([
    [JsonPatch.replace('/spec/replicsa', 2), 'replace /spec/replicsa: there is no "replicsa" in what it names; mend the path'],
    [JsonPatch.remove('/spec/replicsa'), 'remove /spec/replicsa: there is no "replicsa"'],
    [JsonPatch.move('/spec/replicsa', '/spec/paused'), 'move /spec/replicsa: there is no "replicsa"'],
    [JsonPatch.copy('/spec/replicsa', '/spec/paused'), 'copy /spec/replicsa: there is no "replicsa"'],
    [JsonPatch.test('/spec/replicas', 7), 'test /spec/replicas: must be what is there'],
    [JsonPatch.add('/spec/a/b', 1), 'add /spec/a/b: add "/spec/a" first, which isn\'t there'],
    [JsonPatch.add(`${ARGS}/7`, 'z'), `add ${ARGS}/7: the list has 2 items; give the number of one of them, or "-" for its end`],
    [JsonPatch.add(`${ARGS}/length`, 'z'), 'the list has 2 items'], [JsonPatch.remove(`${ARGS}/-`), 'there is no "-"'],
    [JsonPatch.add('/spec/__proto__', 1), 'add /spec/__proto__: JavaScript has a use for that name'],
  ])('that don\'t fit are refused', (operation, message) => {
    expect(() => after(operation)).toThrow(`ml/kubeflow: patch "j": can't be applied to Deployment ns/a: ${message.startsWith('the list') || message.startsWith('there') ? '' : message}`);
    expect(() => after(operation)).toThrow(message);
  });

  test('that fail on a Secret don\'t tell what is in it', () => {
    const secret = object('v1', 'Secret', 's', 'ns', { stringData: { key: 'hunter2' } });
    const failing = (patch: ManifestPatch) => {
      try { return platformOf([secret], { patches: [patch] }); } catch (e) { return (e as Error).message; }
    };
    const selector = ManifestSelector.of({ kind: 'Secret' });
    class Loud extends ManifestPatch {
      public constructor() { super('loud', selector); }
      public apply(each: any): any { throw new Error(`no good\n${JSON.stringify(each)}`); }
    }
    const said = [ManifestPatch.json('j', selector, [JsonPatch.test('/stringData/key', 'x')]), ManifestPatch.json('j', selector, [JsonPatch.replace('/a/b', 1)]), ManifestPatch.yamlInString('y', selector, '/stringData/key', { a: 1 }), new Loud()].map(failing);
    expect(said[3]).toBe('ml/kubeflow: patch "loud": can\'t be applied to Secret ns/s: no good');
    expect(said.join()).not.toContain('hunter2');
  });
});

describe('what patches say', () => {
  test('may be known later, or be a value of cdk8s-plus\'s', () => {
    class IntOrString { public constructor(public readonly value: string) {} }
    const kf = patched(
      ManifestPatch.merge('m', ML, { spec: { replicas: Lazy.any({ produce: () => 3 }), strategy: { rollingUpdate: { maxSurge: new IntOrString('25%') } } } }),
      ManifestPatch.json('j', ML, [JsonPatch.add('/spec/paused', Lazy.any({ produce: () => true }))]),
      ManifestPatch.label('l', ML, { a: Lazy.any({ produce: () => 'b' }) as any }),
      ManifestPatch.env('e', ML, '*', { LATE: Lazy.any({ produce: () => 'x' }) as any }),
    );
    expect(manifest(kf, 'Deployment', 'ml-pipeline')).toMatchObject({ metadata: { labels: { a: 'b' } }, spec: { replicas: 3, paused: true, strategy: { rollingUpdate: { maxSurge: '25%' } } } });
    expect(container(kf).env).toContainEqual({ name: 'LATE', value: 'x' });
  });

  test('is what it was when the patch was made, and each manifest has a copy', () => {
    const wanted = { spec: { list: ['a'] } };
    const patch = ManifestPatch.merge('m', ALL, wanted);
    wanted.spec.list.push('b');
    const kf = patched(patch);
    const lists = kf.find(ALL).map(each => each.toJson().spec.list);
    expect(new Set(lists).size).toBe(lists.length);
    expect(lists[0]).toEqual(['a']);
  });

  const endless: any = { a: {} };
  endless.a.a = endless;
  test.each([
    [() => ManifestPatch.merge('m', ALL, { spec: { replicas: NaN } }), 'ManifestPatch(m).patch.spec.replicas: got NaN; must be what a manifest can have: text, a number, true, false, null, a list or a plain object; convert it, or leave it out'],
    [() => ManifestPatch.merge('m', ALL, { spec: { replicas: undefined } }), 'ManifestPatch(m).patch.spec.replicas: got nothing; must be what a manifest can have'],
    [() => ManifestPatch.merge('m', ALL, { a: [1, new Date(0)] }), 'ManifestPatch(m).patch.a[1]: got a Date; must be what a manifest can have'],
    [() => ManifestPatch.merge('m', ALL, { a: Size.gibibytes(1) }), 'ManifestPatch(m).patch.a: got a Size; must be what a manifest can have'],
    [() => ManifestPatch.merge('m', ALL, { a: () => 1 }), 'ManifestPatch(m).patch.a: got a function; must be what a manifest can have'],
    [() => ManifestPatch.merge('m', ALL, endless), 'must not refer to itself, nor be nested deeper than 200 levels'],
    [() => ManifestPatch.merge('m', ALL, JSON.parse('{ "__proto__": { "a": 1 } }')), 'ManifestPatch(m).patch: got "__proto__"; must not have this key, which JavaScript has a use for; rename it'],
    [() => ManifestPatch.json('j', ALL, [JsonPatch.add('/spec/a', { b: NaN })]), 'ManifestPatch(j).operations[0].value.b: got NaN; must be what a manifest can have'],
    [() => ManifestPatch.json('j', ALL, [JsonPatch.replace('spec/replicas', 1)]), 'ManifestPatch(j).operations[0].path: got "spec/replicas"; must be the path of a field, with a "/" before each key; for example "/spec/replicas"'],
    [() => ManifestPatch.json('j', ALL, [JsonPatch.move('spec', '/a')]), 'ManifestPatch(j).operations[0].from: got "spec"; must be the path of a field'],
    [() => ManifestPatch.yamlInString('y', ALL, '/data/a', { a: NaN }), 'ManifestPatch(y).patch.a: got NaN; must be what a manifest can have'],
    [() => ManifestPatch.yamlInString('y', ALL, '/data/a', [] as any), 'ManifestPatch(y).patch: got []; must be an object'],
    [() => ManifestPatch.yamlInString('y', ALL, 5 as any, {}), 'ManifestPatch(y).pointer: got 5; must be a JSON pointer; for example "/data/config"'],
    [() => ManifestPatch.label('l', ALL, { 'bad key!': 'x' }), 'ManifestPatch(l).labels.bad key!: got "bad key!"; must be a label\'s key'],
    [() => ManifestPatch.label('l', ALL, { n: 5 as any }), 'ManifestPatch(l).labels.n: got 5; must be a string of at most 63 letters'],
    [() => ManifestPatch.annotate('n', ALL, { n: 5 as any }), 'ManifestPatch(n).annotations.n: got 5; must be a string; write "5"'],
    [() => ManifestPatch.env('e', ALL, '*', { A: 5 as any }), 'ManifestPatch(e).variables.A: got 5; must be a string; write "5"'],
    [() => ManifestPatch.env('e', ALL, '*', { '1 A': 'x' }), 'ManifestPatch(e).variables: got "1 A"; must have names of letters, digits and "_"'],
    [() => ManifestPatch.env('e', ALL, '*', 'AB' as any), 'ManifestPatch(e).variables: got "AB"; must be an object of strings; for example { LOG_LEVEL: "info" }'],
    [() => ManifestPatch.env('e', ALL, '*', { DB_PASSWORD: 'hunter2' }), 'ManifestPatch(e).variables.DB_PASSWORD: got <secret>; must not be a literal, because everyone who reads the manifest reads it; '
      + 'refer to a Secret, by addJsonPatch of the object that the platform\'s "find" returns'],
    [() => ManifestPatch.env('e', ALL, '', { A: 'x' }), 'ManifestPatch(e).container: got ""; must be a container\'s name, or "*" for all'],
    [() => ManifestPatch.args('g', ALL, 5 as any, []), 'ManifestPatch(g).container: got 5; must be a container\'s name, or "*" for all'],
    [() => ManifestPatch.args('g', ALL, '*', [5 as any]), 'ManifestPatch(g).args[0]: got 5; must be a string; write "5"'],
    [() => ManifestPatch.args('g', ALL, '*', '--a' as any), 'ManifestPatch(g).args: got "--a"; must be a list'],
    [() => ManifestPatch.apiVersion('v', ALL, 'newest'), 'ManifestPatch(v).to: got "newest"; must be an API version; for example "policy/v1"'],
  ])('must be what a manifest can have', (make, message) => {
    expect(make).toThrow(message);
  });

  test('must be so for a class of the user\'s own, too, and what is known later when it is known', () => {
    class Broken extends ManifestPatch {
      public constructor() { super('broken', ML); }
      public apply(each: any): any { return { ...each, spec: { replicas: NaN } }; }
    }
    expect(() => patched(new Broken())).toThrow('patch "broken": can\'t be applied to Deployment kubeflow/ml-pipeline: ManifestPatch(broken).apply.spec.replicas: got NaN; must be what a manifest can have');
    expect(() => patched(ManifestPatch.merge('m', ML, { spec: { replicas: Lazy.any({ produce: () => NaN }) } }))).toThrow('ManifestPatch(m).patch.spec.replicas: got NaN');
  });
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
  [() => ManifestPatch.remove('r', ALL, { onlyIf: 'x' as any }), 'ManifestPatch(r).onlyIf: got "x"; must be a PatchCondition; for example PatchCondition.argo({ below: "3.4" })'],
  [() => PatchCondition.argo({ below: 3.4 as any }), 'PatchCondition.below: got 3.4; must be a version; for example "3.4"'],
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
