import { setTimeout as sleep } from 'node:timers/promises';
import { Manifest } from '../../manifest';
import { isRolledOut } from '../rollout';
import { Deployed } from './deployed';
import { Trial } from './trial';

/** What stands for the longest time that a startup probe allows; everything else is shorter in the same measure. */
const SLOW_SECONDS = 8;

/** Pods that are ready at the last moment that their startup probe allows: the rollout never counts as failed. */
export const slowStart: Trial = {
  check: 'slow-start',
  subjects: ['generated/servers-azure-ml', 'generated/servers-vllm-old'],
  run: async (deployed) => {
    await deployed.apply(deployed.subject.objects.map((object) => (object.kind === 'Deployment' ? slowed(object) : object)));
    const replicas = Math.max(...deployed.deployments.map(({ spec }) => spec.replicas ?? 1));
    const end = Date.now() + (SLOW_SECONDS * replicas + 20) * 1000;
    while (Date.now() < end) {
      const live = await Promise.all(deployed.deployments.map((deployment) => deployed.api.read(deployment)));
      const failed = live.find((deployment) => deployment?.status?.conditions?.some(({ reason }: any) => reason === 'ProgressDeadlineExceeded'));
      if (failed) { return `the rollout counts as failed after ${failed.spec.progressDeadlineSeconds / SLOW_SECONDS * 100} % of the time that a start may take`; }
      if (live.every(isRolledOut)) { return endpointsAreReady(deployed); }
      await sleep(500);
    }
    return deployed.rolledOut(1);
  },
};

async function endpointsAreReady(deployed: Deployed): Promise<string | undefined> {
  const unready = (await deployed.pods()).filter(({ status }) => !status.conditions.some(({ type, status: value }: any) => type === 'Ready' && value === 'True'));
  return unready.length > 0 ? `${unready.length} pods count as available and are not ready` : undefined;
}

function slowed(deployment: Manifest): Manifest {
  const { spec } = deployment;
  const [{ startupProbe: probe }] = spec.template.spec.containers;
  const budget = (probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3);
  const { metadata = {} } = spec.template;
  return {
    ...deployment,
    spec: {
      ...spec,
      minReadySeconds: 0,
      progressDeadlineSeconds: Math.max(1, Math.floor((spec.progressDeadlineSeconds ?? 600) * SLOW_SECONDS / budget)),
      template: { ...spec.template, metadata: { ...metadata, annotations: { ...metadata.annotations, 'simulation/ready-after': `${SLOW_SECONDS}s` } } },
    },
  };
}
