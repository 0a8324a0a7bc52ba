import { accountOf } from './identity';
import { JOB } from './mpi-job';
import { checkMadeName } from './names';
import { checkCommand, checkWorkers, placement, podTemplate } from './pod';
import { fieldOf } from './resource';
import { invalid } from '../../../private/errors';
import { checkCount } from '../../../private/numbers';
import { checkProps } from '../../../private/props';
import { gpuNeeds } from '../../../serving/private/gpu-needs';
import { ManifestSelector } from '../../manifest-selector';
import type { TrainJob, TrainJobProps } from '../../train-job';

const GROUP = 'trainer.kubeflow.org';

/** The content of a TrainJob, in the shape that the platform's Trainer has: before 2.2, or since. */
export function trainJob(scope: TrainJob, props: TrainJobProps): any {
  checkProps(scope, 'props', props, { ...JOB, runtime: true, command: true, processesPerWorker: true });
  const workers = checkWorkers(scope, 'workers', props.workers, props);
  checkMadeName(scope, `*-node-0-${workers - 1}-abcde`);
  const runtime = props.runtime ?? 'torch-distributed';
  checkRuntime(scope, runtime);
  const processes = props.processesPerWorker === undefined ? props.gpu && (props.gpu.count ?? 1) : checkCount(scope, 'processesPerWorker', props.processesPerWorker, 1, 1024);
  // of the pod, a job says what is its own, and the runtime the rest
  const { metadata, spec } = podTemplate(scope, props, { container: 'node', image: props.image, args: props.args, command: props.command === undefined ? undefined : checkCommand(scope, 'command', props.command) });
  const [{ image, command, args, env, resources, volumeMounts }] = spec.containers;
  const serviceAccountName = accountOf(scope, props.serviceAccountName);
  const overrides = {
    ...(serviceAccountName !== undefined ? { serviceAccountName } : {}),
    ...placement(props.gpu === undefined ? undefined : gpuNeeds(scope, props.gpu)),
    ...(spec.volumes ? { volumes: spec.volumes, containers: [{ name: 'node', volumeMounts }] } : {}),
  };
  return {
    spec: {
      runtimeRef: { apiGroup: GROUP, kind: 'ClusterTrainingRuntime', name: runtime },
      trainer: {
        image,
        ...(command ? { command } : {}), ...(args ? { args } : {}), ...(env ? { env } : {}),
        numNodes: workers,
        ...(processes !== undefined ? { numProcPerNode: processes } : {}),
        resourcesPerNode: resources,
      },
      ...(metadata || Object.keys(overrides).length > 0 ? patchOf(scope, { ...(metadata ? { metadata } : {}), spec: overrides }) : {}),
    },
  };
}

/** What a job says of its pods. */
function patchOf(scope: TrainJob, template: any): any {
  if (fieldOf(scope.platform, GROUP, 'TrainJob', 'v1alpha1', 'runtimePatches') === undefined) {
    return { podTemplateOverrides: [{ targetJobs: [{ name: 'node' }], ...template }] };
  }
  const replicatedJobs = [{ name: 'node', template: { spec: { template } } }];
  return { runtimePatches: [{ manager: 'cdk8s-ml', trainingRuntimeSpec: { template: { spec: { replicatedJobs } } } }] };
}

/** A platform that has runtimes must have this one. */
function checkRuntime(scope: TrainJob, name: string): void {
  const names = scope.platform.find(ManifestSelector.of({ apiGroup: GROUP, kind: 'ClusterTrainingRuntime' })).map(object => object.name);
  if (names.length > 0 && !names.includes(name)) { throw invalid(scope, 'runtime', name, 'be a ClusterTrainingRuntime of the platform', `it has ${names.join(', ')}`); }
}
