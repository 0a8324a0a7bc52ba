import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, App, Chart, JsonPatch, Lazy, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as jsyaml from 'js-yaml';
import { config, emptyFolder, errorOf, filesIn, raw } from './support';
import { PlatformApp, PlatformChart, PlatformNamespace } from '../../src/app';
import { ExistingCluster } from '../../src/cluster';
import { warn } from '../../src/private/warnings';

let stderr: jest.SpyInstance;
beforeEach(() => { stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterEach(() => stderr.mockRestore());

const printed = () => stderr.mock.calls.map(([text]) => text).join('');
const load = (text: string) => jsyaml.loadAll(text) as any[];

test('knows itself', () => {
  expect(PlatformApp.isPlatformApp(new PlatformApp())).toBe(true);
  for (const other of [new App(), null, undefined, 'app', {}]) { expect(PlatformApp.isPlatformApp(other)).toBe(false); }
});

describe('its properties', () => {
  test('work for Kubernetes 1.33 unless told otherwise', () => {
    expect(new PlatformApp().kubernetesVersion).toBe('1.33');
    expect(new PlatformApp({ kubernetesVersion: '1.36' }).kubernetesVersion).toBe('1.36');
  });

  test.each(['1.26', '1', 'v1.33', '1.33.0', '2.0', '', '1.100'])('refuse the version %j', kubernetesVersion => {
    expect(() => new PlatformApp({ kubernetesVersion }))
      .toThrow(`PlatformApp.kubernetesVersion: got "${kubernetesVersion}"; must be a minor version from "1.27" to "1.99"; for example "1.33"`);
  });

  test('refuse a kind without its group', () => {
    expect(() => new PlatformApp({ clusterScopedKinds: ['Fleet'] }))
      .toThrow('PlatformApp.clusterScopedKinds: got "Fleet"; must be an API group, "/" and a kind; for example "example.com/Fleet"');
  });

  test('refuse what is no namespace', () => {
    expect(() => new PlatformApp({ existingNamespaces: ['My_NS'] })).toThrow('PlatformApp.existingNamespaces: got "My_NS"; must be lower case');
  });
});

describe('its folders and formats', () => {
  test.each<any>([{ outdir: '' }, { outdir: 5 }, { outdir: {} }, { outdir: 'a\0b' }, { terraformOutdir: '' }, { recordedOutputs: [] }])('refuse %j', props => {
    expect(() => new PlatformApp(props)).toThrow(/^PlatformApp\.(outdir|terraformOutdir|recordedOutputs): got .*; must be the path of a folder; for example "dist"$/);
  });

  test('refuse resolvers and kinds that are none', () => {
    expect(() => new PlatformApp({ resolvers: 5 as any })).toThrow('PlatformApp.resolvers: got 5; must be a list');
    expect(() => new PlatformApp({ resolvers: [{}] as any })).toThrow('PlatformApp.resolvers[0]: got {}; must be an IResolver; for example new NumberStringUnionResolver()');
    expect(() => new PlatformApp({ recordConstructMetadata: 'false' as any })).toThrow('PlatformApp.recordConstructMetadata: got "false"; must be true or false');
    expect(() => new PlatformApp({ kubernetesVersion: 1.33 as any })).toThrow('PlatformApp.kubernetesVersion: got 1.33; must be a minor version');
    expect(() => new PlatformApp({ clusterScopedKinds: [{}] as any })).toThrow('PlatformApp.clusterScopedKinds: got {}; must be an API group');
  });

  test('refuse an empty folder from the environment', () => {
    process.env.CDK8S_OUTDIR = '';
    try {
      expect(() => new PlatformApp()).toThrow('PlatformApp.outdir: got ""; must be the path of a folder; for example "dist"');
    } finally {
      delete process.env.CDK8S_OUTDIR;
    }
  });

  test('tell of a folder that can\'t be written to', () => {
    const file = path.join(emptyFolder(), 'file');
    fs.writeFileSync(file, '');
    const app = new PlatformApp({ outdir: file });
    config(new Chart(app, 'one'), 'a');
    expect(() => app.synth()).toThrow(/^PlatformApp\.outdir: got ".*file"; must be a folder that files can be written to; EEXIST: /);
  });

  test('tell of a folder that can\'t be made', () => {
    const outdir = path.join(emptyFolder(), 'link');
    fs.symlinkSync('nowhere', outdir);
    const app = new PlatformApp({ outdir });
    config(new Chart(app, 'one'), 'a');
    expect(() => app.synth()).toThrow(/^PlatformApp\.outdir: got ".*link"; must be a folder that files can be written to; E[A-Z]+: /);
  });

  test('warn when an app removes what another app of the program wrote', () => {
    const outdir = emptyFolder();
    for (const id of ['one', 'two']) {
      const app = new PlatformApp({ outdir });
      config(new Chart(app, id), 'a');
      app.synth();
      app.synth();
    }
    expect(printed()).toContain('another app of this program wrote one.k8s.yaml there, and this app has removed it; give each app an outdir of its own');
    expect(printed()).not.toContain('wrote two.k8s.yaml');
  });
});

describe('two objects of one kind, namespace and name', () => {
  test('are refused with both paths', () => {
    const app = new PlatformApp();
    config(new Chart(app, 'one'), 'same');
    config(new Chart(app, 'two'), 'same');
    expect(errorOf(app)).toContain('two/same.metadata.name: got "same"; must not be the name of another ConfigMap of the cluster, but one/same has it, too; rename one of them');
  });

  test('are refused in a namespace', () => {
    const app = new PlatformApp();
    config(new Chart(app, 'one', { namespace: 'x' }), 'same');
    config(new Chart(app, 'two'), 'same', 'x');
    expect(errorOf(app)).toContain('another ConfigMap in the namespace "x", but one/same has it');
  });

  test('are fine when anything of them differs', () => {
    const app = new PlatformApp({ existingNamespaces: ['x', 'y'] });
    const chart = new Chart(app, 'lab');
    config(chart, 'same', 'x');
    config(new Construct(chart, 'other'), 'same', 'y');
    raw(chart, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'same', namespace: 'x' } });
    raw(chart, 'core', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'same', namespace: 'x' }, spec: { ports: [{ port: 80 }] } });
    raw(chart, 'knative', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'same', namespace: 'x' } });
    expect(errorOf(app)).toBe('');
  });

  test('are fine in two clusters', () => {
    const app = new PlatformApp({ outdir: emptyFolder() });
    for (const name of ['east', 'west']) { config(new PlatformChart(app, name, { cluster: new ExistingCluster(app, `cluster-${name}`, { name }) }), 'same'); }
    app.synth();
    expect(filesIn(app.outdir)).toEqual(['east/east.k8s.yaml', 'west/west.k8s.yaml']);
  });
});

