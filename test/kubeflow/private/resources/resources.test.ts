import { ApiObject, Duration, JsonPatch, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import { PlatformApp } from '../../../../src/app';
import { Accelerator, ExistingGpuPool } from '../../../../src/gpu';
import { ExistingIdentity } from '../../../../src/identity';
import {
  KatibParameter, KubeflowPlatform, ManifestPatch, ManifestSelector, ManifestSource, MpiOperator, Notebook, NotebookImage, Profile, ProfileOptions,
} from '../../../../src/kubeflow';
import { FamilyName, MPI_V2, platformLike } from '../../fixtures';
import { platform, platformOf, warningsOf } from '../../support';

const pool = new ExistingGpuPool({ poolName: 'a100', accelerator: Accelerator.A100_80GB, maxNodes: 4, gpusPerNode: 2, nodeLabels: { agentpool: 'a100' } });
const IMAGE = 'docker.io/me/mnist:1';
const JOB = { image: IMAGE, command: ['python', 'train.py'], workers: 2, gpu: { count: 1, pool } };
const ID = '00000000-0000-0000-0000-000000000000';

function team(family: FamilyName, options: Partial<ProfileOptions> = {}, kf: KubeflowPlatform = platform(family)): Profile {
  return kf.addProfile('team-a', { owner: 'lead@example.com', ...options });
}
const synth = (construct: { node: any }) => (construct.node.root as PlatformApp).synthYaml();
const OF_POOL = { nodeSelector: { agentpool: 'a100' }, tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }] };

describe('a profile', () => {
  test('is a namespace that Kubeflow takes over, with an owner and a quota', () => {
    const made = team('v1.9', { cpu: Cpu.units(32), memory: Size.gibibytes(64), gpus: 2, storage: Size.gibibytes(100) });
    expect(made.apiObject.toJson()).toMatchObject({
      apiVersion: 'kubeflow.org/v1', kind: 'Profile', metadata: { name: 'team-a', labels: { team: 'a' } },
      spec: { owner: { kind: 'User', name: 'lead@example.com' }, resourceQuotaSpec: { hard: { 'requests.cpu': '32', 'requests.memory': '64Gi', 'requests.nvidia.com/gpu': '2', 'requests.storage': '100Gi' } } },
    });
    expect(made.namespaceObject.toJson().metadata).toMatchObject({ annotations: { owner: 'lead@example.com' }, labels: { 'istio-injection': 'enabled' } });
    expect(synth(made)).toContain('kind: Profile');
    expect(team('v1.2').apiObject.toJson().spec).toEqual({ owner: { kind: 'User', name: 'lead@example.com' } });
  });

  test('gives its pods a cloud identity', () => {
    const made = team('v1.9', { identity: ExistingIdentity.azure({ clientId: ID }) });
    const account = made.node.findChild('ServiceAccount') as ApiObject;
    expect(account.toJson().metadata).toMatchObject({ name: 'default-editor', namespace: 'team-a', annotations: { 'azure.workload.identity/client-id': ID } });
    expect((made.node.findChild('workload-identity').node.findChild('Resource') as ApiObject).toJson().spec).toEqual({
      selector: { matchLabels: { 'workload-identity': 'true' } }, desc: 'Use the team\'s cloud identity', labels: { 'azure.workload.identity/use': 'true' },
    });
    expect(team('v1.9', { identity: ExistingIdentity.aws({ roleArn: 'arn:aws:iam::123456789012:role/a' }) }).node.tryFindChild('workload-identity')).toBeUndefined();
  });

  test.each([
    [{ owner: 'lead' }, 'kubeflow/team-a.owner: got "lead"; must be an e-mail address'], [{ name: 'A' }, 'kubeflow/team-a.name: got "A"'], [{ gpus: -1 }, 'gpus: got -1; must be a whole number from 0'],
    [{ gpuResource: 'amd.com/gpu' }, 'gpuResource: got "amd.com/gpu"; must be given with gpus; give the number of GPUs'], [{ identity: {} as any }, 'identity: got {}; must be a workload identity'],
    [{ quota: 1 } as any, 'quota: got 1; must be a property that there is'],
  ])('refuses %j', (options, message) => {
    expect(() => team('v1.9', options)).toThrow(message);
  });

  test('needs a platform that has profiles', () => {
    const kf = platformOf(platformLike('v1.9').filter(each => each.metadata.name !== 'profiles.kubeflow.org'));
    expect(() => team('v1.9', {}, kf)).toThrow('platform: got "no Profile"; must have a CustomResourceDefinition for profiles; load the manifests of the profile controller, too');
    expect(() => new Profile(kf, 'p', { platform: {} as any, owner: 'a@b' })).toThrow('kubeflow/p.platform: got {}; must be a KubeflowPlatform');
  });

  test('that its definition doesn\'t accept is an error', () => {
    const made = team('v1.9');
    made.apiObject.addJsonPatch(JsonPatch.remove('/spec/owner/kind'));
    expect(() => synth(made)).toThrow(/kubeflow\/team-a\.spec\.owner: got .*; must fit the schema: .*kind/);
  });
});

