import { Duration, Lazy, Size, Testing } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { Accelerator, AutoscaledFrontend, Config, HealthCheck, ModelServer, ModelServingApp, PlatformApp, Priority, Rollout, SecretFile } from '../../src';
import { WORKLOAD_PROPS } from '../../src/serving/private/workload-checks';
import { chartOf, envOf, IMAGE, only, pool, SERVER } from '../support/workloads';

// Programs in JavaScript and Python can pass anything. Whatever it is, the answer is an error in the library's form, or a sound manifest:
// never an error from within, and never nonsense in the output.

const cyclic: any[] = [];
cyclic.push(cyclic);

const JUNK: Array<[string, unknown]> = [
  ['null', null], ['true', true], ['false', false], ['zero', 0], ['minus zero', -0], ['minus one', -1], ['a fraction', 0.5], ['NaN', NaN], ['Infinity', Infinity],
  ['1e21', 1e21], ['2^53 + 1', 2 ** 53 + 1], ['a BigInt', 5n], ['no text', ''], ['text', 'text'], ['a number as text', '5'], ['a line separator', 'a\u2028b'],
  ['NUL', 'a\0b'], ['half a pair', '\ud800'], ['long text', 'x'.repeat(300_000)], ['an empty list', []], ['a list of nothing', [undefined]], ['a list of null', [null]],
  ['a list of numbers', [1]], ['a list of texts', ['a', 'b']], ['a list of objects', [{}]], ['a list of itself', cyclic], ['an empty object', {}],
  ['an object of null', { a: null }], ['an object of numbers', { a: 1 }], ['an object of texts', { a: 'b' }], ['an object of objects', { a: {} }],
  ['an object with a prototype for a key', JSON.parse('{"__proto__":{"polluted":1}}')], ['an object without a prototype', Object.create(null)],
  ['a Map', new Map([['a', 'b']])], ['a Set', new Set(['a'])], ['a Date', new Date(0)], ['an error', new Error('x')], ['a function', () => 1], ['a class', Size],
  ['a symbol', Symbol('x')], ['a pattern', /x/], ['a buffer', Buffer.from('x')], ['a size', Size.gibibytes(1)], ['a late value', Lazy.any({ produce: () => 'late' })],
  ['a construct', chartOf()], ['a variable', EnvValue.fromValue('x')], ['another class', SERVER],
];

/** Runs what may fail, and says what is wrong with how it did. */
function complaint(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (e) {
    const { name, message } = e as Error;
    if (name !== 'InvalidInputError') { return `${name}: ${message.slice(0, 200)}`; }
    // eslint-disable-next-line no-control-regex
    if (!/: got .+; must .+/s.test(message) || /[\n\u2028\u0000]/.test(message.replace(/^Validation failed.*\n/, '').replace(/\n {2}/g, ''))) { return `form: ${message.slice(0, 200)}`; }
    return message.length > 1500 ? `length: ${message.length}` : undefined;
  }
}

