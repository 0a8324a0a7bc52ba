import { Duration, Size } from 'cdk8s';
import { Accelerator, Egress, ModelServer, ModelSource, PlatformApp, Scaling, SecretFile } from '../../../src';
import { envOf, IMAGE, mainOf, only, podOf, serve, written } from '../../support/workloads';

const COMMIT = 'a'.repeat(40);
const hub = (options: any = {}) => ModelSource.huggingFace('org/model', { revision: COMMIT, size: Size.gibibytes(10), ...options });
const query = (app: any) => only(written(app), 'ScaledObject').spec.triggers[0].metadata.query as string;
const probes = (main: any) => ['startupProbe', 'readinessProbe', 'livenessProbe'].map(name => main[name]?.httpGet?.path ?? (main[name]?.tcpSocket ? 'tcp' : 'none'));

describe('vLLM', () => {
  const vllm = (version = '0.11.0', options: any = {}) => ModelServer.vllm({ version, ...options });

  test('is started by its own command, whatever the entry point of its image', () => {
    const main = mainOf(serve({ server: vllm(), model: hub(), gpu: { accelerator: Accelerator.A100_80GB } }));
    expect(main.image).toBe('docker.io/vllm/vllm-openai:v0.11.0');
    expect(main.command).toEqual(['vllm', 'serve']);
    expect(main.args).toEqual(['org/model', '--port=8000', `--revision=${COMMIT}`, '--tensor-parallel-size=1']);
    expect(probes(main)).toEqual(['/health', '/v1/models', '/health']);
    expect(main.ports).toEqual([{ containerPort: 8000, name: 'http' }]);
  });

  test('is reached on port 80', () => {
    expect(only(written(serve({ server: vllm(), model: hub() })), 'Service').spec.ports).toEqual([{ name: 'http', port: 80, targetPort: 'http' }]);
  });

  test('divides the model among the GPUs of its pod', () => {
    expect(mainOf(serve({ server: vllm(), model: hub(), gpu: { count: 4, accelerator: Accelerator.A100_80GB } })).args).toContain('--tensor-parallel-size=4');
    expect(mainOf(serve({ server: vllm(), model: hub() })).args.join(' ')).not.toContain('parallel');
  });

  test('warns when its own image gets no GPU', () => {
    const warnings = (server: ModelServer, gpu?: any) => serve({ server, model: hub(), gpu }).node.root as PlatformApp;
    expect(warnings(vllm()).warnings).toEqual([
      'lab/llama: the image of vLLM starts on a GPU only, and the workload asks for none; give it "gpu", or an "image" that is built for processors',
    ]);
    expect(warnings(vllm('0.11.0', { image: 'mirror.example.com/vllm-cpu:v0.11.0' })).warnings).toEqual([]);
    expect(warnings(vllm(), { accelerator: Accelerator.A100_80GB }).warnings).toEqual([]);
  });

  test('takes its options', () => {
    const server = vllm('0.11.0', { maxModelLength: 8192, gpuMemoryUtilization: 0.85, servedModelName: 'llama', image: 'mirror.example.com/vllm:v0.11.0' });
    const main = mainOf(serve({ server, model: hub() }));
    expect(main.image).toBe('mirror.example.com/vllm:v0.11.0');
    expect(main.args).toEqual(expect.arrayContaining(['--max-model-len=8192', '--gpu-memory-utilization=0.85', '--served-model-name=llama']));
  });

  test.each([
    ['0.6.0', 'vllm:gpu_cache_usage_perc'], ['0.9.1', 'vllm:gpu_cache_usage_perc'], ['0.10.0', 'vllm:kv_cache_usage_perc'], ['0.11.0', 'vllm:kv_cache_usage_perc'],
    ['0.30.0', 'vllm:kv_cache_usage_perc'], ['1.2.0', 'vllm:kv_cache_usage_perc'], ['0.10.1.post1', 'vllm:kv_cache_usage_perc'],
  ])('of version %s exports %s', (version, name) => {
    expect(query(serve({ server: vllm(version), model: hub(), scaling: Scaling.cacheUsage({ min: 1, max: 2, targetUsage: 0.8 }) }))).toContain(name);
  });

  test('is scaled by the name that its metrics carry', () => {
    const scaling = Scaling.waitingRequests({ min: 1, max: 2, perReplica: 5 });
    expect(query(serve({ server: vllm(), model: hub(), scaling }))).toContain('model_name="org/model"');
    expect(query(serve({ server: vllm('0.11.0', { servedModelName: 'llama' }), model: hub(), scaling }))).toContain('model_name="llama"');
  });

  test('finds its token in a file, and a home that it may write to', () => {
    const app = serve({ server: vllm(), model: hub({ token: SecretFile.existing('huggingface', 'token') }) });
    const env = envOf(mainOf(app));
    expect(env).toMatchObject({
      HF_TOKEN_PATH: '/var/run/secrets/huggingface/token',
      HF_HOME: '/cache/huggingface',
      HOME: '/cache',
      USER: 'vllm',
      LOGNAME: 'vllm',
      VLLM_CACHE_ROOT: '/cache/vllm',
      TORCHINDUCTOR_CACHE_DIR: '/cache/torchinductor',
      TRITON_CACHE_DIR: '/cache/triton',
      NUMBA_CACHE_DIR: '/cache/numba',
    });
    expect(mainOf(app).volumeMounts.map((m: any) => m.mountPath)).toEqual(expect.arrayContaining(['/cache', '/tmp', '/dev/shm', '/var/run/secrets/huggingface']));
  });

  test('has room for the weights that it downloads into its cache', () => {
    const limit = (size: number) => podOf(serve({ server: vllm(), model: hub({ size: Size.gibibytes(size) }) })).volumes.find((v: any) => v.name === 'cache').emptyDir.sizeLimit;
    expect(parseInt(limit(100)) - parseInt(limit(10))).toBeGreaterThanOrEqual(90);
  });

  test('loads a folder where there is one, under the name that people know', () => {
    const main = mainOf(serve({ server: vllm(), model: ModelSource.inImage('/models/llama') }));
    expect(main.args.slice(0, 3)).toEqual(['/models/llama', '--port=8000', '--served-model-name=llama']);
    expect(main.args.join(' ')).not.toContain('revision');
  });
});