describe('a notebook', () => {
  test('gets a volume, and the GPUs of a pool', () => {
    const made = team('v1.9').addNotebook('train', { image: NotebookImage.TENSORFLOW_CUDA, gpu: { count: 1, pool }, workspace: Size.gibibytes(20), mounts: [{ claimName: 'data', path: '/data', readOnly: true }], env: { A: 'b' } });
    const { spec } = made.apiObject.toJson().spec.template;
    expect(spec).toMatchObject({
      serviceAccountName: 'default-editor', ...OF_POOL,
      volumes: [{ name: 'claim-train-workspace', persistentVolumeClaim: { claimName: 'train-workspace' } }, { name: 'claim-data', persistentVolumeClaim: { claimName: 'data' } }],
    });
    expect(spec.containers[0]).toMatchObject({
      name: 'train', image: 'ghcr.io/kubeflow/kubeflow/notebook-servers/jupyter-tensorflow-cuda-full:v1.10.0', env: [{ name: 'A', value: 'b' }],
      resources: { requests: { 'cpu': '1', 'memory': '2Gi', 'nvidia.com/gpu': 1 }, limits: { 'memory': '2Gi', 'nvidia.com/gpu': 1 } },
      volumeMounts: [{ name: 'claim-train-workspace', mountPath: '/home/jovyan' }, { name: 'claim-data', mountPath: '/data', readOnly: true }],
    });
    expect((made.node.findChild('Workspace') as ApiObject).toJson().spec.resources.requests.storage).toBe('20Gi');
    expect(synth(made)).toContain('kind: Notebook');
  });

  test('has a current image by default', () => {
    const of = (options: any) => team('v1.9').addNotebook('n', options).apiObject.toJson().spec.template.spec.containers[0].image;
    expect([of({}), of({ gpu: { pool } })].map(image => image.split('/').pop())).toEqual(['jupyter-scipy:v1.10.0', 'jupyter-pytorch-cuda-full:v1.10.0']);
  });

  test('with an image of the tutorial is told that it is gone, and that its CUDA can\'t use newer GPUs', () => {
    const old = (kind: string) => NotebookImage.of(`gcr.io/kubeflow-images-public/tensorflow-1.15.2-notebook-${kind}:1.0.0`);
    const made = team('v1.9').addNotebook('cpu', { image: old('cpu') });
    expect(warningsOf(made.platform).join()).toContain('its image gcr.io/kubeflow-images-public/tensorflow-1.15.2-notebook-cpu:1.0.0 can\'t be pulled any more');
    expect(() => team('v1.9').addNotebook('gpu', { image: old('gpu'), gpu: { pool } })).toThrow('team-a/gpu.image: got "gcr.io/kubeflow-images-public/tensorflow-1.15.2-notebook-gpu:1.0.0"; '
      + 'must have CUDA 11.0 or newer for A100-80GB (Ampere); it has CUDA 10.0; take NotebookImage.TENSORFLOW_CUDA, or an image of your own');
    expect(() => team('v1.9').addNotebook('t4', { image: old('gpu'), gpu: { accelerator: Accelerator.T4 } })).not.toThrow();
    const of = (cuda: string, accelerator: Accelerator) => () => team('v1.9').addNotebook('n', { image: NotebookImage.of('me/a:1', { cuda }), gpu: { accelerator } });
    expect(of('11', Accelerator.L4)).not.toThrow();
    expect(of('11.7', Accelerator.L4)).toThrow('must have CUDA 11.8 or newer for L4 (Ada Lovelace)');
    expect(of('1', Accelerator.MI300X)).not.toThrow();
  });

  test.each([
    [{ image: 'me/a:1' as any }, 'image: got "me/a:1"; must be a NotebookImage'], [{ name: 'a'.repeat(53) }, 'must have at most 52 characters, because a StatefulSet has this name'],
    [{ mounts: [{ claimName: 'A', path: '/a' }] }, 'mounts[0].claimName: got "A"'], [{ mounts: [{ claimName: 'a', path: 'a' }] }, 'mounts[0].path: got "a"; must be an absolute path'],
    [{ serviceAccountName: 'A' }, 'serviceAccountName: got "A"'], [{ labels: { a: '?' } }, 'labels.a: got "?"'], [{ annotations: { a: 1 as any } }, 'annotations.a: got 1; must be a string'],
    [{ env: { A: 1 as any } }, 'env.A: got 1; must be a string'], [{ gpus: 1 } as any, 'gpus: got 1; must be a property that there is; did you mean "gpu"?'],
  ])('refuses %j', (options, message) => {
    expect(() => team('v1.9').addNotebook('n', options)).toThrow(message);
  });

  test('stands alone, too, but not without a platform and a namespace', () => {
    const kf = platform('v1.9');
    expect(new Notebook(kf, 'n', { platform: kf, namespace: 'x' }).apiObject.toJson().metadata.namespace).toBe('x');
    expect(() => new Notebook(kf, 'o', { platform: undefined as any, namespace: 'x' })).toThrow('kubeflow/o.platform: got nothing; must be a KubeflowPlatform');
    expect(() => new Notebook(kf, 'p', { platform: kf, namespace: undefined as any })).toThrow('kubeflow/p.namespace: got nothing');
  });

  test('with a field that its definition doesn\'t have is an error', () => {
    const made = team('v1.9').addNotebook('n');
    made.apiObject.addJsonPatch(JsonPatch.add('/spec/template/spec/nodeSelektor', {}), JsonPatch.add('/spec/template/spec/serviceAccountName', 5));
    expect(() => synth(made)).toThrow(/team-a\/n\.spec\.template\.spec\.nodeSelektor: got \{\}; must not be there: the kind has no such field; Notebook of the platform's CustomResourceDefinition notebooks\.kubeflow\.org/);
    expect(() => synth(made)).toThrow(/team-a\/n\.spec\.template\.spec\.serviceAccountName: got 5; must fit the schema: Instance type "number" is invalid\. Expected "string"/);
  });

  test('of an image that is none is refused', () => {
    expect(() => NotebookImage.of('a')).toThrow('NotebookImage.of.image: got "a"; must name a tag or digest');
    expect(() => NotebookImage.of('a:1', { cuda: 'twelve' })).toThrow('NotebookImage.of.cuda: got "twelve"; must be a version; for example "12.4"');
  });
});

describe('an MPI job', () => {
  test('is of the version that the platform serves, and starts its program by mpirun', () => {
    const v1 = team('v1.2').addMpiJob('mnist', JOB).apiObject.toJson();
    expect(v1).toMatchObject({ apiVersion: 'kubeflow.org/v1', spec: { slotsPerWorker: 1, cleanPodPolicy: 'Running' } });
    const { Launcher, Worker } = v1.spec.mpiReplicaSpecs;
    expect(Launcher.template.spec.containers[0].command).toEqual(['mpirun', '--allow-run-as-root', '-np', '2', '-bind-to', 'none', '-map-by', 'slot', 'python', 'train.py']);
    expect(Launcher.template.spec.containers[0].resources.limits).not.toHaveProperty('nvidia.com/gpu');
    expect(Worker).toMatchObject({ replicas: 2, template: { metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } }, spec: OF_POOL } });
    expect(team('v1.9').addMpiJob('mnist', JOB).apiObject.toJson().spec).toMatchObject({ runPolicy: { cleanPodPolicy: 'Running' } });
    const v2 = team('v1.2', {}, platform('v1.2', { mpiOperator: MpiOperator.v2beta1(ManifestSource.objects(...MPI_V2)) })).addMpiJob('mnist', { ...JOB, command: ['horovodrun', 'a'], gpu: { count: 2, pool } });
    expect(v2.apiObject.toJson()).toMatchObject({ apiVersion: 'kubeflow.org/v2beta1', spec: { slotsPerWorker: 2, runPolicy: { cleanPodPolicy: 'Running' } } });
    expect(v2.apiObject.toJson().spec.mpiReplicaSpecs.Launcher.template.spec.containers[0].command).toEqual(['horovodrun', 'a']);
    expect(synth(v2)).toContain('kind: MPIJob');
  });

  test('of v2beta1 is refused where nobody serves it', () => {
    const advice = 'give the platform an operator for it: mpiOperator: MpiOperator.v2beta1(ManifestSource.files("mpi-operator.yaml"))';
    expect(() => team('v1.9').addMpiJob('m', { ...JOB, version: 'v2beta1' })).toThrow(
      `ml/kubeflow/team-a/m.apiVersion: got "kubeflow.org/v2beta1 MPIJob"; must be a version that the platform's CustomResourceDefinition serves: v1; ${advice}`);
    expect(() => team('v1.11').addMpiJob('m', JOB)).toThrow(`must be served by a CustomResourceDefinition of the platform, which has none for MPIJob of kubeflow.org; ${advice}`);
  });

  test('whose definition a patch removes is an error', () => {
    const made = team('v1.9').addMpiJob('m', JOB);
    made.platform.addPatch(ManifestPatch.remove('r', ManifestSelector.of({ name: 'mpijobs.kubeflow.org' })));
    expect(() => synth(made)).toThrow('m.apiVersion: got "kubeflow.org/v1 MPIJob"; must be served by a CustomResourceDefinition of the platform');
  });

  test.each([
    [{ command: [] }, 'command: got []; must name the program'], [{ command: ['mpirun train'] }, 'command: got ["mpirun train"]; must be words, one by one; for example ["mpirun","train"]'], [{ command: undefined as any }, 'command: got nothing; must name the program'], [{ workers: 0 }, 'workers: got 0; must be a whole number from 1'],
    [{ workers: 9 }, 'workers: got 9; must be at most 8, the pods with 1 GPUs that pool "a100" can ever have (4 nodes x 2); raise maxNodes or lower it; else the job would wait forever'],
    [{ workers: 5, gpu: { count: 2, pool } }, 'workers: got 5; must be at most 4'], [{ version: 'v2' }, 'version: got "v2"; must be "v1" or "v2beta1"'],
    [{ slotsPerWorker: 0 }, 'slotsPerWorker: got 0'], [{ image: 'a' }, 'image: got "a"; must name a tag or digest'], [{ launcher: 1 } as any, 'launcher: got 1; must be a property that there is'],
  ])('refuses %j', (more, message) => {
    expect(() => team('v1.9').addMpiJob('m', { ...JOB, ...more })).toThrow(message);
  });
});