describe('clusters', () => {
  test('are no folders when there is one', () => {
    const app = new PlatformApp({ outdir: emptyFolder() });
    new ExistingCluster(app, 'prod');
    config(new Chart(app, 'lab'), 'a');
    app.synth();
    expect(filesIn(app.outdir)).toEqual(['lab.k8s.yaml']);
  });

  test('must be named by every chart when there are several', () => {
    const app = new PlatformApp();
    const [east] = ['east', 'west'].map(id => new ExistingCluster(app, id));
    config(new PlatformChart(app, 'named', { cluster: east }), 'a');
    config(new Chart(app, 'lab'), 'b');
    expect(errorOf(app)).toBe('lab.cluster: got nothing; must name one of the program\'s clusters ("east", "west"); pass "cluster" to its PlatformChart');
  });

  test('hold for the charts within a chart', () => {
    const app = new PlatformApp({ outdir: emptyFolder() });
    const [east] = ['east', 'west'].map(id => new ExistingCluster(app, id));
    config(new Chart(new PlatformChart(app, 'outer', { cluster: east }), 'inner'), 'a');
    app.synth();
    expect(filesIn(app.outdir)).toEqual(['east/0000-outer-inner-c841ea9b.k8s.yaml']);
  });

  test('have one name each', () => {
    const app = new PlatformApp();
    new ExistingCluster(app, 'a', { name: 'prod' });
    new ExistingCluster(app, 'b', { name: 'prod' });
    expect(errorOf(app)).toBe('b.name: got "prod"; must not be the name of another cluster, a; rename one');
    expect(() => new ExistingCluster(app, 'My Cluster')).toThrow('My Cluster.name: got "My Cluster"; must be lower case letters');
  });
});

