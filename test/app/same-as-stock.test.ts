import * as fs from 'fs';
import * as path from 'path';
import { ApiObject, App, AppProps, Chart, Cron, IResolver, JsonPatch, Lazy, ResolutionContext, Size, Testing, YamlOutputType } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import * as yaml from 'yaml';
import { emptyFolder, filesIn } from './support';
import { PlatformApp, PlatformChart } from '../../src/app';

// Every shortcut that the synthesis takes must lead where the long way leads, on any tree for which the long way is right.

type Build = (app: App) => void;

/** What an app writes: each file's objects. */
function written(make: (props: AppProps) => App, build: Build, props: AppProps = {}): { [file: string]: any[] } {
  const outdir = emptyFolder();
  const app = make({ outdir, ...props });
  build(app);
  app.synth();
  return Object.fromEntries(filesIn(outdir).map(file => [file, parse(fs.readFileSync(path.join(outdir, file), 'utf8'))]));
}

function parse(text: string): any[] {
  return yaml.parseAllDocuments(text, { version: '1.1' }).map(document => document.toJS());
}

const stock = (props: AppProps) => new App(props);
const ours = (props: AppProps) => new PlatformApp({ existingNamespaces: ['ns', 'o', 'i'], ...props });

function service(chart: Construct, name: string): kplus.Deployment {
  const config = new kplus.ConfigMap(chart, `${name}-config`, { data: { 'a.yaml': 'x: 1\n', 'b': 'yes' } });
  const deployment = new kplus.Deployment(chart, name, {
    replicas: undefined,
    podMetadata: { labels: { app: name }, annotations: { 'example.com/a': '1' } },
    serviceAccount: new kplus.ServiceAccount(chart, `${name}-account`),
    containers: [{
      image: 'docker.io/me/web:1.0',
      portNumber: 8080,
      envVariables: { A: kplus.EnvValue.fromValue('no'), B: kplus.EnvValue.fromConfigMap(config, 'b') },
      resources: {
        cpu: { request: kplus.Cpu.millis(250), limit: kplus.Cpu.units(1) },
        memory: { request: Size.mebibytes(512), limit: Size.mebibytes(512) },
      },
      liveness: kplus.Probe.fromHttpGet('/healthz', { port: 8080 }),
      readiness: kplus.Probe.fromTcpSocket({ port: 8080 }),
      volumeMounts: [{ path: '/config', volume: kplus.Volume.fromConfigMap(chart, `${name}-volume`, config) }],
    }],
  });
  deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
  new kplus.HorizontalPodAutoscaler(chart, `${name}-scaler`, {
    target: deployment, minReplicas: 2, maxReplicas: 5, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(60))],
  });
  new kplus.NetworkPolicy(chart, `${name}-policy`, {
    selector: deployment, ingress: { rules: [{ peer: kplus.NetworkPolicyIpBlock.ipv4(chart, `${name}-block`, '10.0.0.0/8') }] },
  });
  new kplus.k8s.KubePodDisruptionBudget(chart, `${name}-budget`, {
    spec: { maxUnavailable: kplus.k8s.IntOrString.fromString('50%'), selector: { matchLabels: { app: name } } },
  });
  return deployment;
}

const OUTPUTS = [
  YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART, YamlOutputType.FILE_PER_RESOURCE, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE,
];

