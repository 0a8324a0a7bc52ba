import { Chart, Duration, Size, Testing } from 'cdk8s';
import {
  Accelerator, Cloud, Exposure, ModelServer, ModelServingApp, ModelSource, Rollout, Scaling,
} from '../../src';
import { refuses, Row } from '../support/rows';
import { chartOf, IMAGE, messageOf, only, podOf, pool, serve, written } from '../support/workloads';

const app = (props: any) => () => serve(props);
const server = (options: any) => () => ModelServer.custom({ image: IMAGE, port: 80, ...options });
const image = (text: any) => () => ModelServer.flask({ image: text });
const PORT = 'must be a whole number from 1 to 65535';

describe('the mistakes of model serving', () => {
  const vllm = (options: any = {}) => ModelServer.vllm({ version: '0.11.0', ...options });
  const VLLM = { server: ModelServer.vllm({ version: '0.18.0' }), model: ModelSource.inImage('/m') };
  refuses([
    ['serving 1', 'half a GPU', app({ gpu: { count: 0.5, accelerator: Accelerator.L4 } }), 'lab/llama.gpu.count: got 0.5; must be a whole number from 1 to 64'],
    ['serving 3', 'a fixed number and KEDA', app({ ...VLLM, replicas: 1, scaling: Scaling.waitingRequests({ min: 1, max: 2, perReplica: 5 }) }),
      'lab/llama.replicas: got 1; must be left out when "scaling" is given'],
    ['serving 6', 'a server without a startup probe\'s time', app({ loadTimeout: Duration.seconds(0) }), 'lab/llama.loadTimeout: got "0s"; must be a Duration of whole seconds from 1 to 86400'],
    ['serving 10', 'a surge that the pool has no GPU for', app({ gpu: { pool: pool() }, replicas: 4, rollout: Rollout.surge() }), 'else the update waits for ever'],
    ['serving 10', 'more replicas than GPUs', app({ gpu: { pool: pool() }, replicas: 5 }), 'must be at most 4, the GPUs that pool "a100" can ever have (4 nodes x 1)'],
    ['serving 15', 'a model that doesn\'t fit', app({
      server: vllm(), model: ModelSource.huggingFace('org/model', { revision: 'a'.repeat(40), size: Size.gibibytes(60) }), gpu: { accelerator: Accelerator.L4 },
    }), 'lab/llama.gpu: got "1 x 24 GiB"; must hold org/model'],
    ['serving 22', 'none at least, by a HorizontalPodAutoscaler', () => Scaling.cpu({ min: 0, max: 2, targetUtilization: 60 }), 'Scaling.cpu.min: got 0; must be a whole number from 1'],
    ['serving 22', 'none at least, by a metric of the pods', () => Scaling.waitingRequests({ min: 0, max: 2, perReplica: 5 }), 'Scaling.waitingRequests.min: got 0; must be a whole number from 1'],
    ['serving 23', 'a slice that the pool doesn\'t offer', app({ gpu: { pool: pool(), migProfile: '1g.10gb' } }), 'must be what pool "a100" offers: whole GPUs'],
    ['serving 23', 'two shares of a GPU', app({ gpu: { accelerator: Accelerator.T4, shared: true, count: 2 } }), 'lab/llama.gpu.count: got 2; must be 1 with a shared GPU'],
    ['serving 13', 'a drain that the server doesn\'t know of', app({ ...VLLM, args: ['--shutdown-timeout=600'] }), 'lab/llama.args[0]: got "--shutdown-timeout=600"; must not repeat --shutdown-timeout'],
    ['serving 14', 'parallelism that isn\'t the number of GPUs', app({ ...VLLM, gpu: { pool: pool() }, args: ['--tensor-parallel-size', '2'] }), 'lab/llama.args[0]: got "--tensor-parallel-size"; must not repeat'],
    ['serving 14', 'a pipeline within a pod', app({ ...VLLM, args: ['-pp', '2'] }), 'lab/llama.args[0]: got "-pp"; must not have -pp; a pod\'s GPUs are those of one replica: use "gpu.count"'],
    ['serving 14', 'a context that isn\'t a number', () => vllm({ maxModelLength: '8k' }), 'ModelServer.vllm.maxModelLength: got "8k"; must be a whole number from 1 to 100000000'],
    ['serving 15', 'more than all memory', () => vllm({ gpuMemoryUtilization: 1.1 }), 'ModelServer.vllm.gpuMemoryUtilization: got 1.1; must be more than 0 and at most 1; vLLM\'s own is 0.9'],
    ['serving 15', 'no memory', () => vllm({ gpuMemoryUtilization: 0 }), 'ModelServer.vllm.gpuMemoryUtilization: got 0'],
    ['serving 15', 'memory as text', () => vllm({ gpuMemoryUtilization: '0.9' }), 'ModelServer.vllm.gpuMemoryUtilization: got "0.9"'],
    ['serving 15', 'memory that is not a number', () => vllm({ gpuMemoryUtilization: NaN }), 'ModelServer.vllm.gpuMemoryUtilization: got NaN'],
    ['serving 16', 'another port than that of the Service', app({ ...VLLM, args: ['--port=9000'] }), 'lab/llama.args[0]: got "--port=9000"; must not repeat --port'],
    ['serving 21', 'a name by which the metrics aren\'t found', app({ ...VLLM, args: ['--served-model-name=x'] }), 'must not '],
    ['serving 21', 'a server without its metrics', app({ ...VLLM, args: ['--disable-log-stats'] }), 'lab/llama.args[0]: got "--disable-log-stats"; must not have --disable-log-stats; it would turn off the metrics'],
    ['serving 25', 'an image that changes by itself', image('me/app:latest'), 'ModelServer.flask.image: got "me/app:latest"; must not be the tag "latest", which changes by itself and can\'t be rolled back; name a version or a digest'],
    ['serving 25', 'a version that changes by itself', () => vllm({ version: 'latest' }), 'ModelServer.vllm.version: got "latest"; must be a vLLM release of at least 0.6.0; for example "0.11.0"'],
    ['serving 25', 'a version as a number', () => vllm({ version: 0.11 }), 'ModelServer.vllm.version: got 0.11; must be a vLLM release'],
    ['serving 25', 'a version of long ago', () => vllm({ version: '0.5.4' }), 'ModelServer.vllm.version: got "0.5.4"; must be a vLLM release of at least 0.6.0'],
    ['serving 25', 'no version', () => vllm({ version: undefined }), 'ModelServer.vllm.version: got nothing; must be a vLLM release'],
    ['serving 25', 'a name that has spaces', () => vllm({ servedModelName: 'my model' }), 'ModelServer.vllm.servedModelName: got "my model"; must be 1 to 256 characters without spaces'],
    ['serving 25', 'a name that is a flag', () => vllm({ servedModelName: '--x' }), 'ModelServer.vllm.servedModelName: got "--x"'],
    ['serving 20', 'vLLM without a model', app({ server: vllm() }), 'lab/llama.model: got nothing; must be given, because vllm loads it; for example ModelSource.huggingFace("org/name")'],
    ['serving 20', 'Triton without models', app({ server: ModelServer.triton({ version: '25.06' }) }), 'lab/llama.model: got nothing; must be given, because Triton serves a model repository; give a ModelSource, or "modelRepository" for one in the image'],
    ['serving 20', 'TensorFlow Serving without a model', app({ server: ModelServer.tensorflowServing({ version: '2.19.1', modelName: 'm' }) }), 'lab/llama.model: got nothing; must be given, because TensorFlow Serving loads it from a folder'],
    ['serving 25', 'a release of Triton that there can\'t be', () => ModelServer.triton({ version: '25.13' }), 'ModelServer.triton.version: got "25.13"; must be a release by year and month; for example "25.06"'],
    ['serving 25', 'a release of Triton as a number', () => ModelServer.triton({ version: 25.06 as any }), 'ModelServer.triton.version: got 25.06; must be a release'],
    ['62', 'Triton\'s models in a relative folder', () => ModelServer.triton({ version: '25.06', modelRepository: 'models' }), 'ModelServer.triton.modelRepository: got "models"; must be an absolute path'],
    ['74', 'Triton\'s shared memory as text', () => ModelServer.triton({ version: '25.06', sharedMemory: '1Gi' as any }), 'ModelServer.triton.sharedMemory: got "1Gi"; must be a Size'],
    ['serving 16', 'Triton on another port', app({ server: ModelServer.triton({ version: '25.06', modelRepository: '/m' }), args: ['--http-port=80'] }), 'must not have --http-port; the Service and the probes need port 8000'],
    ...['--http-address=127.0.0.1', '--grpc-address=127.0.0.1', '--metrics-address=127.0.0.1', '--allow-grpc=false', '--allow-metrics=false'].map((flag): Row => (
      ['serving 16', `Triton with ${flag}`, app({ server: ModelServer.triton({ version: '25.06', modelRepository: '/m' }), args: [flag] }), `must not have ${flag.split('=')[0]}; `])),
    ['serving 16', 'vLLM on a socket', app({ ...VLLM, args: ['--uds', '/tmp/s'] }), 'must not have --uds; the probes and the Service need a port'],
    ['serving 16', 'vLLM without its API', app({ ...VLLM, args: ['--headless'] }), 'must not have --headless; the probes and the Service need the API server'],
    ['serving 25', 'a version of TensorFlow Serving', () => ModelServer.tensorflowServing({ version: '2', modelName: 'm' }), 'ModelServer.tensorflowServing.version: got "2"; must be a release of TensorFlow Serving; for example "2.19.1"'],
    ['58', 'a model\'s name with a slash', () => ModelServer.tensorflowServing({ version: '2.19.1', modelName: 'a/b' }), 'ModelServer.tensorflowServing.modelName: got "a/b"; must be letters, digits, "_", "." and "-", because it is part of a path'],
    ['58', 'no name of a model', () => ModelServer.tensorflowServing({ version: '2.19.1' } as any), 'ModelServer.tensorflowServing.modelName: got nothing'],
    ['62', 'a model in a relative folder', () => ModelServer.tensorflowServing({ version: '2.19.1', modelName: 'm', modelBasePath: 'm' }), 'ModelServer.tensorflowServing.modelBasePath: got "m"; must be an absolute path'],
    ['further', 'preloading where there is CUDA', app({ server: ModelServer.flask({ image: IMAGE, gunicorn: { app: 'a:b' } }), gpu: { pool: pool() }, args: ['--preload'] }),
      'lab/llama.args[0]: got "--preload"; must not have --preload; CUDA doesn\'t work in a process that was forked after it was used'],
    ['further', 'gunicorn that leaves its container', app({ server: ModelServer.flask({ image: IMAGE, gunicorn: { app: 'a:b' } }), args: ['--daemon'] }), 'must not have --daemon; the container would end at once'],
    ['further', 'gunicorn without an app', () => ModelServer.flask({ image: IMAGE, gunicorn: {} as any }), 'ModelServer.flask.gunicorn.app: got nothing; must be a Python module, ":" and a variable or a call'],
    ['further', 'a file as an app', () => ModelServer.flask({ image: IMAGE, gunicorn: { app: 'app.py' } }), 'ModelServer.flask.gunicorn.app: got "app.py"; must name a Python module, not its file; for example "app:app"'],
    ['further', 'a file and a variable as an app', () => ModelServer.flask({ image: IMAGE, gunicorn: { app: 'src.app.py:api' } }), 'must name a Python module, not its file; for example "src.app:app"'],
    ['further', 'a flag as an app', () => ModelServer.flask({ image: IMAGE, gunicorn: { app: '--preload' } }), 'ModelServer.flask.gunicorn.app: got "--preload"'],
    ['further', 'no workers', () => ModelServer.flask({ image: IMAGE, gunicorn: { app: 'a', workers: 0 } }), 'ModelServer.flask.gunicorn.workers: got 0; must be a whole number from 1 to 256'],
    ['further', 'half a thread', () => ModelServer.flask({ image: IMAGE, gunicorn: { app: 'a', threads: 0.5 } }), 'ModelServer.flask.gunicorn.threads: got 0.5; must be a whole number from 1 to 1024'],
    ['further', 'gunicorn as true', () => ModelServer.flask({ image: IMAGE, gunicorn: true as any }), 'ModelServer.flask.gunicorn: got true; must be an object with properties'],
    ['further', 'no Azure ML workers', () => ModelServer.azureMl({ image: IMAGE, workers: 0 }), 'ModelServer.azureMl.workers: got 0; must be a whole number from 1 to 256'],
    ['further', 'a script outside its folder', () => ModelServer.azureMl({ image: IMAGE, entryScript: '../score.py' }), 'ModelServer.azureMl.entryScript: got "../score.py"; must be the path of a Python file, relative to appRoot'],
    ['further', 'a script that goes up', () => ModelServer.azureMl({ image: IMAGE, entryScript: 'a/../../score.py' }), 'ModelServer.azureMl.entryScript: got "a/../../score.py"'],
    ['further', 'a relative folder of scripts', () => ModelServer.azureMl({ image: IMAGE, appRoot: 'app' }), 'ModelServer.azureMl.appRoot: got "app"; must be an absolute path'],
    ['further', 'Azure ML workers by a flag', app({ server: ModelServer.azureMl({ image: IMAGE }), args: ['--worker_count=2'] }), 'must not have --worker-count; use "workers"'],
    ['45', 'a port that a server must reach', server({ outboundPorts: [0] }), `ModelServer.custom.outboundPorts[0]: got 0; ${PORT}`],
    ['45', 'ports that a server must reach, as a number', server({ outboundPorts: 443 }), 'ModelServer.custom.outboundPorts: got 443; must be a list'],
    ['110', 'a further port without its number', server({ otherPorts: [{ name: 'a', port: 80 }] }), 'ModelServer.custom.otherPorts[0].port: got 80; must be a property that there is'],
  ]);
});