describe('Triton', () => {
  const server = ModelServer.triton({ version: '25.06', modelRepository: '/models' });

  test('has its three ports, and probes that tell loading from living', () => {
    const main = mainOf(serve({ server }));
    expect(main.image).toBe('nvcr.io/nvidia/tritonserver:25.06-py3');
    expect(main.ports.map((p: any) => [p.name, p.containerPort])).toEqual([['http', 8000], ['grpc', 8001], ['metrics', 8002]]);
    expect(probes(main)).toEqual(['/v2/health/ready', '/v2/health/ready', '/v2/health/live']);
    expect(main.args).toEqual(['tritonserver', '--model-repository=/models', '--exit-timeout-secs=30']);
  });

  test('shares memory with its Python models', () => {
    expect(podOf(serve({ server })).volumes).toContainEqual({ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } });
    const more = ModelServer.triton({ version: '25.06', modelRepository: '/m', sharedMemory: Size.gibibytes(4), image: 'me/triton:1' });
    expect(podOf(serve({ server: more })).volumes).toContainEqual({ name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '4Gi' } });
  });

  test('loads what its source brings, and is scaled on its queue', () => {
    const app = serve({ server: ModelServer.triton({ version: '25.06' }), model: hub(), scaling: Scaling.waitingRequests({ min: 1, max: 2, perReplica: 9 }) });
    expect(mainOf(app).args[1]).toBe(`--model-repository=${mainOf(app).volumeMounts.find((m: any) => m.name.includes('model')).mountPath}/model`);
    expect(query(app)).toContain('nv_inference_pending_request_count');
    expect(only(written(app), 'PodMonitor').spec.podMetricsEndpoints).toEqual([expect.objectContaining({ port: 'metrics', path: '/metrics' })]);
  });
});