describe('kinds without a namespace', () => {
  test('don\'t get the chart\'s, whoever made them', () => {
    const app = new PlatformApp({ clusterScopedKinds: ['example.com/Fleet'], existingNamespaces: ['lab'] });
    const chart = new Chart(app, 'lab', { namespace: 'lab' });
    new kplus.ClusterRole(chart, 'role');
    new kplus.Namespace(chart, 'space', { metadata: { name: 'space' } });
    raw(chart, 'issuer', { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'issuer' } });
    raw(chart, 'fleet', { apiVersion: 'example.com/v1', kind: 'Fleet', metadata: { name: 'fleet' } });
    raw(chart, 'crd', { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'gadgets.example.com' }, spec: { group: 'example.com', scope: 'Cluster', names: { kind: 'Gadget' } } });
    raw(chart, 'gadget', { apiVersion: 'example.com/v1', kind: 'Gadget', metadata: { name: 'gadget' } });
    raw(chart, 'patched', { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'patched' }, value: 1 }).addJsonPatch(JsonPatch.add('/metadata/namespace', 'x'));
    config(chart, 'config');
    const namespaces = Object.fromEntries(load(app.synthYaml()).map(object => [object.kind, object.metadata.namespace]));
    expect(namespaces).toEqual({
      ClusterRole: undefined,
      Namespace: undefined,
      ClusterIssuer: undefined,
      Fleet: undefined,
      CustomResourceDefinition: undefined,
      Gadget: undefined,
      PriorityClass: undefined,
      ConfigMap: 'lab',
    });
  });

  test('don\'t get it from Testing.synth of a plain chart either', () => {
    const chart = new Chart(new PlatformApp(), 'lab', { namespace: 'lab' });
    new kplus.ClusterRole(chart, 'role');
    expect(Testing.synth(chart)[0].metadata).toEqual({ name: 'lab-role-c8f51e06' });
  });
});

describe('what fails', () => {
  test('leaves the output as it was', () => {
    const outdir = emptyFolder();
    const make = (good: boolean) => {
      const app = new PlatformApp({ outdir });
      config(new Chart(app, 'lab'), good ? 'good' : 'Bad_Name');
      return app;
    };
    make(true).synth();
    const before = fs.readFileSync(path.join(outdir, 'lab.k8s.yaml'), 'utf8');
    expect(() => make(false).synth()).toThrow('lab/Bad_Name.metadata.name: got "Bad_Name"; must be at most 253 lower case letters');
    expect(fs.readFileSync(path.join(outdir, 'lab.k8s.yaml'), 'utf8')).toBe(before);
  });

  test('makes not even the folder', () => {
    const outdir = path.join(emptyFolder(), 'dist');
    const app = new PlatformApp({ outdir });
    new Chart(app, 'lab').node.addValidation({ validate: () => ['it is wrong'] });
    expect(() => app.synth()).toThrow('Validation failed with the following errors:\n  [lab] it is wrong');
    expect(fs.existsSync(outdir)).toBe(false);
  });

  test('is told at once, of all objects', () => {
    const app = new PlatformApp();
    const chart = new Chart(app, 'lab');
    for (const name of ['A', 'b', 'C']) { config(chart, name); }
    expect(errorOf(app).match(/lab\/[AC]\.metadata\.name/g)).toHaveLength(2);
  });

  test('is told without its path before it when it begins with it', () => {
    const app = new PlatformApp();
    new Chart(app, 'lab').node.addValidation({ validate: () => ['lab.size: got 1; must be 2'] });
    expect(errorOf(app)).toBe('Validation failed with the following errors:\n  lab.size: got 1; must be 2');
  });

  test('fails Testing.synth of any chart, too', () => {
    for (const type of [Chart, PlatformChart]) {
      const chart = new type(new PlatformApp(), 'lab');
      config(chart, 'Bad');
      expect(() => Testing.synth(chart)).toThrow('lab/Bad.metadata.name: got "Bad"; must be');
    }
  });

  test('fails a chart of another when the tree is invalid', () => {
    const app = new PlatformApp();
    new Construct(app, 'any').node.addValidation({ validate: () => ['no'] });
    expect(() => new PlatformChart(app, 'lab').toJson()).toThrow('[any] no');
  });
});