describe('mistakes that can\'t be made, because it is right without being asked', () => {
  const pod = podOf(serve({
    server: ModelServer.triton({ version: '25.06', modelRepository: '/m' }), gpu: { pool: pool({ taints: [{ key: 'sku', value: 'gpu', effect: 'NoSchedule' }] }) },
    loadTimeout: Duration.minutes(20), requestTimeout: Duration.minutes(5),
  }));
  const [main] = pod.containers;
  const { limits, requests } = main.resources;
  const gibibytes = (text: string) => parseInt(text) / (text.endsWith('Mi') ? 1024 : 1);

  test.each<[string, string, () => void]>([
    ['1', 'as many GPUs are limited as asked for', () => { expect([requests['nvidia.com/gpu'], limits['nvidia.com/gpu']]).toEqual(['1', '1']); }],
    ['2', 'the pool\'s taint is tolerated, with its value', () => { expect(pod.tolerations).toEqual([{ key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' }]); }],
    ['6', 'the startup probe waits for the model', () => { expect(main.startupProbe.periodSeconds * main.startupProbe.failureThreshold).toBe(1200); }],
    ['7', 'a busy server has time to answer', () => { expect([main.startupProbe, main.readinessProbe, main.livenessProbe].every(p => p.timeoutSeconds >= 5)).toBe(true); }],
    ['8', 'there is memory to share', () => { expect(pod.volumes.find((v: any) => v.name === 'shm').emptyDir.medium).toBe('Memory'); }],
    ['9', 'and it has a limit, within that of the container', () => {
      expect(gibibytes(limits.memory)).toBeGreaterThan(gibibytes(pod.volumes.find((v: any) => v.name === 'shm').emptyDir.sizeLimit));
    }],
    ['13', 'the pod isn\'t killed while it finishes', () => {
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(main.lifecycle.preStop.sleep.seconds + Number(/exit-timeout-secs=(\d+)/.exec(main.args.join(' '))![1]));
    }],
    ['18', 'Services don\'t become variables', () => { expect(pod.enableServiceLinks).toBe(false); }],
    ['19', 'what is written has a place', () => { expect(main.volumeMounts.map((m: any) => m.mountPath)).toEqual(expect.arrayContaining(['/tmp', '/cache', '/dev/shm'])); }],
    ['20', 'and the disk for it is asked for', () => { expect(gibibytes(requests['ephemeral-storage'])).toBeGreaterThanOrEqual(1.25); }],
    ['24', 'requests may take as long as they may', () => { expect(main.args).toContain('--exit-timeout-secs=300'); }],
    ['further', 'volumes change hands at once', () => { expect(pod.securityContext.fsGroupChangePolicy).toBe('OnRootMismatch'); }],
    ['further', 'nothing of the node is shared', () => { expect([pod.hostIPC, pod.hostPID, pod.hostNetwork]).toEqual([undefined, undefined, undefined]); }],
  ])('row serving %s: %s', (_row, _what, holds) => { holds(); });

  test('row serving 12: one pod may always be missing', () => {
    for (const replicas of [1, 5]) {
      expect(only(written(serve({ replicas })), 'PodDisruptionBudget').spec).toMatchObject({ maxUnavailable: 1 });
    }
  });

  test('row serving 17: the load balancer asks for the health path', () => {
    const exposed = serve({ server: ModelServer.flask({ image: IMAGE, healthPath: '/healthz' }), exposure: Exposure.loadBalancer({ cloud: Cloud.AKS }) });
    expect(JSON.stringify(only(written(exposed), 'Service').metadata.annotations)).toContain('/healthz');
  });

  test('row serving, further: the update waits for the load', () => {
    expect(only(written(serve({ loadTimeout: Duration.minutes(60) })), 'Deployment').spec.progressDeadlineSeconds).toBe(5400);
  });
});

describe('what is found when an app is synthesized', () => {
  const problems = (made: ModelServingApp) => messageOf(() => Testing.synth(Chart.of(made)));

  test('row serving 4: a scaling on what a container doesn\'t ask for', () => {
    const scaled = serve({ scaling: Scaling.cpu({ min: 2, max: 4, targetUtilization: 60 }) });
    scaled.deployment.addContainer({ name: 'late', image: IMAGE, resources: {} });
    expect(problems(scaled)).toMatch(/lab\/llama\/Autoscaler.*cpu.*"late" doesn't/);
  });

  test('row serving 11: a volume of one pod with several', () => {
    expect(messageOf(() => serve({ server: ModelServer.flask({ image: IMAGE }), model: ModelSource.volume('weights'), replicas: 2 })))
      .toContain('lab/llama.model.accessMode: got "ReadWriteOnce"; must be READ_ONLY_MANY or READ_WRITE_MANY');
  });

  test('row 18: two workloads of one name', () => {
    const chart = chartOf();
    serve({}, chart, 'one');
    expect(problems(serve({ name: 'one' }, chart, 'two'))).toContain('must not be the name of another Deployment in the namespace "models"');
  });
});

describe('pools of the user\'s own class', () => {
  const of = (changes: any, scheduling: any = {}) => app({
    gpu: {
      pool: {
        poolName: 'edge', accelerator: Accelerator.L4, gpusPerNode: 1, maxNodes: 2, ...changes,
        scheduling: { resourceName: 'nvidia.com/gpu', nodeLabels: { a: 'b' }, taints: [], ...scheduling },
      },
    },
  });
  refuses([
    ['95', 'a taint of another effect', of({}, { taints: [{ key: 'a', effect: 'garbage' }] }), 'lab/llama.gpu.pool.scheduling.taints[0].effect: got "garbage"; must be one of NoSchedule'],
    ['95', 'a taint without a key', of({}, { taints: [{ effect: 'NoSchedule' }] }), 'lab/llama.gpu.pool.scheduling.taints[0].key: got nothing; must be a taint\'s key; for example "nvidia.com/gpu"'],
    ['95', 'a bad label of nodes', of({}, { nodeLabels: { 'a b': 'c' } }), 'lab/llama.gpu.pool.scheduling.nodeLabels.a b: got "a b"; must be a label\'s key'],
    ['77', 'nodes without GPUs', of({ gpusPerNode: 0 }), 'lab/llama.gpu.pool.gpusPerNode: got 0; must be a whole number from 1 to 10000'],
    ['77', 'memory that is none', of({ gpuMemory: 4 }), 'lab/llama.gpu.pool.gpuMemory: got 4; must be a Size'],
    ['77', 'no nodes', of({ maxNodes: NaN }), 'lab/llama.gpu.pool.maxNodes: got NaN; must be a whole number'],
  ]);
});
