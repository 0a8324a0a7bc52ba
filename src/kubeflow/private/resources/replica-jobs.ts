import { JOB } from './mpi-job';
import { checkMadeName, longer } from './names';
import { checkCommand, checkWorkers, podTemplate } from './pod';
import { fieldOf } from './resource';
import { checkCount } from '../../../private/numbers';
import { checkProps } from '../../../private/props';
import type { PyTorchJob, PyTorchJobProps } from '../../py-torch-job';
import type { TfJob, TfJobProps } from '../../tf-job';

/** What to do where the training operator is gone. */
export const TRAIN_JOB = 'take a TrainJob, which Trainer v2 of Kubeflow 1.11 and newer runs';

/** The content of a PyTorchJob. */
export function pyTorchJob(scope: PyTorchJob, props: PyTorchJobProps): any {
  checkProps(scope, 'props', props, { ...JOB, command: true });
  const workers = checkWorkers(scope, 'workers', props.workers, props);
  checkMadeName(scope, longer('*-master-0', `*-worker-${workers - 2}`));
  const template = () => templateOf(scope, props, 'pytorch');
  return {
    spec: {
      ...runPolicy(scope, 'PyTorchJob'),
      pytorchReplicaSpecs: {
        Master: { replicas: 1, restartPolicy: 'OnFailure', template: template() },
        ...(workers > 1 ? { Worker: { replicas: workers - 1, restartPolicy: 'OnFailure', template: template() } } : {}),
      },
    },
  };
}

/** The content of a TFJob. */
export function tfJob(scope: TfJob, props: TfJobProps): any {
  checkProps(scope, 'props', props, { ...JOB, command: true, parameterServers: true });
  const workers = checkWorkers(scope, 'workers', props.workers, props);
  const servers = checkCount(scope, 'parameterServers', props.parameterServers ?? 0, 0, 1000);
  checkMadeName(scope, longer(`*-worker-${workers - 1}`, `*-ps-${servers}`));
  return {
    spec: {
      ...runPolicy(scope, 'TFJob'),
      tfReplicaSpecs: {
        ...(servers > 0 ? { PS: { replicas: servers, restartPolicy: 'OnFailure', template: templateOf(scope, props, 'tensorflow', false) } } : {}),
        Worker: { replicas: workers, restartPolicy: 'OnFailure', template: templateOf(scope, props, 'tensorflow') },
      },
    },
  };
}

/** Pods that still run when the job is done are removed. The operators of Kubeflow 1.2 have this field elsewhere. */
function runPolicy(scope: PyTorchJob | TfJob, kind: string): any {
  return fieldOf(scope.platform, 'kubeflow.org', kind, 'v1', 'runPolicy') ? { runPolicy: { cleanPodPolicy: 'Running' } } : { cleanPodPolicy: 'Running' };
}

function templateOf(scope: PyTorchJob | TfJob, props: PyTorchJobProps | TfJobProps, container: string, withGpu = true): any {
  return podTemplate(scope, props, {
    container, image: props.image, args: props.args, withGpu, withoutSidecar: true, command: props.command === undefined ? undefined : checkCommand(scope, 'command', props.command),
  });
}