describe('an empty chart', () => {
  test('has no file, but counts in the numbers of the others', () => {
    const app = new PlatformApp({ outdir: emptyFolder() });
    const [a, b] = ['a', 'b'].map(id => new Chart(app, id));
    config(b, 'x');
    b.addDependency(a);
    app.synth();
    expect(filesIn(app.outdir)).toEqual(['0001-b.k8s.yaml']);
  });

  test('has none in any output', () => {
    for (const yamlOutputType of [0, 1, 2, 3] as YamlOutputType[]) {
      const app = new PlatformApp({ outdir: emptyFolder(), yamlOutputType });
      new Chart(app, 'a');
      app.synth();
      expect(filesIn(app.outdir)).toEqual([]);
    }
  });
});

describe('objects that would share a file', () => {
  test('have their namespaces in its name', () => {
    const app = new PlatformApp({ outdir: emptyFolder(), yamlOutputType: YamlOutputType.FILE_PER_RESOURCE, existingNamespaces: ['x'] });
    const chart = new Chart(app, 'lab');
    config(chart, 'same', 'x');
    config(new Construct(chart, 'other'), 'same');
    config(chart, 'alone');
    app.synth();
    expect(filesIn(app.outdir)).toEqual(['ConfigMap.alone.k8s.yaml', 'ConfigMap.default.same.k8s.yaml', 'ConfigMap.x.same.k8s.yaml']);
  });

  test('have names that file systems take, however long their own are', () => {
    const app = new PlatformApp({ outdir: emptyFolder(), yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    const chart = new Chart(app, 'lab');
    for (const end of ['a', 'b']) { config(new Construct(chart, end), `${'x'.repeat(252)}${end}`); }
    app.synth();
    const files = filesIn(app.outdir);
    expect(files.map(file => file.replace(/-[0-9a-f]{8}/, '-hash'))).toEqual(Array(2).fill(`ConfigMap.${'x'.repeat(227)}-hash.k8s.yaml`));
    expect(new Set(files.map(file => file.length))).toEqual(new Set([255]));
  });

  test('have their API groups in its name when that is no help', () => {
    const app = new PlatformApp({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE, outdir: emptyFolder() });
    const chart = new Chart(app, 'lab');
    raw(chart, 'knative', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'same' } });
    raw(chart, 'core', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'same' }, spec: { ports: [{ port: 80 }] } });
    raw(chart, 'other', { apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: { name: 'same', namespace: 'x' } });
    app.synth();
    expect(filesIn(app.outdir)).toEqual(['Service.core.default.same.k8s.yaml', 'Service.serving.knative.dev.default.same.k8s.yaml', 'Service.x.same.k8s.yaml']);
  });

  test('have a hash where a file\'s name can\'t have what tells theirs apart', () => {
    const app = new PlatformApp({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE, outdir: emptyFolder() });
    const chart = new Chart(app, 'lab');
    for (const name of ['ab', 'a:b', 'a b', 'AB', 'c:d']) { raw(chart, name, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name } }); }
    app.synth();
    const files = filesIn(app.outdir);
    expect(files.map(file => file.replace(/-[0-9a-f]{8}\./, '-hash.')).sort())
      .toEqual(['ClusterRole.AB-hash.k8s.yaml', 'ClusterRole.ab-hash.k8s.yaml', 'ClusterRole.ab-hash.k8s.yaml', 'ClusterRole.ab.k8s.yaml', 'ClusterRole.cd.k8s.yaml']);
    expect(load(fs.readFileSync(path.join(app.outdir, 'ClusterRole.ab.k8s.yaml'), 'utf8'))[0].metadata.name).toBe('ab');
  });

  test('are refused when only capitals tell them apart', () => {
    const app = new PlatformApp({ yamlOutputType: YamlOutputType.FILE_PER_RESOURCE, outdir: emptyFolder() });
    const chart = new Chart(app, 'lab');
    for (const kind of ['Widget', 'WIDGET']) { raw(chart, kind, { apiVersion: 'example.com/v1', kind, metadata: { name: 'same' } }); }
    expect(() => app.synth()).toThrow('lab/WIDGET.file: got "WIDGET.default.same.k8s.yaml"; must be a file of its own, and it is also that of lab/Widget; rename one of them');
  });
});

test.each([['outputFileExtension', '/../x'], ['outputFileExtension', ''], ['outputFileExtension', 'x'.repeat(65)], ['outputFileExtension', 5]])('%s %p is refused', (prop, value) => {
  expect(() => new PlatformApp({ [prop]: value })).toThrow(/^PlatformApp\.outputFileExtension: got .*; must be at most 64 letters, digits, "\.", "-" and "_"; for example "\.yaml"$/);
});

