import { isSubdomain, quantity } from './formats';
import { Report } from './report';

/** HorizontalPodAutoscalers. */
export function checkAutoscaler(manifest: any, report: Report): void {
  const spec = report.map('spec', manifest.spec);
  const { kind, name } = report.map('spec.scaleTargetRef', spec.scaleTargetRef);
  if (typeof kind !== 'string' || kind === '') { report.refuse('spec.scaleTargetRef.kind', kind, 'be the kind of what to scale'); }
  if (!isSubdomain(name)) { report.refuse('spec.scaleTargetRef.name', name, 'be the name of what to scale'); }
  report.integer('spec.minReplicas', spec.minReplicas, 1, undefined, 'KEDA can scale to zero');
  report.integer('spec.maxReplicas', spec.maxReplicas ?? NaN, 1);
  if (spec.minReplicas > spec.maxReplicas) {
    report.refuse('spec.minReplicas', spec.minReplicas, `be at most maxReplicas, ${spec.maxReplicas}`);
  }
  report.integer('spec.targetCPUUtilizationPercentage', spec.targetCPUUtilizationPercentage, 1);
  report.list('spec.metrics', spec.metrics).forEach((metric, i) => checkMetric(metric, `spec.metrics[${i}]`, report));
  for (const direction of ['scaleUp', 'scaleDown']) {
    const at = `spec.behavior.${direction}`;
    const { stabilizationWindowSeconds, policies, selectPolicy } = report.map(at, spec.behavior?.[direction]);
    report.integer(`${at}.stabilizationWindowSeconds`, stabilizationWindowSeconds, 0, 3600);
    report.oneOf(`${at}.selectPolicy`, selectPolicy, ['Max', 'Min', 'Disabled']);
    report.list(`${at}.policies`, policies).forEach((policy, i) => {
      report.oneOf(`${at}.policies[${i}].type`, policy?.type ?? '', ['Pods', 'Percent']);
      report.integer(`${at}.policies[${i}].value`, policy?.value ?? NaN, 1);
      report.integer(`${at}.policies[${i}].periodSeconds`, policy?.periodSeconds ?? NaN, 1, 1800);
    });
  }
}

const SOURCES: { [type: string]: string } = {
  Resource: 'resource', ContainerResource: 'containerResource', Pods: 'pods', Object: 'object', External: 'external',
};

function checkMetric(metric: any, at: string, report: Report): void {
  report.oneOf(`${at}.type`, metric?.type ?? '', Object.keys(SOURCES));
  const field = SOURCES[metric?.type];
  if (!field) { return; }
  const source = report.map(`${at}.${field}`, metric[field]);
  const { type, averageUtilization, averageValue, value } = report.map(`${at}.${field}.target`, source.target);
  report.oneOf(`${at}.${field}.target.type`, type ?? '', ['Utilization', 'Value', 'AverageValue']);
  if (type === 'Utilization') { report.integer(`${at}.${field}.target.averageUtilization`, averageUtilization ?? NaN, 1, undefined, 'a percentage of the requests'); }
  for (const [name, amount] of Object.entries({ AverageValue: averageValue, Value: value })) {
    if (type === name ? !(quantity(amount) > 0) : amount !== undefined && Number.isNaN(quantity(amount))) {
      report.refuse(`${at}.${field}.target.${name[0].toLowerCase()}${name.slice(1)}`, amount, 'be a quantity of more than zero');
    }
  }
}
