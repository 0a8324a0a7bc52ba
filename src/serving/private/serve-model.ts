import { ApiObject, Duration, Size } from 'cdk8s';
import { PersistentVolumeClaim } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { gpuNeeds } from './gpu-needs';
import { checkModelFits } from './model-fit';
import { checkVariable } from './variables';
import { Workload, workloadName } from './workload';
import { checkWorkloadProps, DAY_SECONDS, drainSecondsOf, userOf, WORKLOAD_PROPS } from './workload-checks';
import type { IGpuPool } from '../../gpu';
import type { ModelBinding } from '../../models';
import { internetRule } from '../../network/policy-rules';
import { noteAccelerator } from '../../private/asked-accelerator';
import { invalid } from '../../private/errors';
import { checkCount, checkPort, checkSeconds, isToken } from '../../private/numbers';
import { amend } from '../../private/overlay';
import { checkList, checkMap, checkMethods, checkProps, Known } from '../../private/props';
import { warn } from '../../private/warnings';
import { ModelServer, ModelServerConfig, ModelServerTraits } from '../model-server';
import type { ModelServingAppProps } from '../model-serving-app';

const TRAITS: Known<ModelServerTraits> = {
  software: true, loadTimeout: true, drainTimeout: true, user: true, downloadsByItself: true, requiresModel: true,
};
const CONFIG: Known<ModelServerConfig> = {
  image: true,
  ports: true,
  servicePort: true,
  command: true,
  args: true,
  reservedArguments: true,
  env: true,
  startup: true,
  readiness: true,
  liveness: true,
  metrics: true,
  writableFolders: true,
  sharedMemory: true,
  cpuMillis: true,
  memory: true,
  outboundPorts: true,
  outbound: true,
  contextLength: true,
  gpuMemoryUtilization: true,
};

