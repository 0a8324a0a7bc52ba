import { deployment, said, saidWith, withValue } from './manifests';
import { isCron } from '../../../../src/app/private/checks/workloads';

test.each([-1, 1.5, '3', 2 ** 31, 1e21])('%j replicas are refused', replicas => {
  expect(saidWith(deployment(), 'spec.replicas', replicas).join('\n')).toContain('spec.replicas: got ');
});

test.each<[string, unknown, string]>([
  ['spec.minReadySeconds', -1, 'spec.minReadySeconds: got -1; must be a whole number from 0 to 2147483647'],
  ['spec.revisionHistoryLimit', 'x', 'spec.revisionHistoryLimit: got "x"; must be a whole number'],
  ['spec.progressDeadlineSeconds', 0, 'spec.progressDeadlineSeconds: got 0; must be more than minReadySeconds, 0'],
  ['spec.strategy', { type: 'Rolling' }, 'spec.strategy.type: got "Rolling"; must be "Recreate" or "RollingUpdate"'],
  ['spec.strategy', { type: 'Recreate', rollingUpdate: {} }, 'spec.strategy.rollingUpdate: got {}; must be left out with the type Recreate'],
  ['spec.strategy', { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } }, 'must not be zero when maxSurge is, or no pod could ever be replaced; raise one of them'],
  ['spec.strategy', { rollingUpdate: { maxSurge: '-10%' } }, 'spec.strategy.rollingUpdate.maxSurge: got "-10%"; must be a whole number from 0, or a percentage, such as "25%"'],
  ['spec.strategy', { rollingUpdate: { maxUnavailable: '150%' } }, 'spec.strategy.rollingUpdate.maxUnavailable: got "150%"; must be a whole number from 0, or a percentage from "0%" to "100%"'],
  ['spec.strategy', { rollingUpdate: { maxUnavailable: 1.5 } }, 'spec.strategy.rollingUpdate.maxUnavailable: got 1.5; must be a whole number from 0'],
  ['spec.strategy', { rollingUpdate: { maxUnavailable: '1' } }, 'spec.strategy.rollingUpdate.maxUnavailable: got "1"; must be a whole number'],
  ['spec.template.spec.restartPolicy', 'Never', 'spec.template.spec.restartPolicy: got "Never"; must be "Always" in a Deployment'],
])('of a Deployment, %s: %j is refused', (path, value, message) => {
  expect(saidWith(deployment(), path, value).join('\n')).toContain(message);
});

test('a StatefulSet\'s service is a name', () => {
  expect(saidWith(withValue(deployment(), 'kind', 'StatefulSet'), 'spec.serviceName', 'A b')[0]).toBe('spec.serviceName: got "A b"; must be the name of a Service');
});

const job = () => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'it' }, spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'a', image: 'a:1' }] } } } });
const cronJob = (schedule: unknown) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'it' }, spec: { schedule, jobTemplate: { spec: job().spec } } });

test.each<[string, unknown, string]>([
  ['spec.template.spec.restartPolicy', 'Always', 'spec.template.spec.restartPolicy: got "Always"; must be "OnFailure" or "Never" in a Job'],
  ['spec.template.spec.restartPolicy', undefined, 'spec.template.spec.restartPolicy: got nothing; must be "OnFailure" or "Never" in a Job'],
  ['spec.backoffLimit', -1, 'spec.backoffLimit: got -1; must be a whole number from 0'],
  ['spec.activeDeadlineSeconds', 0, 'spec.activeDeadlineSeconds: got 0; must be a whole number from 1'],
  ['spec.completionMode', 'All', 'spec.completionMode: got "All"; must be "Indexed" or "NonIndexed"'],
])('of a Job, %s: %j is refused', (path, value, message) => {
  expect(saidWith(job(), path, value).join('\n')).toContain(message);
});

test('a CronJob is checked like its jobs', () => {
  expect(said(cronJob('0 3 * * *'))).toEqual([]);
  expect(said(cronJob('99 * * * *'))).toEqual(['spec.schedule: got "99 * * * *"; must be a cron schedule of five fields; for example "0 3 * * *"']);
  expect(saidWith(cronJob('@daily'), 'spec.concurrencyPolicy', 'No')[0]).toContain('must be "Allow", "Forbid" or "Replace"');
  expect(saidWith(cronJob('@daily'), 'spec.jobTemplate.spec.backoffLimit', 0.5)[0]).toContain('spec.jobTemplate.spec.backoffLimit: got 0.5');
});

test.each(['99', 'abc', '', '* * * *', '* * * * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * * 13 *', '* * * * 7', '*/0 * * * *', '5-1 * * * *', '1-2-3 * * * *', '1, * * * *', '@often', '* * * foo *', 'TZ=UTC 0 0 * * *', 5, undefined])(
  'the schedule %j is refused', schedule => expect(isCron(schedule)).toBe(false));

test.each(['0 3 * * *', '*/5 * * * *', '0-30/10 1,2,3 * jan-mar mon-fri', '@hourly', '@every 1h30m', '59 23 31 12 6', '? ? ? ? ?', '10/5 * * * *'])(
  'the schedule %j is taken', schedule => expect(isCron(schedule)).toBe(true));
