import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { SecretFile } from '../../../src/identity';
import { ModelCache, ModelSource } from '../../../src/models';
import { bound, envOf } from '../bound';

const COMMIT = '0e9e39f249a16976918f6564b8830bc894c89659';
const LLAMA = 'meta-llama/Llama-3.1-8B-Instruct';
const SIZE = Size.gibibytes(10);

describe('a server that downloads by itself', () => {
  const itself = { downloadsByItself: true };

  test('is told the repository and the revision, and gets no init container', () => {
    const { binding } = bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT }), itself);
    expect(binding).toMatchObject({ location: LLAMA, modelName: LLAMA, revision: COMMIT, outboundPorts: [443] });
    expect(binding.initContainers).toBeUndefined();
    expect(binding.mounts).toBeUndefined();
  });

  test('reads the token from a file and never from the environment', () => {
    const token = SecretFile.existing('huggingface', 'token');
    const { binding } = bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT, token }), itself);
    expect(binding.secretFiles).toEqual([token]);
    expect(binding.env).toEqual({
      HF_HUB_DISABLE_TELEMETRY: '1',
      HF_TOKEN_PATH: '/var/run/secrets/huggingface/token',
      HF_XET_CHUNK_CACHE_SIZE_BYTES: '0',
    });
  });

  test('needs 1.2 times the size of a known model on disk', () => {
    const { binding } = bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT }), itself);
    expect(binding.ephemeralStorage!.toGibibytes()).toBe(18); // 14.96 GiB of weights
  });

  test('needs room for both copies of a repository that has two', () => {
    const { binding } = bound(ModelSource.huggingFace('mistralai/Mistral-7B-Instruct-v0.3', { revision: COMMIT }), itself);
    expect(binding.ephemeralStorage!.toGibibytes()).toBe(33); // 2 x 13.5 GiB
    expect(Math.round(binding.card!.size.toKibibytes() / 2 ** 20)).toBe(14);
  });

  test('is given an init container all the same when there is a cache', () => {
    const { binding, init } = bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT, cache: ModelCache.newClaim() }), itself);
    expect(init.name).toBe('fetch-model');
    expect(binding.location).toMatch(/^\/mnt\/models\/Llama-3\.1-8B-Instruct-[0-9a-f]{10}$/);
    expect(binding.revision).toBeUndefined();
  });

  test('is sent to another hub', () => {
    const { binding } = bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT, endpoint: 'http://hub.example.com:8080/' }), itself);
    expect(binding.env!.HF_ENDPOINT).toBe('http://hub.example.com:8080');
    expect(binding.outboundPorts).toEqual([8080]);
  });
});

describe('any other server', () => {
  test('finds the model in a folder that an init container fills', () => {
    const { binding, init, pod } = bound(ModelSource.huggingFace('acme/iris', { revision: COMMIT, size: SIZE }));
    expect(binding.location).toBe('/mnt/models/iris');
    expect(binding.env).toEqual({ HF_HUB_OFFLINE: '1' });
    expect(init).toMatchObject({
      name: 'fetch-model',
      image: 'docker.io/kserve/storage-initializer:v0.20.0',
      volumeMounts: [{ mountPath: '/mnt/models', name: 'model' }, { mountPath: '/tmp', name: 'model-scratch' }],
      resources: {
        requests: { 'cpu': '500m', 'memory': '4096Mi', 'ephemeral-storage': '13Gi' },
        limits: { 'cpu': '2', 'memory': '4096Mi', 'ephemeral-storage': '13Gi' },
      },
    });
    expect(envOf(init)).toEqual({
      HF_HUB_DISABLE_TELEMETRY: '1',
      HF_HUB_DISABLE_PROGRESS_BARS: '1',
      HF_HUB_DISABLE_XET: '1',
      HF_HOME: '/tmp/huggingface',
      HOME: '/tmp/home',
      USER: 'model',
      LOGNAME: 'model',
      MODEL_REPOSITORY: 'acme/iris',
      MODEL_REVISION: COMMIT,
      MODEL_EXCLUDE: 'original/*\nmetal/*',
      MODEL_FOLDER: '/mnt/models/iris',
      MODEL_IDENTITY: `https://huggingface.co/acme/iris revision ${COMMIT} exclude original/* exclude metal/*`,
    });
    expect(pod.containers[0].volumeMounts).toContainEqual({ mountPath: '/mnt/models', name: 'model', readOnly: true });
    expect(pod.volumes).toEqual([
      { name: 'model', emptyDir: { sizeLimit: '12288Mi' } },
      { name: 'model-scratch', emptyDir: { sizeLimit: '1024Mi' } },
    ]);
    expect(binding.ephemeralStorage!.toGibibytes()).toBe(12);
  });

  test('gives the token to the init container alone', () => {
    const { binding, init, pod } = bound(ModelSource.huggingFace('acme/iris', {
      revision: COMMIT, size: SIZE, token: SecretFile.existing('huggingface', 'token'),
    }));
    expect(binding.secretFiles).toBeUndefined();
    expect(envOf(init).HF_TOKEN_PATH).toBe('/var/run/secrets/huggingface/token');
    expect(init.volumeMounts).toContainEqual({ mountPath: '/var/run/secrets/huggingface', name: 'model-credentials', readOnly: true });
    expect(pod.volumes).toContainEqual({
      name: 'model-credentials',
      secret: { secretName: 'huggingface', defaultMode: 0o440, items: [{ key: 'token', path: 'token' }] },
    });
    expect(pod.containers[0].volumeMounts).not.toContainEqual(expect.objectContaining({ name: 'model-credentials' }));
  });

  test('leaves out the other forms of the weights of a model that has safetensors for sure', () => {
    const { init } = bound(ModelSource.huggingFace('Qwen/Qwen3-8B', { revision: COMMIT }));
    expect(envOf(init).MODEL_EXCLUDE).toBe('original/*\nmetal/*\n*.bin\n*.pt\n*.pth');
  });

  test('takes the patterns that the program gives instead', () => {
    const { init } = bound(ModelSource.huggingFace('Qwen/Qwen3-8B', { revision: COMMIT, include: ['*.json', '*.gguf'], exclude: [] }));
    expect(envOf(init)).toMatchObject({ MODEL_INCLUDE: '*.json\n*.gguf' });
    expect(envOf(init)).not.toHaveProperty('MODEL_EXCLUDE');
  });

  test('uses the downloader image that the program gives', () => {
    const { init } = bound(ModelSource.huggingFace('acme/iris', { revision: COMMIT, size: SIZE, downloaderImage: 'registry.example.com/hf:1.2' }));
    expect(init.image).toBe('registry.example.com/hf:1.2');
  });
});