describe('TensorFlow Serving', () => {
  const options = { version: '2.19.1', modelName: 'mnist', modelBasePath: '/models/mnist' };

  test('asks for the state of its model', () => {
    const main = mainOf(serve({ server: ModelServer.tensorflowServing(options) }));
    expect(main.image).toBe('docker.io/tensorflow/serving:2.19.1');
    expect(main.command).toEqual(['tensorflow_model_server']);
    expect(main.args).toEqual(['--port=8500', '--rest_api_port=8501', '--model_name=mnist', '--model_base_path=/models/mnist']);
    expect(probes(main)).toEqual(['/v1/models/mnist', '/v1/models/mnist', 'tcp']);
    expect(main.ports.map((p: any) => p.containerPort)).toEqual([8501, 8500]);
  });

  test('takes the image for GPUs where there is one', () => {
    expect(mainOf(serve({ server: ModelServer.tensorflowServing(options), gpu: { accelerator: Accelerator.T4 } })).image).toBe('docker.io/tensorflow/serving:2.19.1-gpu');
    expect(mainOf(serve({ server: ModelServer.tensorflowServing({ ...options, image: 'me/tf:1' }), gpu: { accelerator: Accelerator.T4 } })).image).toBe('me/tf:1');
  });

  test('loads what its source brings', () => {
    const app = serve({ server: ModelServer.tensorflowServing({ version: '2.19.1', modelName: 'm' }), model: ModelSource.volume('models', { path: 'm' }) });
    expect(mainOf(app).args).toContainEqual(expect.stringMatching(/^--model_base_path=\/.*\/m$/));
  });
});

describe('the Azure ML inference server', () => {
  test('runs the scoring script, without the start-up of its base image', () => {
    const main = mainOf(serve({ server: ModelServer.azureMl({ image: IMAGE, entryScript: 'src/score.py', appRoot: '/app', workers: 3 }), drainTimeout: Duration.seconds(50) }));
    expect(main.command).toEqual(['azmlinfsrv']);
    expect(main.args).toEqual(['--entry_script=/app/src/score.py', '--port=5001']);
    expect(envOf(main)).toMatchObject({
      AML_APP_ROOT: '/app', AZUREML_ENTRY_SCRIPT: 'src/score.py', WORKER_COUNT: '3', GUNICORN_CMD_ARGS: '--graceful-timeout=50 --worker-tmp-dir=/dev/shm',
    });
    expect(probes(main)).toEqual(['/', '/', 'tcp']);
    expect(main.ports).toEqual([{ containerPort: 5001, name: 'http' }]);
  });

  test('has memory for the model of each worker', () => {
    const memory = (workers: number) => mainOf(serve({ server: ModelServer.azureMl({ image: IMAGE, workers }) })).resources.limits.memory;
    expect([memory(1), memory(4)]).toEqual(['2112Mi', '5184Mi']);
  });

  test('is told where its model is', () => {
    const volume = mainOf(serve({ server: ModelServer.azureMl({ image: IMAGE }), model: ModelSource.volume('models') }));
    expect(envOf(volume).AZUREML_MODEL_DIR).toMatch(/^\//);
    expect(volume.args).toContain(`--model_dir=${envOf(volume).AZUREML_MODEL_DIR}`);
    const image = mainOf(serve({ server: ModelServer.azureMl({ image: IMAGE }), model: ModelSource.inImage('/model') }));
    expect(envOf(image).AZUREML_MODEL_DIR).toBe('/model');
  });

  test('waits for workers as long as a request may take', () => {
    expect(envOf(mainOf(serve({ server: ModelServer.azureMl({ image: IMAGE }), requestTimeout: Duration.minutes(10) })))).toMatchObject({
      WORKER_TIMEOUT: '600', SCORING_TIMEOUT_MS: '600000',
    });
  });
});

describe('a Custom Vision container', () => {
  const egress = (app: any) => only(written(app), 'NetworkPolicy').spec.egress;

  test('listens on 80 without root, and may fetch the pictures that callers name, but from no private network', () => {
    const app = serve({ server: ModelServer.customVision({ image: IMAGE }) });
    expect(probes(mainOf(app))).toEqual(['/', '/', 'tcp']);
    expect(podOf(app).securityContext.sysctls).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }]);
    expect(egress(app)[1]).toEqual({
      to: [{
        ipBlock: {
          cidr: '0.0.0.0/0',
          except: ['169.254.169.254/32', '100.100.100.200/32', '168.63.129.16/32', '10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'],
        },
      }],
      ports: [{ protocol: 'TCP', port: 80 }, { protocol: 'TCP', port: 443 }],
    });
    expect(envOf(mainOf(app))).toMatchObject({ HOME: '/tmp', USER: 'custom-vision', LOGNAME: 'custom-vision' });
  });

  test('fetches from a private network where the workload says so', () => {
    const app = serve({ server: ModelServer.customVision({ image: IMAGE }), outbound: Egress.cidr('10.1.2.0/24', [443]) });
    expect(egress(app)[2]).toEqual({ to: [{ ipBlock: { cidr: '10.1.2.0/24' } }], ports: [{ protocol: 'TCP', port: 443 }] });
  });

  test('fetches nothing where that is not wanted', () => {
    expect(egress(serve({ server: ModelServer.customVision({ image: IMAGE, allowUrl: false }) }))).toHaveLength(1);
  });
});

