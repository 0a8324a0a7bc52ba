import * as fc from 'fast-check';
import { calling, Choice, given, maybe, names, once, properties, whole } from './choice';
import { Made, MADE, madeByTerraform, POOL } from './clusters';
import { devicePlugin } from './gpus';
import { caller } from './network';
import { prometheusOptions } from './scalings';
import { dnsLabel, labels, variable, workloadName } from './texts';
import { frontend, modelServing } from './workloads';
import { call, Dictionary, Expression, make, Name, Program, Properties, Statement } from '../expression';


const millis = (min: number, max: number): Choice => calling('kplus.Cpu.millis', whole(min, max));
const gib = (min: number, max: number): Choice => calling('Size.gibibytes', whole(min, max));

// as much as any workloads ask for together, and any container
const namespaceProps = properties({}, {
  labels: labels(),
  defaultDeny: fc.boolean(),
  quota: properties({ cpu: millis(100_000_000, 500_000_000), memory: gib(1_000_000, 8_000_000) }, {
    cpuLimit: millis(500_000_000, 1_000_000_000), gpus: whole(100_000, 1_000_000), pods: whole(100_000, 1_000_000), storage: gib(1, 8_000_000),
  }, 0.4),
  containers: properties({}, { cpu: millis(1, 1000), memory: calling('Size.mebibytes', whole(1, 1024)), cpuLimit: millis(1000, 2000), maxCpu: millis(1_000_000, 2_000_000), maxMemory: gib(10_000, 100_000) }, 0.4),
}, 0.3);

const appProps = properties({}, {
  kubernetesVersion: whole(27, 36).map((minor) => `1.${minor}`),
  yamlOutputType: names('YamlOutputType.FILE_PER_APP', 'YamlOutputType.FILE_PER_CHART', 'YamlOutputType.FILE_PER_RESOURCE', 'YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE'),
  outputFileExtension: fc.constantFrom('.yaml', '.k8s.yaml', '.yml'),
  recordConstructMetadata: fc.boolean(),
  clusterScopedKinds: fc.constantFrom([], ['example.com/Fleet']),
  existingNamespaces: fc.uniqueArray(dnsLabel(), { maxLength: 2 }),
}, 0.25);

const ADDONS = ['KEDA', 'GATEWAY_API', 'PROMETHEUS_OPERATOR', 'CERT_MANAGER', 'EXTERNAL_DNS'];

interface Workload {
  readonly type: 'ModelServingApp' | 'AutoscaledFrontend';
  readonly id: string;
  readonly props: Properties;
  /** The variables of its back ends and which of the earlier workloads they are, for a front end. */
  readonly backends: ReadonlyArray<readonly [string, number]>;
  readonly allows?: Expression;
}

interface Part {
  readonly namespace?: string;
  readonly declared?: { readonly props: Properties; readonly level: string; readonly named: boolean };
  readonly chartProps: Properties;
  readonly workloads: readonly Workload[];
}

const workload = once((root: boolean): fc.Arbitrary<Workload> => fc.tuple(
  fc.constantFrom('ModelServingApp' as const, 'ModelServingApp' as const, 'AutoscaledFrontend' as const), workloadName,
  fc.uniqueArray(fc.tuple(variable, fc.nat(20)), { maxLength: 2, selector: ([name]) => name }), maybe(caller, 0.2),
).chain(([type, id, backends, allows]) => (type === 'ModelServingApp' ? modelServing({ root, scalable: true }) : frontend({ root, scalable: true }))
  .map((props): Workload => ({ type, id, props, backends, allows }))));

