import { isSubdomain } from './formats';
import { checkSelector, selects } from './metadata';
import { podTemplateOf } from './pods';
import { Report } from './report';

/** Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs and CronJobs, apart from their pods. */
export function checkWorkload(manifest: any, report: Report): void {
  const spec = report.map('spec', manifest.spec);
  switch (manifest.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
    case 'DaemonSet':
      for (const field of ['replicas', 'minReadySeconds', 'revisionHistoryLimit', 'progressDeadlineSeconds']) { report.integer(`spec.${field}`, spec[field], 0); }
      if (spec.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds <= (spec.minReadySeconds ?? 0)) {
        report.refuse('spec.progressDeadlineSeconds', spec.progressDeadlineSeconds, `be more than minReadySeconds, ${spec.minReadySeconds ?? 0}`);
      }
      checkSelectorOfPods(manifest, report);
      checkRollout(spec.strategy, 'spec.strategy', report, ['Recreate', 'RollingUpdate']);
      checkRollout(spec.updateStrategy, 'spec.updateStrategy', report, ['OnDelete', 'RollingUpdate']);
      checkRestart(manifest, report, ['Always']);
      if (manifest.kind === 'StatefulSet' && spec.serviceName !== undefined && spec.serviceName !== '' && !isSubdomain(spec.serviceName)) {
        report.refuse('spec.serviceName', spec.serviceName, 'be the name of a Service');
      }
      break;
    case 'Job':
      checkJob(spec, 'spec', report);
      checkRestart(manifest, report, ['OnFailure', 'Never']);
      break;
    case 'CronJob':
      checkCronJob(spec, report);
      checkJob(spec.jobTemplate?.spec ?? {}, 'spec.jobTemplate.spec', report);
      checkRestart(manifest, report, ['OnFailure', 'Never']);
      break;
  }
}

function checkSelectorOfPods(manifest: any, report: Report): void {
  const { selector } = manifest.spec ?? {};
  checkSelector(selector, 'spec.selector', report);
  const labels = podTemplateOf(manifest)?.template?.metadata?.labels ?? {};
  if (Object.keys(selector?.matchLabels ?? {}).length === 0 && !(selector?.matchExpressions?.length > 0)) {
    report.refuse('spec.selector', selector, 'select the pods of the template by at least one label', 'let it select them');
  } else if (!selects(selector, labels)) {
    report.refuse('spec.selector', selector, 'select the pods of the template', `their labels are ${JSON.stringify(labels)}`);
  }
}

function checkRollout(strategy: any, at: string, report: Report, types: string[]): void {
  const { type, rollingUpdate } = report.map(at, strategy);
  report.oneOf(`${at}.type`, type, types);
  if (rollingUpdate === undefined) { return; }
  if (type !== undefined && type !== 'RollingUpdate') { report.refuse(`${at}.rollingUpdate`, rollingUpdate, `be left out with the type ${type}`); }
  const { maxSurge, maxUnavailable } = report.map(`${at}.rollingUpdate`, rollingUpdate);
  checkNumberOrPercent(maxSurge, `${at}.rollingUpdate.maxSurge`, report);
  checkNumberOrPercent(maxUnavailable, `${at}.rollingUpdate.maxUnavailable`, report, 100);
  if (isZero(maxSurge) && isZero(maxUnavailable)) {
    report.refuse(`${at}.rollingUpdate.maxUnavailable`, maxUnavailable, 'not be zero when maxSurge is, or no pod could ever be replaced', 'raise one of them');
  }
}

/** Refuses what is there and is neither a count nor a percentage. */
export function checkNumberOrPercent(value: unknown, at: string, report: Report, mostPercent = Infinity): void {
  if (value === undefined) { return; }
  const percent = typeof value === 'string' ? Number(/^(\d+)%$/.exec(value)?.[1] ?? NaN) : NaN;
  if (typeof value === 'number' ? !Number.isInteger(value) || value < 0 : !(percent <= mostPercent)) {
    report.refuse(at, value, `be a whole number from 0, or a percentage${mostPercent === 100 ? ' from "0%" to "100%"' : ', such as "25%"'}`);
  }
}

function isZero(value: unknown): boolean {
  return value === 0 || value === '0%';
}

function checkRestart(manifest: any, report: Report, allowed: string[]): void {
  const found = podTemplateOf(manifest)!;
  const policy = found.template?.spec?.restartPolicy;
  // without one it is Always
  if (!allowed.includes(policy ?? 'Always')) {
    report.refuse(`${found.at}.spec.restartPolicy`, policy, `be ${allowed.map(a => `"${a}"`).join(' or ')} in a ${manifest.kind}`);
  }
}

function checkJob(spec: any, at: string, report: Report): void {
  for (const field of ['parallelism', 'completions', 'backoffLimit', 'ttlSecondsAfterFinished']) { report.integer(`${at}.${field}`, spec[field], 0); }
  report.integer(`${at}.activeDeadlineSeconds`, spec.activeDeadlineSeconds, 1);
  report.oneOf(`${at}.completionMode`, spec.completionMode, ['Indexed', 'NonIndexed']);
}

function checkCronJob(spec: any, report: Report): void {
  if (!isCron(spec.schedule)) {
    report.refuse('spec.schedule', spec.schedule, 'be a cron schedule of five fields', 'for example "0 3 * * *"');
  }
  report.oneOf('spec.concurrencyPolicy', spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace']);
  for (const field of ['startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit']) { report.integer(`spec.${field}`, spec[field], 0); }
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const FIELDS: ReadonlyArray<{ min: number; max: number; names?: string[] }> = [
  { min: 0, max: 59 }, { min: 0, max: 23 }, { min: 1, max: 31 }, { min: 1, max: 12, names: ['', ...MONTHS] }, { min: 0, max: 6, names: DAYS },
];

/** Whether Kubernetes can read a schedule, which is that of robfig/cron without seconds. */
export function isCron(schedule: unknown): boolean {
  if (typeof schedule !== 'string' || /^(TZ|CRON_TZ)=/.test(schedule)) { return false; }
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule)) { return true; }
  if (/^@every (\d+(\.\d+)?(h|m|s))+$/.test(schedule)) { return true; }
  const fields = schedule.trim().split(/\s+/);
  return fields.length === 5 && fields.every((field, i) => field.split(',').every(part => isCronPart(part, FIELDS[i])));
}

function isCronPart(part: string, { min, max, names }: { min: number; max: number; names?: string[] }): boolean {
  const [, range, step] = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(part) ?? [];
  if (range === undefined || (step !== undefined && Number(step) > max - min + 1)) { return false; }
  if (range === '*' || range === '?') { return true; }
  const ends = range.split('-').map(end => (/^\d+$/.test(end) ? Number(end) : end === '' ? -1 : (names ?? []).indexOf(end.toLowerCase())));
  return ends.length <= 2 && ends.every(end => end >= min && end <= max) && ends[0] <= ends[ends.length - 1];
}
