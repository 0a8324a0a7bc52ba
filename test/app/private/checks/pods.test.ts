import { container, deployment, said, saidWith, withValue } from './manifests';

const POD = 'spec.template.spec';
const pod = (path: string, value: unknown) => saidWith(deployment(), `${POD}.${path}`, value).map(line => line.replace(`${POD}.`, ''));
const LABEL = 'must be at most 63 lower case letters, digits and "-", that starts and ends with a letter or digit';

test('a pod in good order is taken', () => {
  expect(said(deployment())).toEqual([]);
  expect(said({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'it' }, spec: { containers: [{ name: 'a', image: 'nginx' }] } })).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['containers', [], 'containers: got []; must have at least one container'],
  ['containers', undefined, 'containers: got nothing; must have at least one container'],
  ['containers[0]', 'nginx', 'containers[0]: got "nginx"; must be a container'],
  ['containers', [container(), { ...container(), ports: [] }], 'containers[1].name: got "web"; must be the name of one container; rename it'],
  ['initContainers', [{ ...container(), ports: [] }], 'containers[0].name: got "web"; must be the name of one container; rename it'],
  ['containers', [container(), { ...container(), name: 'b', ports: [{ name: 'http', containerPort: 9 }] }], 'containers[1].ports: got "http"; must be the name of one port of the pod, or a Service can\'t tell which; rename it'],
  ['volumes[0].name', 'Bad_Name', `volumes[0].name: got "Bad_Name"; ${LABEL}`],
  ['volumes', [{ name: 'tmp', emptyDir: {} }, { name: 'tmp', emptyDir: {} }], 'volumes[1].name: got "tmp"; must be the name of one volume; rename it'],
  ['volumes[0]', { name: 'tmp', emptyDir: {}, configMap: { name: 'x' } }, 'volumes[0]: got ["emptyDir","configMap"]; must have one source'],
  ['volumes[0].emptyDir.sizeLimit', 'NaNMi', 'volumes[0].emptyDir.sizeLimit: got "NaNMi"; must be a quantity'],
  ['volumes[0].emptyDir.sizeLimit', '1.024e+24Mi', 'volumes[0].emptyDir.sizeLimit: got "1.024e+24Mi"; must be a quantity'],
  ['volumes[0]', { name: 'tmp', secret: { secretName: '' } }, 'volumes[0].secret.secretName: got ""; must be the name of an object'],
  ['volumes[0]', { name: 'tmp', configMap: { name: 'A' } }, 'volumes[0].configMap.name: got "A"; must be the name of an object'],
  ['volumes[0]', { name: 'tmp', persistentVolumeClaim: {} }, 'volumes[0].persistentVolumeClaim.claimName: got nothing; must be the name of an object'],
  ['volumes[0]', { name: 'tmp', ephemeral: { volumeClaimTemplate: { spec: { accessModes: [], resources: { requests: { storage: '1Gi' } } } } } }, 'volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: got []; must have at least one of'],
  ['hostname', 'Bad_Host', `hostname: got "Bad_Host"; ${LABEL}`],
  ['subdomain', 'a.b', `subdomain: got "a.b"; ${LABEL}`],
  ['serviceAccountName', 'A', 'serviceAccountName: got "A"; must be the name of an object'],
  ['priorityClassName', 'a b', 'priorityClassName: got "a b"; must be the name of an object'],
  ['runtimeClassName', '-', 'runtimeClassName: got "-"; must be the name of an object'],
  ['nodeName', 'node 1', 'nodeName: got "node 1"; must be the name of an object'],
  ['imagePullSecrets', [{ name: '' }], 'imagePullSecrets[0].name: got <secret>; must be the name of a secret'],
  ['terminationGracePeriodSeconds', -1, 'terminationGracePeriodSeconds: got -1; must be a whole number from 0 to 2147483647'],
  ['activeDeadlineSeconds', 0, 'activeDeadlineSeconds: got 0; must be a whole number from 1'],
  ['securityContext', { runAsUser: -5 }, 'securityContext.runAsUser: got -5; must be a whole number from 0'],
  ['securityContext', { fsGroup: 1.5 }, 'securityContext.fsGroup: got 1.5; must be a whole number from 0'],
  ['securityContext', { runAsUser: 0, runAsNonRoot: true }, 'securityContext.runAsUser: got 0; must not be 0 with runAsNonRoot; give another user'],
  ['dnsPolicy', 'Cluster', 'dnsPolicy: got "Cluster"; must be "ClusterFirst", "ClusterFirstWithHostNet", "Default" or "None"'],
  ['nodeSelector', { 'a b': 'x' }, 'nodeSelector: got "a b"; must be a key'],
  ['nodeSelector', { a: 'x y' }, 'nodeSelector.a: got "x y"; must be a string of at most 63'],
  ['tolerations', [{ key: 'a', operator: 'Exists', effect: 'Nonsense' }], 'tolerations[0].effect: got "Nonsense"; must be "NoSchedule", "PreferNoSchedule" or "NoExecute"'],
  ['tolerations', [{ key: 'a', operator: 'In' }], 'tolerations[0].operator: got "In"; must be "Equal", "Exists", "Lt" or "Gt"'],
  ['tolerations', [{ key: 'a b', operator: 'Exists' }], 'tolerations[0].key: got "a b"; must be a taint\'s key'],
  ['tolerations', [{ key: 'a', operator: 'Exists', value: 'x' }], 'tolerations[0].value: got "x"; must be left out with the operator Exists'],
  ['tolerations', [{ effect: 'NoSchedule' }], 'tolerations[0].operator: got nothing; must be Exists when there is no key'],
  ['affinity', { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, podAffinityTerm: { topologyKey: 'a' } }] } }, 'affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: got 101; must be a whole number from 1 to 100'],
  ['affinity', { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } }, 'affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: got nothing; must be the key of a node\'s label'],
  ['affinity', { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 0 }] } }, 'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: got 0; must be a whole number from 1 to 100'],
  ['topologySpreadConstraints', [{ maxSkew: 0, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' }], 'topologySpreadConstraints[0].maxSkew: got 0; must be a whole number from 1'],
  ['topologySpreadConstraints', [{ maxSkew: 1, topologyKey: '', whenUnsatisfiable: 'DoNotSchedule' }], 'topologySpreadConstraints[0].topologyKey: got ""; must be the key of a node\'s label'],
  ['topologySpreadConstraints', [{ maxSkew: 1, topologyKey: 'a' }], 'topologySpreadConstraints[0].whenUnsatisfiable: got ""; must be "DoNotSchedule" or "ScheduleAnyway"'],
])('%s: %j is refused', (path, value, message) => {
  expect(pod(path, value).join('\n')).toContain(message);
});

describe('a container that runs before the others', () => {
  const parts = {
    startupProbe: { tcpSocket: { port: 80 } },
    readinessProbe: { tcpSocket: { port: 80 } },
    livenessProbe: { tcpSocket: { port: 80 } },
    lifecycle: { preStop: { exec: { command: ['true'] } } },
  };
  const init = (more: object) => pod('initContainers', [{ name: 'init', image: 'nginx', ...more }]);

  test.each(Object.entries(parts))('has no %s, since it ends', (field, value) => {
    expect(init({ [field]: value })).toEqual([
      expect.stringMatching(new RegExp(`^initContainers\\[0\\]\\.${field}: got .*; must be left out of a container that runs before the others and ends; `
        + 'give it restartPolicy "Always" where it is to stay$')),
    ]);
  });

  test('may have all of them where it stays', () => {
    expect(init({ ...parts, restartPolicy: 'Always' })).toEqual([]);
  });
});

test('the claims of a StatefulSet are volumes of its pods', () => {
  const set = withValue(withValue(deployment(), 'kind', 'StatefulSet'), 'spec.volumeClaimTemplates', [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }]);
  expect(saidWith(set, `${POD}.containers[0].volumeMounts`, [{ name: 'data', mountPath: '/data' }])).toEqual([]);
  expect(saidWith(set, 'spec.volumeClaimTemplates[0].spec.resources.requests.storage', '0Gi')[0]).toBe('spec.volumeClaimTemplates[0].spec.resources.requests.storage: got "0Gi"; must be a quantity of more than zero, such as "10Gi"');
});

test.each<[any, string]>([
  [{ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '0Gi' } } }, 'spec.resources.requests.storage: got "0Gi"; must be a quantity of more than zero, such as "10Gi"'],
  [{ accessModes: ['ReadWriteOnce'] }, 'spec.resources.requests.storage: got nothing; must be a quantity of more than zero'],
  [{ resources: { requests: { storage: '1Gi' } } }, 'spec.accessModes: got nothing; must have at least one of ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod'],
  [{ accessModes: ['Often'], resources: { requests: { storage: '1Gi' } } }, 'spec.accessModes: got "Often"; must be "ReadWriteOnce"'],
  [{ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024m' } } }, 'spec.resources.requests.storage: got "1024m"; must be a whole number of bytes; the suffix "m" means thousandths: perhaps "M" or "Mi" is meant'],
])('the claim %j is refused', (spec, message) => {
  expect(said({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'it' }, spec }).join('\n')).toContain(message);
});