describe('warnings', () => {
  test('name a model without a fixed revision, once', () => {
    const expected = `lab: the model "${LLAMA}" has no fixed revision, so what runs may change by itself; give the commit, 40 hexadecimal digits`;
    expect(bound(ModelSource.huggingFace(LLAMA)).warnings).toEqual([expected]);
    expect(bound(ModelSource.huggingFace(LLAMA, { revision: 'main' })).warnings).toEqual([expected]);
    expect(bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT })).warnings).toEqual([]);
  });

  test('say which checks are off for a model of unknown size', () => {
    const model = ModelSource.huggingFace('acme/iris', { revision: COMMIT });
    const disk = 'the request for disk space and the limit of its volume';
    const gpu = 'whether it fits into the GPUs\' memory, and its parallelism';
    const text = (checks: string) =>
      [`lab: the size of the model "acme/iris" is unknown, so these checks are off: ${checks}; give its size, such as Size.gibibytes(16)`];
    expect(bound(model).warnings).toEqual(text(disk));
    expect(bound(model, { gpus: 1 }).warnings).toEqual(text(`${disk}; ${gpu}`));
    expect(bound(model, { gpus: 1, downloadsByItself: true }).warnings).toEqual(text(`${disk}; ${gpu}`));
    const cached = ModelSource.huggingFace('acme/iris', { revision: COMMIT, cache: ModelCache.fromClaim('cache') });
    expect(bound(cached).warnings).toEqual(text('whether its cache is large enough'));
    expect(bound(cached, { gpus: 1 }).warnings).toEqual(text(gpu));
  });
});

test('a model of unknown size has no limit that could stop its download', () => {
  const { init, pod } = bound(ModelSource.huggingFace('acme/iris', { revision: COMMIT }));
  expect(init.resources.limits).not.toHaveProperty('ephemeral-storage');
  expect(pod.volumes[0]).toEqual({ name: 'model', emptyDir: {} });
});