const TREES: { [name: string]: Build } = {
  'nothing': () => {},
  'cdk8s-plus objects in one chart': app => {
    const chart = new Chart(app, 'lab', { namespace: 'ns', labels: { team: 'ml' } });
    for (const name of ['a', 'b', 'c']) { service(chart, name); }
  },
  'a chart each': app => {
    for (const name of ['b', 'a']) { service(new Chart(app, name), 'web'); }
    for (const name of ['10', '9']) { new kplus.ConfigMap(new Chart(app, name), 'config', { data: { a: 'b' } }); }
  },
  'raw objects': app => {
    const chart = new Chart(app, 'raw', { disableResourceNameHashes: true });
    new ApiObject(chart, 'One', { apiVersion: 'example.com/v1', kind: 'Widget', ...{ spec: { z: 1, a: { deep: [1, [2, { x: 'y' }]], empty: {}, none: [] }, f: 0.5, t: true, gone: undefined, nil: null } } });
    new ApiObject(chart, 'Two', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'two', annotations: { a: 'b' }, labels: {} }, ...{ data: { a: 'legal' } } });
    new ApiObject(chart, 'Three', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { finalizers: ['example.com/f'] } as any, ...{ immutable: true } });
  },
  'Lazy values, tokens and later changes': app => {
    const chart = new Chart(app, 'late');
    const list: string[] = [];
    const object = new ApiObject(chart, 'One', {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      ...{
        spec: {
          list: Lazy.any({ produce: () => list }),
          twice: Lazy.any({ produce: () => ({ inner: Lazy.any({ produce: () => 3 }) }) }),
          token: { resolve: () => ({ a: 1 }) },
          none: Lazy.any({ produce: () => undefined }),
        },
      },
    });
    list.push('a', 'b');
    object.metadata.addLabel('late', 'yes');
    object.metadata.addAnnotation('note', 'on');
    object.metadata.add('generation', 3);
    const deployment = service(chart, 'web');
    deployment.metadata.addLabel('late', 'yes');
    deployment.addContainer({ image: 'docker.io/me/sidecar:1.0', name: 'sidecar', resources: { cpu: { request: kplus.Cpu.millis(50) } } });
  },
  'JSON patches': app => {
    const chart = new Chart(app, 'patched');
    const object = new ApiObject(chart, 'One', { apiVersion: 'example.com/v1', kind: 'Widget', ...{ spec: { a: [1, 2], b: 'x' } } });
    object.addJsonPatch(JsonPatch.add('/spec/a/-', 3), JsonPatch.remove('/spec/b'), JsonPatch.add('/status', { ok: true }));
    const deployment = service(chart, 'web');
    ApiObject.of(deployment).addJsonPatch(JsonPatch.replace('/spec/minReadySeconds', 7), JsonPatch.add('/metadata/annotations', { a: 'b' }));
  },
  'charts that depend on charts': app => {
    const [c, b, a] = ['c', 'b', 'a'].map(id => new Chart(app, id));
    for (const chart of [a, b, c]) { service(chart, 'web'); }
    c.addDependency(a);
    a.addDependency(b);
  },
  'charts in charts': app => {
    const outer = new Chart(app, 'outer', { namespace: 'o' });
    service(outer, 'web');
    const inner = new Chart(outer, 'inner', { namespace: 'i' });
    service(inner, 'web');
    service(new Chart(new Construct(outer, 'between'), 'deep'), 'web');
  },
  'constructs that depend on constructs': app => {
    const chart = new Chart(app, 'lab');
    const [a, b, c] = ['a', 'b', 'c'].map(id => {
      const unit = new Construct(chart, id);
      service(unit, 'web');
      return unit;
    });
    a.node.addDependency(c);
    c.node.addDependency(b);
    const first = new ApiObject(chart, 'first', { apiVersion: 'v1', kind: 'ConfigMap' });
    ApiObject.of(b.node.findChild('web')).addDependency(first);
  },
  'dependencies between objects of charts': app => {
    const one = new Chart(app, 'one');
    const two = new Chart(app, 'two');
    ApiObject.of(service(one, 'a')).addDependency(ApiObject.of(service(two, 'b')));
  },
};

describe.each(Object.keys(TREES))('%s', name => {
  const build = TREES[name];

  test.each(OUTPUTS)('writes the same files as output type %p', yamlOutputType => {
    expect(written(ours, build, { yamlOutputType })).toEqual(written(stock, build, { yamlOutputType }));
  });

  test('gives the same text, charts and manifests', () => {
    const [a, b] = [new App(), ours({})];
    [a, b].forEach(build);
    expect(parse(b.synthYaml())).toEqual(parse(a.synthYaml()));
    expect(b.charts.map(c => c.node.path)).toEqual(a.charts.map(c => c.node.path));
    expect(b.charts.map(c => c.toJson())).toEqual(a.charts.map(c => c.toJson()));
    expect(b.charts.map(c => Testing.synth(c))).toEqual(a.charts.map(c => Testing.synth(c)));
  });

  test('records the same metadata under another extension', () => {
    const props = { recordConstructMetadata: true, outputFileExtension: '.yaml' };
    expect(written(ours, build, props)).toEqual(written(stock, build, props));
  });
});

