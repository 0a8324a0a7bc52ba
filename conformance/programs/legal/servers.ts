import * as fc from 'fast-check';
import { port as anyPort, seconds, size } from './amounts';
import { calling, Choice, dictionary, distinct, list, merged, one, properties, whole } from './choice';
import type { Metric } from './scalings';
import { command, dnsLabel, folder, image, requestPath, text } from './texts';
import { Properties } from '../expression';

/** A server, and what its workload has to know of it. */
export interface Server {
  readonly server: Choice;
  readonly exports: readonly Metric[];
  /** Whether it loads its model from a source that the workload names, may do so, or never does. */
  readonly model: 'needed' | 'possible';
  readonly ports: readonly number[];
}

/** Sidecars take the ports from 20000 on. */
const port = anyPort.filter((number) => number < 20_000 || number > 21_999);

const vllm: Server = {
  server: calling('ModelServer.vllm', properties({ version: fc.constantFrom('0.6.0', '0.9.2', '0.11.0', '0.18.1', '1.0.0', '0.8.5.post1') }, {
    image, maxModelLength: whole(1, 4096), gpuMemoryUtilization: fc.constantFrom(0.75, 0.9, 1, 0.84), servedModelName: fc.constantFrom('llama', 'a/b', '模型', 'x'.repeat(256)),
  })),
  exports: ['waitingRequests', 'runningRequests', 'requests', 'cacheUsage'],
  model: 'needed',
  ports: [8000],
};

const tritonOptions = (more: Record<string, Choice>) => properties({ version: fc.constantFrom('25.06', '23.12'), ...more }, { image, sharedMemory: size(8) });
const triton = (more: Record<string, Choice>): Server => ({
  server: calling('ModelServer.triton', tritonOptions(more)), exports: ['waitingRequests', 'requests'], model: 'modelRepository' in more ? 'possible' : 'needed', ports: [8000, 8001, 8002],
});

const tensorflow = (more: Record<string, Choice>): Server => ({
  server: calling('ModelServer.tensorflowServing', properties({
    version: fc.constantFrom('2.19.1', '2.5.0'), modelName: fc.constantFrom('mnist', 'M.1_x-y', '5'), ...more,
  }, { image })),
  exports: [],
  model: 'modelBasePath' in more ? 'possible' : 'needed',
  ports: [8501, 8500],
});

const azureMl: Server = {
  server: calling('ModelServer.azureMl', properties({ image }, {
    entryScript: fc.constantFrom('score.py', 'src/run-1.py'), appRoot: folder, workers: whole(1, 16),
  })),
  exports: [],
  model: 'possible',
  ports: [5001],
};

const customVision: Server = {
  server: calling('ModelServer.customVision', properties({ image }, { allowUrl: fc.boolean() })), exports: [], model: 'possible', ports: [80],
};

const flask = (number: number): Server => ({
  server: calling('ModelServer.flask', properties({ image, port: number }, {
    healthPath: requestPath,
    gunicorn: properties({ app: fc.constantFrom('app:app', 'pkg.mod:create_app()', 'app') }, { workers: whole(1, 256), threads: whole(1, 1024) }, 0.5),
    loadTimeout: seconds(1, 86400),
  }, 0.4)),
  exports: [],
  model: 'possible',
  ports: [number],
});

const METRICS: readonly Metric[] = ['waitingRequests', 'runningRequests', 'requests', 'cacheUsage'];
const series = properties({ name: fc.constantFrom('my_queue', ':tensorflow:x', 'a1') }, {
  labels: dictionary(fc.constantFrom('model', 'Engine', 'a1_b'), text),
}, 0.5);

function custom([first, second]: readonly number[], exports: readonly Metric[]): Server {
  const check = one(
    calling('HealthCheck.http', requestPath), calling('HealthCheck.tcp'),
    calling('HealthCheck.http', requestPath, 'metrics-1'), calling('HealthCheck.tcp', 'metrics-1'),
    calling('HealthCheck.command', text.filter((word) => word !== ''), text),
  );
  const metrics = properties(Object.fromEntries([['port', fc.constantFrom('http', 'metrics-1')], ...exports.map((name) => [name, series])]), { path: requestPath });
  const space = properties({ size: size(4) }, { inMemory: fc.boolean() });
  const folders = fc.uniqueArray(fc.tuple(folder, space), { selector: ([path]) => path, maxLength: 3 })
    .filter((all) => all.every(([a]) => all.every(([b]) => a === b || !b.startsWith(`${a}/`))))
    .map((all) => all.map(([path, rest]): Properties => ({ path, ...rest })));
  return {
    server: calling('ModelServer.custom', merged(properties({
      image, port: first, otherPorts: fc.constant([{ name: 'metrics-1', number: second }]),
    }, {
      software: dnsLabel(),
      startup: check,
      readiness: check,
      liveness: check,
      command: command(list(text, 0, 3)),
      args: list(text.filter((word) => !word.startsWith('-')), 0, 3),
      writableFolders: folders,
      sharedMemory: size(4),
      loadTimeout: seconds(1, 86400),
      drainTimeout: seconds(0, 3600),
      user: whole(1, 2 ** 31 - 1),
      outboundPorts: distinct(anyPort, 1, 3),
    }), exports.length > 0 ? properties({ metrics }) : fc.constant({}))),
    exports,
    model: 'possible',
    ports: [first, second],
  };
}

/** Every preset, and servers of one's own. */
export const server: fc.Arbitrary<Server> = fc.oneof(
  fc.constantFrom(
    vllm, triton({ modelRepository: folder }), triton({}), tensorflow({ modelBasePath: folder }), tensorflow({}), azureMl, customVision,
  ),
  port.map(flask),
  fc.tuple(fc.tuple(port.filter((number) => number < 22_000 || number > 22_999), whole(22_000, 22_999)), fc.subarray([...METRICS]))
    .map(([ports, exports]) => custom(ports, exports)),
);