describe('jobs of the training operator', () => {
  test('of PyTorch have a master and workers', () => {
    const { spec } = team('v1.9').addPyTorchJob('t', JOB).apiObject.toJson();
    expect(spec).toMatchObject({ runPolicy: { cleanPodPolicy: 'Running' }, pytorchReplicaSpecs: { Master: { replicas: 1, restartPolicy: 'OnFailure' }, Worker: { replicas: 1 } } });
    expect(spec.pytorchReplicaSpecs.Master.template.spec.containers[0]).toMatchObject({ name: 'pytorch', command: ['python', 'train.py'], securityContext: { allowPrivilegeEscalation: false } });
    const old = team('v1.2').addPyTorchJob('t', { image: IMAGE, workers: 1 });
    expect(old.apiObject.toJson().spec).toMatchObject({ cleanPodPolicy: 'Running' });
    expect(old.apiObject.toJson().spec.pytorchReplicaSpecs).not.toHaveProperty('Worker');
    expect(synth(old)).toContain('kind: PyTorchJob');
  });

  test('of TensorFlow have parameter servers without GPUs', () => {
    const made = team('v1.9').addTfJob('t', { ...JOB, parameterServers: 1, labels: { run: '1' } });
    const { PS, Worker } = made.apiObject.toJson().spec.tfReplicaSpecs;
    expect(PS.template.spec.containers[0].resources.limits).toEqual({ memory: '2Gi' });
    expect(Worker.template).toMatchObject({ metadata: { labels: { run: '1' } }, spec: OF_POOL });
    expect(synth(made)).toContain('kind: TFJob');
    expect(() => team('v1.9').addTfJob('t', { ...JOB, parameterServers: -1 })).toThrow('parameterServers: got -1');
  });

  test('are refused where Trainer has taken its place, and the other way round', () => {
    const advice = 'take a TrainJob, which Trainer v2 of Kubeflow 1.11 and newer runs';
    expect(() => team('v1.11').addPyTorchJob('t', JOB)).toThrow(
      `t.apiVersion: got "kubeflow.org/v1 PyTorchJob"; must be served by a CustomResourceDefinition of the platform, which has none for PyTorchJob of kubeflow.org; ${advice}`);
    expect(() => team('v1.11').addTfJob('t', JOB)).toThrow(advice);
    expect(() => team('v1.9').addTrainJob('t', JOB)).toThrow('t.apiVersion: got "trainer.kubeflow.org/v1alpha1 TrainJob"; must be served by a CustomResourceDefinition of the platform, '
      + 'which has none for TrainJob of trainer.kubeflow.org; take a PyTorchJob, TfJob or MpiJob, which the training operator of Kubeflow 1.4 to 1.10 runs');
  });
});