const partOf = once((level: string): fc.Arbitrary<Part> => fc.record({
  namespace: dnsLabel().filter((name) => !/^(default|kube-.*)$/.test(name)),
  declared: level === 'elsewhere' ? fc.constant(undefined) : fc.record({ props: namespaceProps, level: fc.constant(level), named: fc.boolean() }),
  chartProps: properties({}, { labels: labels(), disableResourceNameHashes: fc.boolean() }, 0.2),
  workloads: fc.uniqueArray(workload(level === 'baseline' || level === 'privileged'), { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
}));

const part = fc.constantFrom('restricted', 'restricted', 'baseline', 'privileged', 'elsewhere').chain(partOf);

/** Legal programs of the whole public API. */
export const programs: fc.Arbitrary<Program> = fc.record({
  appProps,
  prometheus: prometheusOptions,
  stated: fc.subarray(ADDONS),
  clusters: fc.constantFrom(0, 0, 0, 1, 2),
  late: fc.boolean(),
  parts: fc.uniqueArray(part, { minLength: 1, maxLength: 3, selector: ({ namespace }) => namespace }),
  nameless: fc.integer({ min: 0, max: 9 }),
  plugin: maybe(devicePlugin, 0.15),
  made: maybe(madeByTerraform as fc.Arbitrary<any>, 0.15) as fc.Arbitrary<Made | undefined>,
}).map(({ appProps: props, prometheus, stated, clusters: others, late, parts, nameless, plugin, made }) => {
  const statements: Statement[] = [{ variable: 'app', value: make('PlatformApp', props) }];
  const observed: Statement = { value: call('Prometheus.operator', new Name('app'), prometheus) };
  if (!late) { statements.push(observed); }
  for (const addon of stated) { statements.push({ value: call(`Addon.${addon}.installedIn`, new Name('app')) }); }
  const existing = made && others > 1 ? 1 : others;
  const clusters = [...(made ? [MADE] : []), ...Array.from({ length: existing }, (_, i) => `cluster${i}`)];
  statements.push(...made?.statements ?? []);
  for (let i = 0; i < existing; i++) {
    const props_ = i === 1 ? { name: 'other' } : undefined;
    statements.push({ variable: `cluster${i}`, value: make('ExistingCluster', new Name('app'), `cluster-${i}`, props_) });
  }
  // A chart without a namespace leaves it to whoever applies; such a program has one chart.
  const withoutNamespace = nameless === 0;
  const used = withoutNamespace ? parts.slice(0, 1) : parts;
  const earlier: Array<{ variable: string; cluster: number }> = [];
  used.forEach(({ namespace, declared, chartProps, workloads }, i) => {
    const chart = `chart${i}`;
    const cluster = clusters.length > 0 ? i % clusters.length : -1;
    const ofCluster = cluster >= 0 ? { cluster: new Name(clusters[cluster]) } : {};
    statements.push({ variable: chart, value: make('PlatformChart', new Name('app'), chart, { ...chartProps, ...ofCluster, ...(withoutNamespace ? {} : { namespace }) }) });
    if (declared && !withoutNamespace) {
      const level = declared.level === 'restricted' ? {} : { podSecurity: new Name(`PodSecurity.${declared.level.toUpperCase()}`) };
      // constructs takes what every object of JavaScript has for a child
      const [id, name] = declared.named || namespace! in {} ? ['Space', { name: namespace }] : [namespace!, {}];
      statements.push({ value: make('PlatformNamespace', new Name(chart), id, given({ ...declared.props, ...level, ...name })) });
    }
    const taken = new Set(declared && !withoutNamespace ? [namespace!, 'Space'] : []);
    const named = new Set(workloads.map(({ id }) => id));
    workloads.forEach(({ type, id, props: { name: wished, ...own }, backends, allows }, j) => {
      // Two constructs of a chart have two ids; the name may still be the same as the namespace's.
      const clash = taken.has(id);
      const name = typeof wished === 'string' && !named.has(wished) ? wished : undefined;
      if (name !== undefined) { named.add(name); }
      const self = `workload${i}${String.fromCharCode(97 + j)}`;
      const reachable = earlier.filter((other) => other.cluster === cluster);
      const backs = reachable.length === 0 ? [] : backends
        .map(([key, index]): [string, Expression] => [key, new Name(reachable[index % reachable.length].variable)]);
      const onPool = clusters[cluster] === MADE ? placed(own, made!) : own;
      const wired = type === 'AutoscaledFrontend' && backs.length > 0 ? { backends: new Dictionary(backs.filter(([key]) => !clashes(key, own))) } : {};
      const called = name !== undefined ? { name } : clash ? { name: id } : {};
      statements.push({ variable: self, value: make(type, new Name(chart), clash ? `W-${id}` : id, { ...onPool, ...wired, ...called }) });
      if (allows) { statements.push({ value: call(`${self}.allowFrom`, allows) }); }
      earlier.push({ variable: self, cluster });
    });
  });
  if (plugin && !made && !parts.some(({ namespace }) => namespace === plugin.namespace || namespace === 'gpu-resources')) {
    statements.push({ value: make('NvidiaDevicePlugin', new Name('chart0'), 'Device-Plugin', plugin) });
  }
  if (late) { statements.push(observed); }
  return statements;
});

/** A workload on the cluster that the program makes: its GPUs are those of the pool, and no exposure is for another cloud. */
function placed({ exposure, ...own }: Properties, { count, cloud }: Made): Properties {
  return {
    ...own,
    ...own.gpu === undefined ? {} : { gpu: { pool: new Name(POOL), count } },
    ...exposure === undefined || isOfAnother(cloud, exposure) ? {} : { exposure },
  };
}

/** What exposures say that only one cloud has. */
const TELLING: Readonly<Record<string, RegExp>> = {
  AKS: /Cloud\.AKS|azure/,
  GKE: /Cloud\.GKE|"gce|"gke-/,
  ACK: /Cloud\.ACK/,
};

function isOfAnother(cloud: string, exposure: Expression): boolean {
  return Object.entries(TELLING).some(([other, telling]) => other !== cloud && telling.test(JSON.stringify(exposure)));
}

/** A variable that the program sets itself can't get an address, too. */
function clashes(name: string, props: Properties): boolean {
  const env = props.env as Dictionary | undefined;
  return env?.entries.some(([key]) => key === name) ?? false;
}
