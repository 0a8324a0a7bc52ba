import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { mapped } from '../../../src/app/private/mapping';

const { IntOrString, Quantity } = k8s;
const meta = { name: 'a', labels: { app: 'a', limits: 'b' }, annotations: { a: 'b' }, ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }] };
const probe = { httpGet: { path: '/', port: IntOrString.fromString('http'), httpHeaders: [{ name: 'A', value: 'b' }] }, periodSeconds: 3 };
const pod = {
  setHostnameAsFqdn: false,
  hostPid: true,
  hostAliases: [{ ip: '10.0.0.1', hostnames: ['a', 'b'] }],
  nodeSelector: { clusterIp: 'is a label here' },
  tolerations: [{ key: 'a', operator: 'Exists' }],
  affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] } }] } },
  containers: [{
    name: 'a',
    command: ['a'],
    env: [{ name: 'A', value: 'b' }, { name: 'B', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }],
    resources: { limits: { cpu: Quantity.fromString('1'), memory: Quantity.fromNumber(5) }, requests: {} },
    startupProbe: probe,
    lifecycle: { preStop: { exec: { command: ['sleep', '1'] } } },
    volumeMounts: [{ name: 'a', mountPath: '/a' }],
  }],
  volumes: [{ name: 'a', emptyDir: { sizeLimit: Quantity.fromString('1Gi') } }],
};

/** What is resolved already: unions are their values, in an object. */
function resolved(props: any): any {
  return JSON.parse(JSON.stringify(props));
}

test.each<[string, any, any]>([
  ['a Deployment', k8s.KubeDeployment, { spec: { replicas: 0, strategy: { rollingUpdate: { maxSurge: IntOrString.fromNumber(1), maxUnavailable: IntOrString.fromString('25%') } }, selector: { matchLabels: { a: 'b' } }, template: { metadata: meta, spec: pod } } }],
  ['a CronJob', k8s.KubeCronJob, { spec: { schedule: '* * * * *', jobTemplate: { spec: { template: { spec: pod } } } } }],
  ['a Service', k8s.KubeService, { spec: { clusterIp: 'None', clusterIPs: ['None'], loadBalancerIp: '10.0.0.1', externalIPs: [], ports: [{ port: 80, targetPort: IntOrString.fromNumber(80) }], selector: { podCidr: 'a' } } }],
  ['a ConfigMap', k8s.KubeConfigMap, { data: { clusterIp: 'b', __proto__: 'c', constructor: 'd' }, immutable: true }],
  ['an autoscaler', k8s.KubeHorizontalPodAutoscalerV2, { spec: { maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'a' }, metrics: [{ type: 'Pods', pods: { metric: { name: 'a' }, target: { type: 'AverageValue', averageValue: Quantity.fromNumber(3) } } }] } }],
  ['a NetworkPolicy', k8s.KubeNetworkPolicy, { spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.1/32'] } }], ports: [{ port: IntOrString.fromNumber(80) }] }] } }],
  ['a ClusterRole', k8s.KubeClusterRole, { rules: [{ verbs: ['get'], nonResourceUrLs: ['/healthz'] }] }],
  ['a volume', k8s.KubePersistentVolume, { spec: { capacity: { storage: Quantity.fromString('1Gi') }, azureDisk: { diskName: 'a', diskUri: 'b' } } }],
  ['a definition, whose schema refers to itself', k8s.KubeCustomResourceDefinition, { spec: { group: 'a', scope: 'Namespaced', names: { kind: 'A', plural: 'as' }, versions: [{ name: 'v1', served: true, storage: true, schema: { openApiv3Schema: { ref: 'r', properties: { ref: { type: 'object', allOf: [{ xKubernetesIntOrString: true }] } }, xKubernetesListMapKeys: ['a'] } } }] } }],
  ['unknown fields', k8s.KubePodDisruptionBudget, { status: 1, spec: { maxUnavailable: IntOrString.fromNumber(1), maximum: 3, selector: { matchLabels: {}, labels: {} } } }],
])('%s is mapped as its generated class maps it', (_, type, props) => {
  const manifest = { apiVersion: 'x', kind: 'y', metadata: meta, ...props };
  expect(mapped(type, resolved(manifest))).toStrictEqual(type.manifest(resolved(manifest)));
});

test.each<[string, any, any]>([
  ['a date', k8s.KubeLease, { spec: { acquireTime: '2030-01-01' } }],
  ['a dictionary of lists', k8s.KubeSubjectAccessReview, { spec: { extra: { a: ['b'] } } }],
  ['a bare number where there must be a union', k8s.KubePodDisruptionBudget, { spec: { maxUnavailable: 1 } }],
  ['a string where there must be a list', k8s.KubeClusterRole, { rules: 'all' }],
  ['a list where there must be a dictionary', k8s.KubeConfigMap, { data: ['a'] }],
  ['null where there must be an object', k8s.KubeDeployment, { spec: null }],
])('%s is left to the class', (_, type, props) => {
  expect(mapped(type, props)).toBeUndefined();
});

test('a class that is not in k8s maps for itself', () => {
  class Mine extends k8s.KubeConfigMap {}
  expect(mapped(Mine, { data: {} })).toBeUndefined();
  expect(mapped(ApiObject, { data: {} })).toBeUndefined();
});

test('every generated class is understood', () => {
  const classes = Object.entries(k8s as any).filter(([name, type]) => name.startsWith('Kube') && typeof type === 'function') as Array<[string, any]>;
  expect(classes.length).toBeGreaterThan(100);
  expect(classes.filter(([, type]) => mapped(type, { metadata: { name: 'a' } }) === undefined).map(([name]) => name)).toEqual([]);
});