describe('a job of Trainer', () => {
  const newer = () => platformOf(platformLike('v1.11').map(each => JSON.parse(JSON.stringify(each).replaceAll('podTemplateOverrides', 'runtimePatches'))));

  test('places its pods in the words of its Trainer', () => {
    const old = team('v1.11').addTrainJob('t', { ...JOB, mounts: [{ claimName: 'data', path: '/data' }], args: ['-v'], env: { A: 'b' } });
    expect(old.apiObject.toJson().spec).toMatchObject({
      runtimeRef: { name: 'torch-distributed', kind: 'ClusterTrainingRuntime' },
      trainer: { image: IMAGE, command: ['python', 'train.py'], args: ['-v'], env: [{ name: 'A', value: 'b' }], numNodes: 2, numProcPerNode: 1, resourcesPerNode: { limits: { 'nvidia.com/gpu': 1 } } },
      podTemplateOverrides: [{
        targetJobs: [{ name: 'node' }], spec: {
          ...OF_POOL, volumes: [{ name: 'claim-data', persistentVolumeClaim: { claimName: 'data' } }], containers: [{ name: 'node', volumeMounts: [{ name: 'claim-data', mountPath: '/data' }] }],
        },
      }],
    });
    const made = team('v1.11', {}, newer()).addTrainJob('t', { ...JOB, serviceAccountName: 'trainer' });
    expect(made.apiObject.toJson().spec.runtimePatches).toEqual([{
      manager: 'cdk8s-ml', trainingRuntimeSpec: { template: { spec: { replicatedJobs: [{ name: 'node', template: { spec: { template: { spec: { serviceAccountName: 'trainer', ...OF_POOL } } } } }] } } },
    }]);
    expect(synth(made)).toContain('kind: TrainJob');
    expect(team('v1.11').addTrainJob('t', { image: IMAGE, workers: 1, processesPerWorker: 4 }).apiObject.toJson().spec).toEqual(expect.not.objectContaining({ podTemplateOverrides: expect.anything() }));
  });

  test('needs a runtime that there is', () => {
    expect(() => team('v1.11').addTrainJob('t', { ...JOB, runtime: 'jax' })).toThrow('runtime: got "jax"; must be a ClusterTrainingRuntime of the platform; it has torch-distributed');
    expect(() => team('v1.11').addTrainJob('t', { ...JOB, processesPerWorker: 0 })).toThrow('processesPerWorker: got 0');
  });
});