test('a PlatformChart renders and orders as a Chart does', () => {
  const build = (app: App, type: typeof Chart) => {
    const chart = new type(app, 'lab', { namespace: 'ns', labels: { team: 'ml' } });
    service(chart, 'B').node.addDependency(service(chart, 'a'));
    new kplus.CronJob(chart, 'a-job-with-a-name-that-is-cut-because-its-jobs-have-longer-ones', {
      schedule: Cron.daily(), containers: [{ image: 'docker.io/me/job:1.0' }], ttlAfterFinished: undefined,
    });
    return chart;
  };
  expect(build(new PlatformApp(), PlatformChart).toJson()).toEqual(build(new App(), Chart).toJson());
  expect(build(new App(), PlatformChart).toJson()).toEqual(build(new App(), Chart).toJson());
});

test('asks the resolvers of the app for every value', () => {
  class Shout implements IResolver {
    public resolve(context: ResolutionContext): void {
      if (typeof context.value === 'string' && context.key[0] === 'spec' && context.value === 'quiet') { context.replaceValue('LOUD'); }
    }
  }
  const build: Build = app => {
    const chart = new Chart(app, 'lab');
    service(chart, 'web');
    new ApiObject(chart, 'One', { apiVersion: 'example.com/v1', kind: 'Widget', ...{ spec: { a: ['quiet', { b: 'quiet' }] } } });
  };
  const props = { resolvers: [new Shout()] };
  const result = written(ours, build, props);
  expect(result).toEqual(written(stock, build, props));
  expect(JSON.stringify(result)).toContain('LOUD');
});

test('uses what a chart class renders itself', () => {
  class Stamped extends Chart {
    public toJson(): any[] { return super.toJson().map(manifest => ({ ...manifest, stamp: 'x' })); }
  }
  class Platformed extends PlatformChart {
    public toJson(): any[] { return super.toJson().map(manifest => ({ ...manifest, stamp: 'x' })); }
  }
  const build = (type: typeof Chart): Build => app => { service(new type(app, 'lab'), 'web'); };
  const expected = written(stock, build(Stamped));
  expect(JSON.stringify(expected)).toContain('stamp');
  expect(written(ours, build(Stamped))).toEqual(expected);
  expect(written(ours, build(Platformed))).toEqual(expected);
});

test('uses what an object class renders itself', () => {
  class Widget extends ApiObject {
    public toJson(): any { return { ...super.toJson(), extra: this.name }; }
  }
  const build: Build = app => { new Widget(new Chart(app, 'lab'), 'w', { apiVersion: 'example.com/v1', kind: 'Widget' }); };
  expect(written(ours, build)).toEqual(written(stock, build));
});

test('orders any acyclic tree the same', () => {
  // units in charts, each of up to three objects, that depend on units before them in a hidden order
  const arbitrary = fc.record({
    units: fc.array(fc.record({ chart: fc.integer({ min: 0, max: 2 }), objects: fc.integer({ min: 0, max: 3 }) }), { minLength: 2, maxLength: 7 }),
    edges: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean(), fc.boolean()), { maxLength: 6 }),
    rank: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 7 }),
  });
  fc.assert(fc.property(arbitrary, ({ units, edges, rank }) => {
    const build: Build = app => {
      const charts = [0, 1, 2].map(i => new Chart(app, `chart${i}`));
      const all = units.map(({ chart, objects }, i) => {
        const unit = new Construct(charts[chart], `unit${i}`);
        for (let n = 0; n < objects; n++) { new ApiObject(unit, `o${n}`, { apiVersion: 'v1', kind: 'ConfigMap' }); }
        return unit;
      });
      for (const [from, to, fromObject, toObject] of edges) {
        let [a, b] = [all[from % all.length], all[to % all.length]];
        // charts are ordered, too, so across charts only one direction is free of cycles
        const key = (unit: Construct) => Chart.of(unit).node.id + rank[all.indexOf(unit)];
        if (key(a) === key(b)) { continue; }
        if (key(a) < key(b)) { [a, b] = [b, a]; }
        a = fromObject ? a.node.children[0] as Construct ?? a : a;
        b = toObject ? b.node.children[0] as Construct ?? b : b;
        a.node.addDependency(b);
      }
    };
    expect(written(ours, build)).toEqual(withoutEmpty(written(stock, build)));
  }), { numRuns: 150 });
});

/** Stock cdk8s writes an empty file for an empty chart; kubectl refuses it. */
function withoutEmpty(files: { [file: string]: any[] }): { [file: string]: any[] } {
  return Object.fromEntries(Object.entries(files).filter(([, objects]) => objects.length > 0 && objects[0] !== null));
}