describe('a cache', () => {
  test('is a claim of the workload that holds the model with room to spare', () => {
    const { binding, objects, init } = bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT, cache: ModelCache.newClaim({ storageClassName: 'fast' }) }));
    expect(objects.find(o => o.kind === 'PersistentVolumeClaim')).toMatchObject({
      metadata: { name: 'llm-models' },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '18Gi' } } },
    });
    expect(binding.claim!.name).toBe('llm-models');
    expect(binding.ephemeralStorage).toBeUndefined();
    expect(init.resources.limits['ephemeral-storage']).toBe('1Gi');
  });

  test('may be a claim that exists, where every model and revision has a folder of its own', () => {
    const cache = ModelCache.fromClaim('models', { accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY });
    const folder = (revision: string) => bound(ModelSource.huggingFace(LLAMA, { revision, cache }), { maxPods: 3 }).binding.location;
    expect(folder(COMMIT)).toBe(folder(COMMIT));
    expect(folder(COMMIT)).not.toBe(folder('v2'));
    const { objects, pod, binding } = bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT, cache }), { maxPods: 3 });
    expect(objects.some(o => o.kind === 'PersistentVolumeClaim')).toBe(false);
    expect(pod.volumes[0]).toEqual({ name: 'model', persistentVolumeClaim: { claimName: 'models', readOnly: false } });
    expect(binding.claim).toBeUndefined();
  });

  test('that one node can mount is refused for a workload of several pods', () => {
    expect(() => bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT, cache: ModelCache.newClaim() }), { maxPods: 2 })).toThrow(
      'lab.model.cache.accessMode: got "ReadWriteOnce"; must be READ_WRITE_MANY, because up to 2 pods mount the claim "llm-models" at a time; '
      + 'say so if its storage class can, else use one pod that is replaced in place');
  });

  test('that can only be read is refused', () => {
    const cache = ModelCache.fromClaim('models', { accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY });
    expect(() => bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT, cache }))).toThrow(
      'lab.model.cache.accessMode: got "ReadOnlyMany"; must be a mode that may write, because the pods write to the claim "models"; '
      + 'use READ_WRITE_MANY, or only read');
  });

  test('must be sized when the model\'s size is unknown', () => {
    expect(() => bound(ModelSource.huggingFace('acme/iris', { revision: COMMIT, cache: ModelCache.newClaim() }))).toThrow(
      'lab.model.cache.size: got nothing; must be given when the model\'s size is unknown; for example Size.gibibytes(50), or give the model\'s size');
  });

  test('must hold the model', () => {
    expect(() => bound(ModelSource.huggingFace(LLAMA, { revision: COMMIT, cache: ModelCache.newClaim({ size: Size.gibibytes(10) }) }))).toThrow(
      'lab.model.cache.size: got "10Gi"; must be at least 15Gi, the size of the model; raise it or leave it out');
  });
});

describe('refused', () => {
  test.each(['llama', '', 'a/b/c', 'a b/c', 'meta-llama/Llama; rm', '-a/b', 'a/-b', 'a/b--c', 'a/b..c', 'a/b.git', 'ü/b', '$(x)/b', `a/${'b'.repeat(95)}`])(
    'the repository %j', repository => {
      expect(() => ModelSource.huggingFace(repository)).toThrow(
        /^ModelSource\.huggingFace\.repository: got ".*; must be "owner\/name" of at most 96 letters, digits, "-", "_" and "\.", without "--", "\.\." or an end in "\.git"; for example "meta-llama\/Llama-3\.1-8B-Instruct"$/);
    });

  test.each(['', '-rf', 'a b', 'a..b', 'a//b', 'a/', '$(id)', 'ä', 'a\nb'])('the revision %j', revision => {
    expect(() => ModelSource.huggingFace(LLAMA, { revision })).toThrow(
      /^ModelSource\.huggingFace\.revision: got ".*; must be a commit, tag or branch: letters, digits, "\.", "_", "-" and "\/"; give the commit, 40 hexadecimal digits$/);
  });

  test.each(['', '-x', '$(id)', 'a b', 'a;b', 'a\nb', '`id`'])('the pattern %j', pattern => {
    const rule = 'must be a file pattern of letters, digits, "*", "?", "[", "]", "!", ".", "_", "-" and "/"; for example "*.safetensors"';
    expect(() => ModelSource.huggingFace(LLAMA, { include: ['*.json', pattern] }))
      .toThrow(`ModelSource.huggingFace.include[1]: got ${JSON.stringify(pattern)}; ${rule}`);
    expect(() => ModelSource.huggingFace(LLAMA, { exclude: [pattern] }))
      .toThrow(`ModelSource.huggingFace.exclude[0]: got ${JSON.stringify(pattern)}; ${rule}`);
  });

  test('an endpoint that isn\'t an address', () => {
    expect(() => ModelSource.huggingFace(LLAMA, { endpoint: 'hub.example.com' })).toThrow(
      'ModelSource.huggingFace.endpoint: got "hub.example.com"; must be "https://host", with a port and path if needed, and without user, query or fragment; '
      + 'for example "https://models.example.com"');
  });

  test('a downloader image without a tag', () => {
    expect(() => ModelSource.huggingFace(LLAMA, { downloaderImage: 'hf' })).toThrow('ModelSource.huggingFace.downloaderImage: got "hf"; must name a tag or digest');
  });
});