describe('a workflow', () => {
  const write = { name: 'write', image: 'python:3.12', command: ['sh', '-c', 'echo hello > /tmp/text'], outputs: { text: '/tmp/text' } };
  const read = { name: 'read', image: 'python:3.12', command: ['echo'], args: ['{{inputs.parameters.words}}'], inputs: { words: { step: 'write' } } };

  test('passes data from step to step', () => {
    const made = team('v1.9').addWorkflow('passing', { steps: [write, { ...read, gpu: { pool } }, { ...write, name: 'last', after: ['read'], serviceAccountName: 'other', mounts: [{ claimName: 'd', path: '/d' }] }] });
    const { spec } = made.apiObject.toJson();
    expect(spec).toMatchObject({ entrypoint: 'main', serviceAccountName: 'default-editor' });
    expect(spec.templates[0].dag.tasks).toEqual([
      { name: 'write', template: 'write' },
      { name: 'read', template: 'read', dependencies: ['write'], arguments: { parameters: [{ name: 'words', value: '{{tasks.write.outputs.parameters.text}}' }] } },
      { name: 'last', template: 'last', dependencies: ['read'] },
    ]);
    expect(spec.templates[1]).toMatchObject({ outputs: { parameters: [{ name: 'text', valueFrom: { path: '/tmp/text' } }] }, container: { image: 'python:3.12' } });
    expect(spec.templates[2]).toMatchObject({ inputs: { parameters: [{ name: 'words' }] }, ...OF_POOL });
    expect(spec.templates[3]).toMatchObject({ serviceAccountName: 'other', volumes: [{ name: 'claim-d' }], securityContext: { fsGroup: 100, fsGroupChangePolicy: 'OnRootMismatch' } });
    expect(spec.templates[1].container).not.toHaveProperty('name');
    expect(synth(made)).toContain('kind: Workflow');
  });

  test('runs as the account of its namespace', () => {
    const kf = platform('v1.9');
    expect(new (require('../../../../src/kubeflow').Workflow)(kf, 'w', { platform: kf, namespace: 'kubeflow', steps: [write] }).apiObject.toJson().spec.serviceAccountName).toBe('pipeline-runner');
  });

  test('is run again and again', () => {
    const made = team('v1.9').addScheduledWorkflow('daily', { steps: [write], cron: '0 0 6 * * *', maxHistory: 3 });
    expect(made.apiObject.toJson()).toMatchObject({ status: {}, spec: { enabled: true, maxConcurrency: 1, maxHistory: 3, trigger: { cronSchedule: { cron: '0 0 6 * * *' } }, workflow: { spec: { entrypoint: 'main' } } } });
    expect(synth(made)).toContain('kind: ScheduledWorkflow');
    const often = team('v1.2').addScheduledWorkflow('often', { steps: [write], every: Duration.hours(1) }).apiObject.toJson();
    expect(often.spec.trigger).toEqual({ periodicSchedule: { intervalSecond: 3600 } });
    expect(often).not.toHaveProperty('status');
  });

  test.each([
    [[], 'steps: got []; must have at least one step'], [[{ ...write, name: 'A' }], 'steps[0].name: got "A"'], [[{ ...write, name: 'main' }], 'steps[0].name: got "main"; must be another name'],
    [[write, write], 'steps[0].name: got "write"; must be the name of one step; rename one'], [[{ ...write, command: [] }], 'steps[0].command: got []; must name the program'],
    [[{ ...write, outputs: { a: 'b' } }], 'steps[0].outputs.a: got "b"; must be an absolute path'], [[{ ...write, after: ['x'] }], 'steps[0].after: got "x"; must be one of the steps: write'],
    [[read], 'steps[0].inputs.words.step: got "write"; must be one of the steps: read'], [[{ ...write, outputs: undefined }, read], 'inputs.words.output: got nothing; must be an output of step "write"; it has none'],
    [[write, { ...read, inputs: { words: { step: 'write', output: 'x' } } }], 'inputs.words.output: got "x"; must be an output of step "write"; it has text'],
    [[write, { ...read, args: ['{{inputs.parameters.text}}'] }], 'steps[1].args: got "{{inputs.parameters.text}}"; must use inputs of the step: words'],
    [[{ ...write, args: ['{{inputs.parameters.text}}'] }], 'must use inputs of the step: it has none'],
    [[{ ...write, after: ['read'] }, read], 'steps: write, read wait for each other; must be in an order; remove one of what they wait for'],
    [[{ ...write, input: {} }], 'steps[0].input: got {}; must be a property that there is'],
  ] as Array<[any[], string]>)('refuses steps that are wrong', (steps, message) => {
    expect(() => team('v1.9').addWorkflow('w', { steps })).toThrow(message);
  });

  test('refuses accounts and schedules that are wrong', () => {
    expect(() => team('v1.9').addWorkflow('w', { steps: [write], serviceAccountName: 'A' })).toThrow('serviceAccountName: got "A"');
    const scheduled = (more: any) => () => team('v1.9').addScheduledWorkflow('w', { steps: [write], ...more });
    expect(scheduled({})).toThrow('w.cron: got nothing; must be given, or the other one of "cron" and "every", not both; give one of them');
    expect(scheduled({ cron: '* * * * * *', every: Duration.hours(1) })).toThrow('w.every: got ');
    expect(scheduled({ cron: '0 6 * * *' })).toThrow('cron: got "0 6 * * *"; must have six fields, the first of them seconds; for example "0 0 6 * * *", each day at six');
    expect(scheduled({ every: Duration.millis(1) })).toThrow('every: got "0.001s"');
    expect(scheduled({ every: Duration.hours(1), maxConcurrency: 11 })).toThrow('maxConcurrency: got 11');
    expect(scheduled({ every: Duration.hours(1), maxHistory: 0 })).toThrow('maxHistory: got 0');
  });
});