test('an extension without a dot is refused', () => {
  expect(() => new PlatformApp({ outputFileExtension: 'yaml' }))
    .toThrow('PlatformApp.outputFileExtension: got "yaml"; must have a ".", because it is put behind the name of a chart as it is; write ".yaml"');
});

test.each(['FILE_PER_APP', 4, -1, {}])('%p is no output type', yamlOutputType => {
  expect(() => new PlatformApp({ yamlOutputType: yamlOutputType as any })).toThrow('must be a YamlOutputType; for example YamlOutputType.FILE_PER_CHART');
});

test('a chart whose id begins with a dash is refused, because kubectl would take its file for an option', () => {
  const app = new PlatformApp({ outdir: emptyFolder() });
  config(new Chart(app, '-bad-'), 'a');
  expect(() => app.synth()).toThrow('-bad-.id: got "-bad-"; must start with a letter or digit, because its file has this name; rename the chart');
});

describe('warnings', () => {
  test('are listed, and printed once when the synthesis is done', () => {
    const app = new PlatformApp({ outdir: emptyFolder() });
    const chart = new Chart(app, 'lab');
    config(chart, 'a');
    warn(chart, 'is odd');
    warn(chart, 'is odd');
    expect(app.warnings).toEqual(['lab: is odd']);
    expect(printed()).toBe('');
    app.synth();
    app.synth();
    app.synthYaml();
    expect(printed()).toBe('cdk8s-ml: warning: lab: is odd\n');
  });

  test('are not printed when it fails', () => {
    const app = new PlatformApp();
    warn(new Chart(app, 'lab'), 'is odd');
    config(new Chart(app, 'other'), 'Bad');
    errorOf(app);
    expect(printed()).toBe('');
  });

  test('say of a namespace, once, that nobody declares it', () => {
    const app = new PlatformApp();
    const chart = new PlatformChart(app, 'lab', { namespace: 'nowhere' });
    ['a', 'b'].forEach(name => config(chart, name));
    app.synthYaml();
    expect(app.warnings).toEqual(['lab/a: its namespace "nowhere" is not declared in the program, so it must exist before this is applied; declare it with a PlatformNamespace, or name it in existingNamespaces of the PlatformApp']);
  });

  test('say nothing of a namespace that is declared, exists or always is there', () => {
    const app = new PlatformApp({ existingNamespaces: ['there'] });
    new PlatformNamespace(new Chart(app, 'spaces'), 'declared');
    for (const namespace of ['declared', 'there', 'default', 'kube-system']) { config(new Chart(app, namespace, { namespace }), 'a'); }
    app.synthYaml();
    expect(app.warnings).toEqual([]);
  });
});

