import { said, saidWith } from './manifests';

const scaler = () => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'it' },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 1,
    maxReplicas: 3,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
    behavior: { scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] } },
  },
});

test.each<[string, unknown, string]>([
  ['spec.minReplicas', 4, 'spec.minReplicas: got 4; must be at most maxReplicas, 3'],
  ['spec.minReplicas', 0, 'spec.minReplicas: got 0; must be a whole number from 1 to 2147483647; KEDA can scale to zero'],
  ['spec.minReplicas', -1, 'spec.minReplicas: got -1; must be'],
  ['spec.maxReplicas', 0, 'spec.maxReplicas: got 0; must be a whole number from 1'],
  ['spec.maxReplicas', 1.5, 'spec.maxReplicas: got 1.5; must be a whole number'],
  ['spec.maxReplicas', undefined, 'spec.maxReplicas: got NaN; must be a whole number'],
  ['spec.scaleTargetRef.name', 'A b', 'spec.scaleTargetRef.name: got "A b"; must be the name of what to scale'],
  ['spec.scaleTargetRef.kind', '', 'spec.scaleTargetRef.kind: got ""; must be the kind of what to scale'],
  ...[0, -5, 60.5, '60%', undefined].map((value): [string, unknown, string] => ['spec.metrics[0].resource.target.averageUtilization', value, 'spec.metrics[0].resource.target.averageUtilization: got ']),
  ['spec.metrics[0].resource.target', { type: 'AverageValue', averageValue: '0' }, 'spec.metrics[0].resource.target.averageValue: got "0"; must be a quantity of more than zero'],
  ['spec.metrics[0].resource.target', { type: 'Value' }, 'spec.metrics[0].resource.target.value: got nothing; must be a quantity of more than zero'],
  ['spec.metrics[0].resource.target', {}, 'spec.metrics[0].resource.target.type: got ""; must be "Utilization", "Value" or "AverageValue"'],
  ['spec.metrics[0].type', 'CPU', 'spec.metrics[0].type: got "CPU"; must be "Resource", "ContainerResource", "Pods", "Object" or "External"'],
  ['spec.behavior.scaleDown.stabilizationWindowSeconds', 4000, 'must be a whole number from 0 to 3600'],
  ['spec.behavior.scaleDown.selectPolicy', 'max', 'spec.behavior.scaleDown.selectPolicy: got "max"; must be "Max", "Min" or "Disabled"'],
  ['spec.behavior.scaleDown.policies[0].type', 'Pod', 'spec.behavior.scaleDown.policies[0].type: got "Pod"; must be "Pods" or "Percent"'],
  ['spec.behavior.scaleDown.policies[0].value', 0, 'spec.behavior.scaleDown.policies[0].value: got 0; must be a whole number from 1'],
  ['spec.behavior.scaleDown.policies[0].periodSeconds', 3600, 'spec.behavior.scaleDown.policies[0].periodSeconds: got 3600; must be a whole number from 1 to 1800'],
])('of an autoscaler, %s: %j is refused', (path, value, message) => {
  expect(saidWith(scaler(), path, value).join('\n')).toContain(message);
  expect(said(scaler())).toEqual([]);
});
