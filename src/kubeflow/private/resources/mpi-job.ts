import { checkMadeName, longer } from './names';
import { checkCommand, checkWorkers, podTemplate } from './pod';
import { fieldOf, servedVersion } from './resource';
import { invalid } from '../../../private/errors';
import { checkCount } from '../../../private/numbers';
import { checkProps, Known } from '../../../private/props';
import type { MpiJob, MpiJobProps } from '../../mpi-job';
import { JobOptions, ResourceProps } from '../../resource-options';

export const JOB: Known<JobOptions & ResourceProps> = {
  platform: true, namespace: true, name: true, labels: true, annotations: true, image: true, workers: true, args: true,
  env: true, cpu: true, memory: true, gpu: true, serviceAccountName: true, mounts: true,
};

const LAUNCHERS = ['mpirun', 'mpiexec', 'horovodrun'];

/** The content of an MPIJob, in the version that the platform serves. */
export function mpiJob(scope: MpiJob, props: MpiJobProps): { version: string; content: any; advice: string } {
  checkProps(scope, 'props', props, { ...JOB, command: true, slotsPerWorker: true, version: true });
  const command = checkCommand(scope, 'command', props.command);
  const workers = checkWorkers(scope, 'workers', props.workers, props);
  checkMadeName(scope, longer('*-launcher', `*-worker-${workers - 1}`));
  const slots = checkCount(scope, 'slotsPerWorker', props.slotsPerWorker ?? props.gpu?.count ?? 1, 1, 1024);
  if (props.version !== undefined && props.version !== 'v1' && props.version !== 'v2beta1') { throw invalid(scope, 'version', props.version, 'be "v1" or "v2beta1"'); }
  const version = props.version ?? servedVersion(props.platform, 'kubeflow.org', 'MPIJob', ['v2beta1', 'v1']) ?? 'v2beta1';
  const started = LAUNCHERS.includes(command[0]) ? command
    : ['mpirun', '--allow-run-as-root', '-np', String(workers * slots), '-bind-to', 'none', '-map-by', 'slot', ...command];
  const pod = { container: 'mpi', image: props.image, withoutSidecar: true, relaxed: true };
  const launcher = podTemplate(scope, { ...props, mounts: undefined }, { ...pod, withGpu: false, command: started, args: props.args });
  const worker = podTemplate(scope, props, pod);
  const policy = { cleanPodPolicy: 'Running' };
  const nested = version === 'v2beta1' || fieldOf(props.platform, 'kubeflow.org', 'MPIJob', version, 'runPolicy') !== undefined;
  return {
    version,
    content: {
      spec: {
        slotsPerWorker: slots,
        ...(nested ? { runPolicy: policy } : policy),
        mpiReplicaSpecs: {
          Launcher: { replicas: 1, template: launcher },
          Worker: { replicas: workers, template: worker },
        },
      },
    },
    advice: 'give the platform an operator for it: mpiOperator: MpiOperator.v2beta1(ManifestSource.files("mpi-operator.yaml"))',
  };
}