describe('dependencies', () => {
  test('on oneself are refused', () => {
    const app = new PlatformApp();
    const object = config(new Chart(app, 'lab'), 'a');
    object.addDependency(object);
    expect(errorOf(app)).toBe('lab/a: depends on itself; remove that dependency');
  });

  test('in a circle are refused with the whole circle', () => {
    const app = new PlatformApp();
    const chart = new Chart(app, 'lab');
    const [a, b, c] = ['a', 'b', 'c'].map(name => config(chart, name));
    a.addDependency(b);
    b.addDependency(c);
    c.addDependency(a);
    expect(errorOf(app)).toBe('Dependency cycle detected: lab/a => lab/b => lab/c => lab/a; remove one of these dependencies');
  });

  test('of charts in a circle are refused', () => {
    const app = new PlatformApp();
    const [a, b] = ['a', 'b'].map(id => new Chart(app, id));
    a.addDependency(b);
    b.addDependency(a);
    expect(errorOf(app)).toBe('Dependency cycle detected: a => b => a; remove one of these dependencies');
  });

  test('of a chart on what is in no chart are refused with both paths', () => {
    const app = new PlatformApp();
    const object = config(new Chart(app, 'lab'), 'a');
    object.node.addDependency(new Construct(new Construct(app, 'infra'), 'pool'));
    expect(errorOf(app)).toBe('lab/a: depends on "infra/pool", which is in no chart; must depend on charts and their constructs only, because YAML can\'t wait for anything else');
  });

  test('on a chart of what is in no chart are refused with both paths', () => {
    const app = new PlatformApp();
    new Construct(app, 'infra').node.addDependency(config(new Chart(app, 'lab'), 'a'));
    expect(errorOf(app)).toBe('infra: is in no chart but depends on "lab/a", which is; must not, because only a chart\'s constructs are put in an order with it');
  });

  test('between constructs that have nothing to do with charts are nobody\'s business here', () => {
    const app = new PlatformApp();
    const infra = new Construct(app, 'infra');
    new Construct(infra, 'a').node.addDependency(new Construct(infra, 'b'));
    config(new Chart(app, 'lab'), 'x');
    expect(errorOf(app)).toBe('');
    expect(app.charts).toHaveLength(1);
  });

  test('between constructs around charts hold for these charts', () => {
    const app = new PlatformApp({ outdir: emptyFolder() });
    const [first, second] = ['first', 'second'].map(id => new Construct(app, id));
    config(new Chart(first, 'x'), 'a');
    config(new Chart(second, 'y'), 'b');
    first.node.addDependency(second);
    expect(app.charts.map(chart => chart.node.path)).toEqual(['second/y', 'first/x']);
  });

  test('of a construct on what is within it put that first', () => {
    const chart = new PlatformChart(new PlatformApp(), 'lab');
    const unit = new Construct(chart, 'unit');
    config(unit, 'a');
    const part = new Construct(unit, 'part');
    ['b', 'c'].forEach(name => config(part, name));
    unit.node.addDependency(part);
    expect(chart.toJson().map(object => object.metadata.name)).toEqual(['b', 'c', 'a']);
    // and the other way round
    const other = new PlatformApp();
    const lab = new PlatformChart(other, 'lab');
    const inner = new Construct(lab, 'inner');
    ['a', 'b'].forEach(name => config(inner, name));
    config(lab, 'c');
    inner.node.addDependency(lab);
    expect(lab.toJson().map(object => object.metadata.name)).toEqual(['c', 'a', 'b']);
  });

  test('in long chains take no time and no stack', () => {
    const app = new PlatformApp();
    const chart = new PlatformChart(app, 'lab');
    let last: Construct | undefined;
    for (let i = 0; i < 3000; i++) {
      const unit = new Construct(chart, `u${i}`);
      ['a', 'b'].forEach(name => config(unit, `${name}${i}`));
      if (last) { last.node.addDependency(unit); }
      last = unit;
    }
    const start = performance.now();
    expect(chart.toJson()[0].metadata.name).toBe('a2999');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('values that no YAML can carry', () => {
  const cases: Array<[string, () => unknown, string]> = [
    ['NaN', () => NaN, 'spec.it: got NaN; must be a finite number'],
    ['2^53', () => 2 ** 53, 'spec.it: got 9007199254740992; must be a finite number, and at most 2^53 - 1, which every reader keeps whole; write it as a string'],
    ['minus zero', () => -0, 'spec.it: got "-0"; must not be minus zero; write 0'],
    ['undefined in a list', () => [1, undefined], 'spec.it[1]: got nothing; must be a string, number, boolean, list or dictionary; leave it out of the list'],
    ['a BigInt', () => 1n, 'spec.it: got 1; must be a string, number, boolean, list or plain object'],
    ['a function', () => () => 1, 'spec.it: got a function; must be'],
    ['a symbol', () => Symbol('x'), 'spec.it: got a symbol; must be'],
    ['a Date', () => new Date(0), 'spec.it: got a Date; must be a string, number, boolean, list or plain object; convert it first'],
    ['a Map', () => new Map(), 'spec.it: got a Map; must be'],
    ['a Buffer', () => Buffer.from('x'), 'spec.it: got a Buffer; must be'],
    ['a cdktf token', () => '${TfToken[TOKEN.0]}', 'spec.it: got "${TfToken[TOKEN.0]}"; must be known when YAML is made, but it has a token of cdktf; pass what the token stands for'],
    ['a cdktf number token', () => -8.1095622125913805e298, 'must be known when YAML is made, but it is a token of cdktf'],
    ['a Lazy in a text', () => `x-${Lazy.any({ produce: () => 1 })}`, 'spec.it: got "x-[object Object]"; must not have an object where a text belongs'],
    ['NUL', () => 'a\0b', 'spec.it: got "a\\\\0b"; must be text: no NUL and no half of a surrogate pair; use binaryData for bytes'],
    ['DEL', () => 'a\x7fb', 'spec.it: got "a\\u007fb"; must be text without the control characters U+007F to U+009F, U+FFFE and U+FFFF, which server-side apply can\'t carry; encode binary data'],
    ['half a surrogate pair', () => '\ud800', 'must be text: no NUL and no half of a surrogate pair'],
    ['a Lazy that throws', () => Lazy.any({ produce: () => { throw new Error('boom'); } }), 'spec.it: got nothing; must be a value that can be produced; producing it failed: boom'],
    ['what is nested too deep', () => nested(20000), 'must not refer to itself, nor be nested deeper than 200 levels'],
  ];

  test.each(cases)('%s', (_, value, message) => {
    for (const type of [Chart, PlatformChart]) {
      const app = new PlatformApp();
      const chart = new type(app, 'lab');
      raw(chart, 'it', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'it' }, spec: { it: value() } });
      expect(errorOf(app)).toContain(message);
      expect(errorOf(app)).toContain('lab/it');
      expect(() => chart.toJson()).toThrow();
    }
  });

  test('a cycle', () => {
    const spec: any = {};
    spec.self = { list: [spec] };
    const app = new PlatformApp();
    raw(new Chart(app, 'lab'), 'it', { apiVersion: 'example.com/v1', kind: 'Widget', spec });
    expect(errorOf(app)).toContain('lab/it.spec.self.list.0: got an object that refers to itself; must not refer to itself');
  });

  test('a null that would take its key with it', () => {
    const app = new PlatformApp();
    raw(new Chart(app, 'lab'), 'it', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { labels: { a: null } } });
    expect(errorOf(app)).toContain('lab/it.metadata.labels.a: got null; must be a string; leave the key out');
  });

  test('not: what cdk8s loses without need', () => {
    const app = new PlatformApp();
    const bare = Object.assign(Object.create(null), { a: 1 });
    raw(new Chart(app, 'lab'), 'it', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'it' }, spec: { bare, union: kplus.k8s.IntOrString.fromString('50%'), constructor: 'legal', ...JSON.parse('{"__proto__":"kept"}') } });
    expect(app.synthYaml()).toBe('apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: it\nspec:\n  __proto__: kept\n  bare:\n    a: 1\n  constructor: legal\n  union: 50%\n');
  });
});

