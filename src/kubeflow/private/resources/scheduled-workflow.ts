import { checkCron } from './cron';
import { checkLength } from './names';
import { schemaOf } from './resource';
import { workflowSpec } from './workflow';
import { invalid } from '../../../private/errors';
import { checkCount, checkSeconds } from '../../../private/numbers';
import { checkProps } from '../../../private/props';
import type { ScheduledWorkflow, ScheduledWorkflowProps } from '../../scheduled-workflow';

/** The content of a ScheduledWorkflow. */
export function scheduledWorkflow(scope: ScheduledWorkflow, props: ScheduledWorkflowProps): any {
  checkProps(scope, 'props', props, {
    platform: true, namespace: true, name: true, labels: true, annotations: true, steps: true, serviceAccountName: true,
    cron: true, every: true, maxConcurrency: true, maxHistory: true,
  });
  // its workflows are called "<name>-<number>-<hash>"
  checkLength(scope, 44);
  const { cron, every } = props;
  if ((cron === undefined) === (every === undefined)) {
    throw invalid(scope, cron === undefined ? 'cron' : 'every', cron === undefined ? cron : String(every), 'be given, or the other one of "cron" and "every", not both', 'give one of them');
  }
  const trigger = cron !== undefined ? { cronSchedule: { cron: checkCron(scope, 'cron', cron) } } : { periodicSchedule: { intervalSecond: checkSeconds(scope, 'every', every!, 1, 365 * 86400) } };
  return {
    // some releases want one from the first
    ...(schemaOf(props.platform, 'kubeflow.org', 'ScheduledWorkflow', 'v1beta1')?.required?.includes('status') ? { status: {} } : {}),
    spec: {
      enabled: true,
      maxConcurrency: checkCount(scope, 'maxConcurrency', props.maxConcurrency ?? 1, 1, 10),
      maxHistory: checkCount(scope, 'maxHistory', props.maxHistory ?? 10, 1, 100),
      trigger,
      workflow: { spec: workflowSpec(scope, props, scope.namespace === props.platform.namespace ? 'pipeline-runner' : 'default-editor') },
    },
  };
}