describe('a Flask app', () => {
  test('without a health path is asked over TCP, and never restarted for what it answers', () => {
    const main = mainOf(serve({ server: ModelServer.flask({ image: IMAGE }) }));
    expect(probes(main)).toEqual(['tcp', 'tcp', 'none']);
    expect(main.ports).toEqual([{ containerPort: 5000, name: 'http' }]);
    expect(main.command).toBeUndefined();
    expect(main.args).toBeUndefined();
  });

  test('with a health path is asked over HTTP', () => {
    expect(probes(mainOf(serve({ server: ModelServer.flask({ image: IMAGE, healthPath: '/healthcheck', port: 8000 }) })))).toEqual(['/healthcheck', '/healthcheck', 'tcp']);
  });

  test('under gunicorn, which listens before the app is there, has started with its first answer', () => {
    const main = mainOf(serve({ server: ModelServer.flask({ image: IMAGE, port: 8000, gunicorn: { app: 'app:app' } }) }));
    const [program, , script] = main.startupProbe.exec.command;
    expect(program).toBe('python3');
    expect(script).toContain('C("127.0.0.1", 8000, timeout=4)');
    expect(probes(main).slice(1)).toEqual(['tcp', 'none']);
  });

  test('under gunicorn is asked over HTTP where there is a health path', () => {
    const server = ModelServer.flask({ image: IMAGE, healthPath: '/healthcheck', gunicorn: { app: 'app:app' } });
    expect(probes(mainOf(serve({ server })))).toEqual(['/healthcheck', '/healthcheck', 'tcp']);
  });

  test('may write its home and the cache of Keras', () => {
    const app = serve({ server: ModelServer.flask({ image: IMAGE }) });
    expect(envOf(mainOf(app))).toMatchObject({ HOME: '/cache', KERAS_HOME: '/cache/keras', XDG_CACHE_HOME: '/cache/xdg', USER: 'flask' });
    expect(mainOf(app).volumeMounts).toContainEqual({ mountPath: '/cache', name: 'cache' });
  });

  test('is run by gunicorn where that is wanted', () => {
    const server = ModelServer.flask({ image: IMAGE, port: 8000, gunicorn: { app: 'app:create_app()', workers: 2, threads: 8 }, loadTimeout: Duration.minutes(1) });
    const app = serve({ server, args: ['--log-level', 'info'] });
    expect(mainOf(app).command).toEqual(['gunicorn']);
    expect(mainOf(app).args).toEqual([
      '--bind=0.0.0.0:8000', '--workers=2', '--threads=8', '--timeout=30', '--graceful-timeout=25', '--worker-tmp-dir=/dev/shm', 'app:create_app()',
      '--log-level', 'info',
    ]);
    expect(mainOf(app).volumeMounts).toContainEqual({ mountPath: '/dev/shm', name: 'shm' });
    expect(mainOf(app).resources.limits.memory).toBe('3136Mi');
  });

  test('is told where a mounted model is', () => {
    expect(envOf(mainOf(serve({ server: ModelServer.flask({ image: IMAGE }), model: ModelSource.volume('models', { path: 'iris' }) }))).MODEL_PATH).toMatch(/\/iris$/);
    expect(envOf(mainOf(serve({ server: ModelServer.flask({ image: IMAGE }) })))).not.toHaveProperty('MODEL_PATH');
  });
});