describe('an experiment', () => {
  const EXPERIMENT = { objective: { metric: 'accuracy' }, image: IMAGE, command: ['python', 'train.py', '--lr=${trialParameters.lr}'], parameters: { lr: KatibParameter.double(0.01, 0.1) } };

  test('varies what a trial\'s command uses', () => {
    const made = team('v1.9').addKatibExperiment('hp', {
      ...EXPERIMENT, objective: { metric: 'loss', minimize: true, goal: 0.1 }, algorithm: 'tpe', algorithmSettings: { seed: '1' }, maxTrials: 2,
      command: ['t', '${trialParameters.lr} ${trialParameters.n} ${trialParameters.o} ${trialParameters.b}'],
      parameters: { ...EXPERIMENT.parameters, n: KatibParameter.int(1, 3), o: KatibParameter.categorical('sgd', 'adam'), b: KatibParameter.discrete(16, 32) },
    });
    expect(made.apiObject.toJson().spec).toMatchObject({
      objective: { type: 'minimize', goal: 0.1, objectiveMetricName: 'loss' }, algorithm: { algorithmName: 'tpe', algorithmSettings: [{ name: 'seed', value: '1' }] },
      maxTrialCount: 2, parallelTrialCount: 2, maxFailedTrialCount: 2,
      parameters: [
        { name: 'lr', parameterType: 'double', feasibleSpace: { min: '0.01', max: '0.1' } }, { name: 'n', parameterType: 'int', feasibleSpace: { min: '1', max: '3' } },
        { name: 'o', parameterType: 'categorical', feasibleSpace: { list: ['sgd', 'adam'] } }, { name: 'b', parameterType: 'discrete', feasibleSpace: { list: ['16', '32'] } },
      ],
      trialTemplate: { primaryContainerName: 'trial', trialSpec: { kind: 'Job', spec: { template: { spec: { restartPolicy: 'Never' } } } } },
    });
    expect(synth(made)).toContain('kind: Experiment');
  });

  test.each([
    [{ parameters: {} }, 'parameters: got {}; must have at least one parameter'], [{ parameters: { lr: 1 as any } }, 'parameters.lr: got 1; must be a KatibParameter'],
    [{ command: ['a', '${trialParameters.x}'] }, 'command: got "x"; must use parameters of the experiment: lr'], [{ command: ['a'] }, 'must use the parameter "lr"; for example "--lr=${trialParameters.lr}"'],
    [{ objective: { metric: 1 as any } }, 'objective.metric: got 1; must be a string'], [{ maxTrials: 0 }, 'maxTrials: got 0'], [{ maxTrials: 2, parallelTrials: 3 }, 'parallelTrials: got 3; must be a whole number from 1 to 2'],
    [{ maxFailedTrials: -1 }, 'maxFailedTrials: got -1'], [{ trials: 1 } as any, 'trials: got 1; must be a property that there is'],
  ])('refuses %j', (more, message) => {
    expect(() => team('v1.9').addKatibExperiment('hp', { ...EXPERIMENT, ...more })).toThrow(message);
  });

  test.each([
    [() => KatibParameter.double(NaN, 1), 'KatibParameter.double.min: got NaN; must be a number'], [() => KatibParameter.int(1, 1.5), 'KatibParameter.int.max: got 1.5; must be a whole number'],
    [() => KatibParameter.int(2, 1), 'KatibParameter.int.min: got 2; must be less than max, 1'], [() => KatibParameter.categorical(), 'KatibParameter.categorical.values: got []; must have at least one value'],
  ])('refuses parameters without values', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('other kinds', () => {
  test('pods get what they ask for by a label', () => {
    const made = team('v1.9').addPodDefault('proxy', { env: { HTTP_PROXY: 'http://proxy' }, mounts: [{ claimName: 'd', path: '/d', readOnly: true }], podAnnotations: { a: 'b' }, selector: { proxy: 'yes' } });
    expect(made.apiObject.toJson().spec).toEqual({
      selector: { matchLabels: { proxy: 'yes' } }, desc: 'proxy', env: [{ name: 'HTTP_PROXY', value: 'http://proxy' }], annotations: { a: 'b' },
      volumes: [{ name: 'claim-d', persistentVolumeClaim: { claimName: 'd' } }], volumeMounts: [{ name: 'claim-d', mountPath: '/d', readOnly: true }],
    });
    expect(() => team('v1.9').addPodDefault('p', { selector: { 'a b': 'c' } })).toThrow('selector.a b: got "a b"');
    expect(() => team('v1.9').addPodDefault('p', { podLabels: { a: '?' } })).toThrow('podLabels.a: got "?"');
    expect(() => team('v1.9').addPodDefault('p', { podAnnotations: { a: 1 as any } })).toThrow('podAnnotations.a: got 1');
    expect(() => team('v1.9').addPodDefault('p', { env: { A: 1 as any } })).toThrow('env.A: got 1');
    expect(() => team('v1.9').addPodDefault('p', { mounts: [{ claimName: 'A', path: '/a' }] })).toThrow('mounts[0].claimName: got "A"');
    expect(() => team('v1.9').addPodDefault('p', { mounts: [{ claimName: 'a', path: 'a' }] })).toThrow('mounts[0].path: got "a"');
  });

  test('KServe serves a model on GPUs', () => {
    const made = team('v1.9').addInferenceService('iris', { modelFormat: 'sklearn', storageUri: 'pvc://models/iris', gpu: { pool }, minReplicas: 0, serviceAccountName: 'sa', env: { A: 'b' } });
    expect(made.apiObject.toJson().spec.predictor).toMatchObject({
      minReplicas: 0, maxReplicas: 1, serviceAccountName: 'sa', ...OF_POOL,
      model: { modelFormat: { name: 'sklearn' }, storageUri: 'pvc://models/iris', env: [{ name: 'A', value: 'b' }], resources: { limits: { 'nvidia.com/gpu': 1 } } },
    });
    const of = (more: any) => () => team('v1.9').addInferenceService('i', { modelFormat: 'onnx', storageUri: 's3://a', ...more });
    expect(of({ storageUri: 'models' })).toThrow('storageUri: got "models"; must be an address of a store');
    expect(of({ modelFormat: 1 })).toThrow('modelFormat: got 1; must be a string');
    expect(of({ minReplicas: 3, maxReplicas: 2 })).toThrow('maxReplicas: got 2; must be a whole number from 3');
    expect(of({ mounts: [] })).toThrow('mounts: got []; must be left out, because KServe mounts the model');
    expect(of({ serviceAccountName: 'A' })).toThrow('serviceAccountName: got "A"');
    expect(of({ runtime: 'A' })).toThrow('runtime: got "A"');
    expect(of({ runtime: 'mine' })().apiObject.toJson().spec.predictor.model.runtime).toBe('mine');
    const runtime = { apiVersion: 'serving.kserve.io/v1alpha1', kind: 'ClusterServingRuntime', metadata: { name: 'kserve-sklearnserver' } };
    expect(() => team('v1.9', {}, platformOf([...platformLike('v1.9'), runtime])).addInferenceService('i', { modelFormat: 'a', storageUri: 's3://a', runtime: 'mine' })).toThrow(
      'runtime: got "mine"; must be a ClusterServingRuntime of the platform; it has kserve-sklearnserver');
    expect(() => team('v1.2').addInferenceService('i', { modelFormat: 'a', storageUri: 's3://a' })).toThrow('take Kubeflow 1.5 or newer, or a ModelServingApp, which needs no KServe');
  });

  test('a TensorBoard shows logs', () => {
    expect(team('v1.9').addTensorboard('tb', { logs: 'pvc://logs/run' }).apiObject.toJson().spec).toEqual({ logspath: 'pvc://logs/run' });
    expect(() => team('v1.9').addTensorboard('tb', { logs: '/logs' })).toThrow('tb.logs: got "/logs"; must be an address of a store; for example "pvc://logs/run1"');
    expect(() => team('v1.2').addTensorboard('tb', { logs: 'pvc://logs/run' })).toThrow('which has none for Tensorboard of tensorboard.kubeflow.org');
  });
});