function nested(depth: number): any {
  let value: any = 1;
  for (let i = 0; i < depth; i++) { value = { a: value }; }
  return value;
}

test('a value that can\'t be produced is named by its place', () => {
  const app = new PlatformApp();
  const boom = Lazy.any({ produce: () => { throw new Error('boom'); } });
  new ApiObject(new Chart(app, 'lab'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', data: Lazy.any({ produce: () => ({ late: boom }) }) } as any);
  expect(errorOf(app)).toContain('lab/a.data.late: got nothing; must be a value that can be produced; producing it failed: boom');
});

test('what fails to render says where', () => {
  const app = new PlatformApp();
  const chart = new Chart(app, 'lab');
  for (const [id, failure] of Object.entries({ a: new Error('boom'), b: 'words' })) {
    Object.defineProperty(config(chart, id), 'toJson', { value: () => { throw failure; } });
  }
  expect(errorOf(app)).toContain('lab/a.spec: got nothing; must be an object that can be rendered; boom');
  expect(errorOf(app)).toContain('lab/b.spec: got nothing; must be an object that can be rendered; "words"');
});

test.each<[string, any]>([
  ['v1/Service', { clusterIP: { toString: 'x' }, ports: [{ port: 80 }] }], ['autoscaling/v2/HorizontalPodAutoscaler', { minReplicas: { toString: 'x' }, maxReplicas: 1 }],
  ['v1/Pod', { containers: [{ name: 'a', image: { toString: 'x' } }] }], ['v1/Pod', { serviceAccountName: { toString: 'x' }, containers: [{ name: 'a', image: 'a:1' }] }],
])('an object of another type than a field has is refused, in %s', (type, spec) => {
  const app = new PlatformApp();
  const [, apiVersion, kind] = /^(.*)\/(\w+)$/.exec(type)!;
  new ApiObject(new Chart(app, 'lab'), 'a', { apiVersion, kind, spec } as any);
  expect(errorOf(app)).toMatch(/lab\/a\.spec.*: got .*; must be/);
});

test('validations that fail, or say what is no text, are errors of their constructs', () => {
  const app = new PlatformApp();
  const chart = new Chart(app, 'lab');
  const validated = (id: string, validate: () => any) => config(chart, id).node.addValidation({ validate });
  validated('a', () => { throw new Error('boom'); });
  validated('b', () => { throw 'words'; }); // eslint-disable-line no-throw-literal, @typescript-eslint/only-throw-error
  validated('c', () => undefined);
  validated('d', () => [undefined, 5]);
  expect(errorOf(app).split('\n').slice(1).map(line => line.trim())).toEqual([
    'lab/a.validate: got nothing; must be a validation that ends; boom',
    'lab/b.validate: got nothing; must be a validation that ends; "words"',
    '[lab/d] 5',
  ]);
});

test('a context from the environment that is no JSON is refused', () => {
  process.env.CDKTF_CONTEXT_JSON = '{bad';
  try {
    expect(() => new PlatformApp()).toThrow(/^PlatformApp\.CDKTF_CONTEXT_JSON: got "\{bad"; must be JSON, where this environment variable is set; /);
  } finally {
    delete process.env.CDKTF_CONTEXT_JSON;
  }
});

test('a patch that leaves no manifest is refused', () => {
  for (const value of [null, 'text', []]) {
    const app = new PlatformApp();
    config(new Chart(app, 'lab'), 'a').addJsonPatch(JsonPatch.replace('', value));
    expect(errorOf(app)).toContain(`lab/a.manifest: got ${JSON.stringify(value)}; must be a dictionary; remove the patch, or what else makes it something else`);
  }
});

test('two containers on one port get a warning', () => {
  const app = new PlatformApp();
  const listening = (name: string, port: object) => ({ name, image: 'a:1', ports: [port] });
  new ApiObject(new Chart(app, 'lab'), 'a', {
    apiVersion: 'v1', kind: 'Pod', spec: { containers: [listening('one', { containerPort: 80 }), listening('two', { containerPort: 80 }), listening('three', { containerPort: 80, protocol: 'UDP' })] },
  } as any);
  app.synthYaml();
  expect(app.warnings.join()).toContain('its containers "one" and "two" both listen on TCP port 80, and a pod has only one; change one of them');
  expect(app.warnings.join()).not.toContain('three');
});

test('a scaler whose minimum is no number is read as one without', () => {
  const app = new PlatformApp();
  const spec = { scaleTargetRef: { name: 'a' }, minReplicaCount: { toString: 'x' }, triggers: [{ type: 'prometheus', metadata: { query: 'sum(x)' } }] };
  new ApiObject(new Chart(app, 'lab'), 'a', { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', spec } as any);
  expect(app.synthYaml()).toContain('minReplicaCount:');
});

test('of very many errors the first hundred are listed', () => {
  const app = new PlatformApp();
  new ApiObject(new Chart(app, 'lab'), 'a', { apiVersion: 'v1', kind: 'ConfigMap', data: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`k${i}`, i])) } as any);
  const lines = errorOf(app).split('\n');
  expect(lines).toHaveLength(102);
  expect(lines[101]).toBe('  ... and 400 more');
});

test.each<[string, any]>([['without a slash', 'data/a'], ['that is a number', 5], ['that is none', undefined]])('a JSON patch with a path %s is refused', (_, given) => {
  const app = new PlatformApp();
  config(new Chart(app, 'lab'), 'a').addJsonPatch(JsonPatch.add(given, 'x'));
  expect(errorOf(app)).toMatch(/lab\/a\.addJsonPatch: got .*; must be the path of a field, with a "\/" before each key; for example "\/spec\/replicas"/);
});

test('a JSON patch that can\'t be applied names its object', () => {
  const app = new PlatformApp();
  config(new Chart(app, 'lab'), 'a').addJsonPatch(JsonPatch.add('/spec/no/such', 1));
  expect(errorOf(app)).toContain('lab/a.addJsonPatch: got "add /spec/no/such"; must be a JSON patch that fits the manifest; add "/spec" first, which isn\'t there');
});

test('names don\'t depend on the environment, and who wants that they do is told', () => {
  const make = () => new ApiObject(new Chart(new PlatformApp(), 'lab'), 'It', { apiVersion: 'v1', kind: 'ConfigMap' });
  const before = make().name;
  process.env.CDK8S_LEGACY_HASH = '1';
  const object = make();
  expect(object.name).toBe(before);
  expect((object.node.root as PlatformApp).warnings).toEqual([
    'CDK8S_LEGACY_HASH has no effect, because names must not depend on where a program runs; give names where the old ones are needed',
  ]);
});