/** Checks what a model server was given, and makes its objects in its scope. */
export function serveModel(app: Construct, props: ModelServingAppProps): { workload: Workload; modelClaim?: PersistentVolumeClaim } {
  checkProps(app, 'props', props, { ...WORKLOAD_PROPS, server: true, model: true, workspace: true, gpu: true, loadTimeout: true });
  if (!(props.server instanceof ModelServer)) {
    throw invalid(app, 'server', props.server, 'be a ModelServer', 'for example ModelServer.vllm({ version: "0.11.0" })');
  }
  checkMethods(app, 'model', props.model, ['bind'], 'a ModelSource', 'ModelSource.huggingFace("org/name")');
  checkMethods(app, 'workspace', props.workspace, ['bindWorkload'], 'a workspace of models', 'azure.MachineLearningWorkspace.of({ ... })');
  checkWorkloadProps(app, props);
  const traits = checkProps(app, 'server.traits', props.server.traits, TRAITS);
  const name = workloadName(app, props);
  const gpu = props.gpu === undefined ? undefined : gpuNeeds(app, props.gpu);
  if (gpu?.pool) { warnOfQueue(app, gpu.pool); }
  const loadSeconds = checkSeconds(app, 'loadTimeout', props.loadTimeout ?? traits.loadTimeout, 1, DAY_SECONDS);
  const drainSeconds = drainSecondsOf(app, props, traits.drainTimeout);
  const user = userOf(app, props, traits.user);
  if (traits.requiresModel && !props.model) {
    throw invalid(app, 'model', undefined, `be given, because ${traits.software} loads it`, 'for example ModelSource.huggingFace("org/name")');
  }
  const model: ModelBinding | undefined = props.model?.bind(app, {
    name,
    user,
    downloadsByItself: traits.downloadsByItself ?? false,
    maxPods: (props.scaling?.maxReplicas ?? (isToken(props.replicas) ? undefined : props.replicas) ?? 1) + (props.rollout?.maxSurge ?? 0),
    gpus: gpu?.count,
    identity: props.identity,
  });
  const config = checkProps(app, 'server.bind', props.server.bind(app, {
    name, user, model, gpus: gpu?.count ?? 0, requestTimeout: props.requestTimeout, drainTimeout: Duration.seconds(drainSeconds),
  }), CONFIG);
  for (const [variable, value] of Object.entries(checkMap(app, 'server.env', config.env, 'strings', '{ LOG_LEVEL: "info" }'))) {
    checkVariable(app, 'server.env', variable, value);
  }
  if (config.contextLength !== undefined) { checkCount(app, 'server.contextLength', config.contextLength, 1, 100_000_000); }
  const share = config.gpuMemoryUtilization;
  if (share !== undefined && !(typeof share === 'number' && share > 0 && share <= 1)) {
    throw invalid(app, 'server.gpuMemoryUtilization', share, 'be more than 0 and at most 1', 'vLLM\'s own is 0.9');
  }
  if (model && gpu) { checkModelFits(app, model, gpu, traits.software, config); }
  checkList(app, 'server.outboundPorts', config.outboundPorts).forEach((port, i) => checkPort(app, `server.outboundPorts[${i}]`, port));
  checkMethods(app, 'server.outbound', config.outbound, ['_toRules'], 'an Egress', 'Egress.internet()');
  if (props.workspace && !props.identity && !props.secrets?.length) {
    throw invalid(app, 'identity', undefined, 'be given, because the workspace is read with it', 'for example new azure.WorkloadIdentity(...), or give a credential as one of "secrets"');
  }
  const workspace = props.workspace?.bindWorkload();
  const outboundPorts = [...config.outboundPorts ?? [], ...model?.outboundPorts ?? [], ...workspace?.outboundPorts ?? []];
  const workload = new Workload(app, {
    component: 'model-server',
    software: traits.software,
    image: config.image,
    ports: config.ports,
    servicePort: config.servicePort,
    command: config.command,
    args: config.args,
    reservedArguments: config.reservedArguments,
    env: { ...config.env, ...workspace?.env, ...model?.env },
    startup: config.startup,
    readiness: config.readiness,
    liveness: config.liveness,
    metrics: config.metrics,
    writableFolders: config.writableFolders ?? [],
    // Processes that share GPUs pass tensors through it, and the runtime's own 64 MB are too few.
    sharedMemory: config.sharedMemory ?? (gpu && Size.gibibytes(gpu.count > 1 ? 2 * gpu.count : 1)),
    cpuMillis: config.cpuMillis ?? 500,
    memory: config.memory ?? Size.gibibytes(1),
    user,
    loadSeconds,
    drainSeconds,
    gpu,
    initContainers: model?.initContainers,
    mounts: model?.mounts,
    secretFiles: model?.secretFiles,
    exclusive: model?.exclusive,
    modelStorage: model?.mounts && model.ephemeralStorage,
    egress: [
      ...outboundPorts.length > 0 ? [internetRule([...new Set(outboundPorts)].sort((a, b) => a - b))] : [],
      ...config.outbound?._toRules() ?? [],
    ],
  }, props);
  noteAccelerator(ApiObject.of(workload.deployment), app, props.gpu);
  return { workload, modelClaim: model?.claim && ownedClaim(model.claim, workload.labels) };
}

/** A claim that is shown as the workload's own, and whose JSON patches take effect. */
function ownedClaim(claim: PersistentVolumeClaim, labels: { [key: string]: string }): PersistentVolumeClaim {
  for (const [key, value] of Object.entries(labels)) { claim.metadata.addLabel(key, value); }
  amend(claim, () => {});
  return claim;
}

/** Nodes of such a pool come for a ProvisioningRequest only, which jobs make and servers don't. */
function warnOfQueue(app: Construct, pool: IGpuPool): void {
  const { capacity } = pool as { capacity?: { kind?: string } };
  if (capacity?.kind !== 'queued') { return; }
  warn(app, `its pool "${pool.poolName}" is queued: nodes come only when a ProvisioningRequest asks for them, as jobs do, so without one the pods stay Pending; `
    + 'serve from a pool on demand, spot or with flexible start');
}