function synthesized(make: (app: PlatformApp) => void): void {
  const app = new PlatformApp({ existingNamespaces: ['models'] });
  make(app);
  const yaml = app.synthYaml();
  if (/NaN|\[object|undefined|TfToken|: null$/m.test(yaml)) { throw new Error(`nonsense: ${/.*(NaN|\[object|undefined|TfToken|: null$).*/m.exec(yaml)![0]}`); }
}

function complaints(make: (value: unknown) => (app: PlatformApp) => void): string[] {
  return JUNK.flatMap(([name, value]) => {
    const said = complaint(() => synthesized(make(value)));
    return said === undefined ? [] : [`${name}: ${said}`];
  });
}

const app = (props: object) => (root: PlatformApp) => { new ModelServingApp(chartOf(root), 'llama', { server: SERVER, ...props }); };
const web = (props: object) => (root: PlatformApp) => { new AutoscaledFrontend(chartOf(root), 'chat', { image: IMAGE, port: 8080, ...props }); };
const serverOf = (make: () => ModelServer) => (root: PlatformApp) => { new ModelServingApp(chartOf(root), 'llama', { server: make() }); };

describe('as a prop of a model server', () => {
  test.each([...Object.keys(WORKLOAD_PROPS), 'server', 'model', 'gpu', 'loadTimeout'])('%s', prop => {
    expect(complaints(value => app({ [prop]: value }))).toEqual([]);
  });
});

describe('as a prop of a front end', () => {
  test.each([
    ...Object.keys(WORKLOAD_PROPS), 'image', 'port', 'backends', 'healthPath', 'minReplicas', 'maxReplicas', 'targetCpuUtilization', 'startTimeout',
  ])('%s', prop => {
    expect(complaints(value => web({ [prop]: value }))).toEqual([]);
  });
});

describe('as a property of a sidecar', () => {
  test.each([
    'name', 'image', 'port', 'portNumber', 'ports', 'command', 'args', 'workingDir', 'envVariables', 'envFrom', 'volumeMounts', 'imagePullPolicy', 'readiness', 'liveness',
    'startup', 'lifecycle', 'resources', 'securityContext',
  ])('%s', prop => {
    expect(complaints(value => app({ sidecars: [{ name: 'side', image: IMAGE, [prop]: value }] }))).toEqual([]);
  });
});

describe('as an item or an entry', () => {
  test.each(['args', 'secrets', 'callers', 'pullSecrets', 'sidecars', 'initContainers'])('of %s', prop => {
    expect(complaints(value => app({ [prop]: [value] }))).toEqual([]);
  });
  test.each(['env', 'podAnnotations', 'podLabels'])('of %s', prop => {
    expect(complaints(value => app({ [prop]: { entry: value } }))).toEqual([]);
  });
  test('of backends', () => { expect(complaints(value => web({ backends: { A: value } }))).toEqual([]); });
  test('of cpu', () => { expect(complaints(value => app({ cpu: { request: value } }))).toEqual([]); });
  test.each(['count', 'accelerator', 'pool', 'migProfile', 'shared'])('of gpu: %s', prop => {
    expect(complaints(value => app({ gpu: { accelerator: Accelerator.A100_80GB, [prop]: value } }))).toEqual([]);
    expect(complaints(value => app({ gpu: { pool: pool(), [prop]: value } }))).toEqual([]);
  });
});

describe('as an option of a server', () => {
  const SERVERS: Array<[string, object, string[]]> = [
    ['vllm', { version: '0.11.0' }, ['version', 'image', 'maxModelLength', 'gpuMemoryUtilization', 'servedModelName']],
    ['triton', { version: '25.06', modelRepository: '/m' }, ['version', 'image', 'modelRepository', 'sharedMemory']],
    ['tensorflowServing', { version: '2.19.1', modelName: 'm', modelBasePath: '/m' }, ['version', 'image', 'modelName', 'modelBasePath']],
    ['azureMl', { image: IMAGE }, ['image', 'entryScript', 'appRoot', 'workers']],
    ['customVision', { image: IMAGE }, ['image', 'allowUrl']],
    ['flask', { image: IMAGE }, ['image', 'port', 'healthPath', 'gunicorn', 'loadTimeout']],
    ['custom', { image: IMAGE, port: 80 }, ['image', 'port', 'otherPorts', 'software', 'startup', 'readiness', 'liveness', 'command', 'args', 'metrics', 'writableFolders',
      'sharedMemory', 'loadTimeout', 'drainTimeout', 'user', 'outboundPorts']],
  ];
  test.each(SERVERS.flatMap(([server, options, props]) => props.map((prop): [string, string, object] => [server, prop, options])))('%s: %s', (server, prop, options) => {
    expect(complaints(value => serverOf(() => (ModelServer as any)[server]({ ...options, [prop]: value })))).toEqual([]);
  });
  test.each(SERVERS)('%s: all of them', server => { expect(complaints(value => serverOf(() => (ModelServer as any)[server](value)))).toEqual([]); });
});

describe('as what a server of the user\'s own class says', () => {
  class Own extends ModelServer {
    public readonly traits: any = { software: 'own', loadTimeout: Duration.minutes(1), drainTimeout: Duration.seconds(1), user: 1000 };
    public constructor(private readonly config: any, traits: any) { super(); this.traits = 'all' in traits ? traits.all : { ...this.traits, ...traits }; }
    public bind(): any {
      return 'all' in this.config ? this.config.all
        : { image: IMAGE, ports: [{ name: 'http', number: 80 }], startup: HealthCheck.tcp(), readiness: HealthCheck.tcp(), ...this.config };
    }
  }
  test.each(['software', 'loadTimeout', 'drainTimeout', 'user', 'downloadsByItself', 'requiresModel', 'all'])('its traits: %s', prop => {
    expect(complaints(value => serverOf(() => new Own({}, { [prop]: value })))).toEqual([]);
  });
  test.each([
    'image', 'ports', 'servicePort', 'command', 'args', 'reservedArguments', 'env', 'startup', 'readiness', 'liveness', 'metrics', 'writableFolders',
    'sharedMemory', 'cpuMillis', 'memory', 'outboundPorts', 'outbound', 'all',
  ])('its container: %s', prop => { expect(complaints(value => serverOf(() => new Own({ [prop]: value }, {})))).toEqual([]); });
});

describe('as an argument of a value', () => {
  test.each<[string, (value: any) => unknown]>([
    ['Config.fromLiterals', value => Config.fromLiterals(value)], ['Config.fromLiterals, an entry', value => Config.fromLiterals({ A: value })],
    ['Config.fromFiles', value => Config.fromFiles(value)], ['Config.fromFiles, its folder', value => Config.fromFiles({ a: 'b' }, { folder: value })],
    ['Config.fromFiles, its options', value => Config.fromFiles({ a: 'b' }, value)],
    ['Rollout.rolling', value => Rollout.rolling(value)], ['Rollout.rolling, its surge', value => Rollout.rolling({ maxSurge: value })],
    ['Rollout.rolling, its time', value => Rollout.rolling({ minReady: value })],
    ['HealthCheck.http', value => HealthCheck.http(value)], ['HealthCheck.http, its port', value => HealthCheck.http('/', value)],
    ['HealthCheck.tcp', value => HealthCheck.tcp(value)], ['HealthCheck.command', value => HealthCheck.command(value)],
    ['Priority.of', value => Priority.of(value, 1)], ['Priority.of, its value', value => Priority.of('a', value)], ['Priority.existing', value => Priority.existing(value)],
    ['SecretFile.existing', value => SecretFile.existing(value, 'a')],
  ])('%s', (_, make) => {
    expect(complaints(value => () => { make(value); })).toEqual([]);
  });
});

test('nothing was added to every object on the way', () => {
  expect(({} as any).polluted).toBeUndefined();
});

test('any text is refused in the library\'s form, or reaches the pod as it was', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
    const chart = chartOf(new PlatformApp());
    try {
      new ModelServingApp(chart, 'llama', { server: SERVER, env: { A: text }, args: [text], podAnnotations: { a: text } });
    } catch (e) {
      return (e as Error).name === 'InvalidInputError';
    }
    const { metadata, spec: { containers: [main] } } = only(Testing.synth(chart), 'Deployment').spec.template;
    return envOf(main).A === text && main.args[0] === text && metadata.annotations.a === text;
  }), { numRuns: 200 });
});

test('any name is refused in the library\'s form, or is the name of every object', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.stringMatching(/^[a-z0-9-]{0,50}$/)), name => {
    const chart = chartOf(new PlatformApp());
    try {
      new ModelServingApp(chart, 'llama', { server: SERVER, name });
    } catch (e) {
      return (e as Error).name === 'InvalidInputError';
    }
    return Testing.synth(chart).every(object => object.metadata.name === name);
  }), { numRuns: 200 });
});
