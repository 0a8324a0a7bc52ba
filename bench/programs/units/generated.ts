import { createHash } from 'crypto';
import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

const { IntOrString, Quantity } = k8s;

/** The same seven objects as those of "served", with the generated classes, which have words for all of it but check nothing. */
export function unit(scope: Construct, name: string): void {
  const labels = {
    'app.kubernetes.io/name': 'flask',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'model-server',
    'app.kubernetes.io/part-of': Chart.of(scope).node.id,
    'app.kubernetes.io/version': '1.4.2',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
  const selector = { matchLabels: { 'app.kubernetes.io/instance': name } };
  const data = { LEVEL: 'info', SETTINGS: `name: ${name}\nthreads: 4\n` };
  const hash = createHash('sha256').update(JSON.stringify([null, Object.entries(data)])).digest('hex').slice(0, 10);
  const config = `${name}-config-${hash}`;
  const quantities = (values: { [key: string]: string }) => (
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Quantity.fromString(value)])));
  const http = IntOrString.fromString('http');

  new k8s.KubeServiceAccount(scope, `${name}-account`, { metadata: { name, labels }, automountServiceAccountToken: false });
  new k8s.KubeConfigMap(scope, `${name}-config`, { metadata: { name: config, labels }, immutable: true, data });
  new k8s.KubeDeployment(scope, `${name}-deployment`, {
    metadata: { name, labels },
    spec: {
      revisionHistoryLimit: 5,
      selector,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: IntOrString.fromNumber(1), maxUnavailable: IntOrString.fromNumber(0) } },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 45,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 65532,
            runAsGroup: 65532,
            fsGroup: 65532,
            fsGroupChangePolicy: 'OnRootMismatch',
            seccompProfile: { type: 'RuntimeDefault' },
          },
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: selector } }],
            },
          },
          topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: selector }],
          containers: [{
            name: 'flask',
            image: `docker.io/example/${name}:1.4.2`,
            imagePullPolicy: 'Always',
            ports: [{ name: 'http', containerPort: 5000 }],
            envFrom: [{ configMapRef: { name: config } }],
            env: [
              { name: 'HOME', value: '/cache' },
              { name: 'KERAS_HOME', value: '/cache/keras' },
              { name: 'LOGNAME', value: 'flask' },
              { name: 'LOG_LEVEL', value: 'info' },
              { name: 'MODEL_NAME', value: name },
              { name: 'OMP_NUM_THREADS', value: '1' },
              { name: 'USER', value: 'flask' },
              { name: 'XDG_CACHE_HOME', value: '/cache/xdg' },
            ],
            resources: {
              requests: quantities({ 'cpu': '500m', 'memory': '2Gi', 'ephemeral-storage': '2Gi' }),
              limits: quantities({ 'cpu': '1', 'memory': '2Gi', 'ephemeral-storage': '2Gi' }),
            },
            startupProbe: { httpGet: { path: '/healthz', port: http }, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 30 },
            readinessProbe: { httpGet: { path: '/healthz', port: http }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
            livenessProbe: { tcpSocket: { port: http }, periodSeconds: 10, timeoutSeconds: 10, failureThreshold: 6 },
            // the sleep handler is newer than these classes
            lifecycle: { preStop: { exec: { command: ['/bin/sleep', '15'] } } },
            securityContext: {
              allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, capabilities: { drop: ['ALL'] },
            },
            volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }, { name: 'cache', mountPath: '/cache' }],
          }],
          volumes: [
            { name: 'tmp', emptyDir: { sizeLimit: Quantity.fromString('256Mi') } },
            { name: 'cache', emptyDir: { sizeLimit: Quantity.fromString('1Gi') } },
          ],
        },
      },
    },
  });
  new k8s.KubeService(scope, `${name}-service`, {
    metadata: { name, labels }, spec: { selector: selector.matchLabels, ports: [{ name: 'http', port: 5000, targetPort: http }] },
  });
  new k8s.KubePodDisruptionBudget(scope, `${name}-budget`, {
    metadata: { name, labels }, spec: { maxUnavailable: IntOrString.fromNumber(1), unhealthyPodEvictionPolicy: 'AlwaysAllow', selector },
  });
  new k8s.KubeNetworkPolicy(scope, `${name}-policy`, {
    metadata: { name, labels },
    spec: {
      podSelector: selector,
      policyTypes: ['Ingress', 'Egress'],
      egress: [{
        to: [
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } },
          ...['169.254.20.10/32', '169.254.10.11/32', '169.254.169.254/32'].map(cidr => ({ ipBlock: { cidr } })),
        ],
        ports: [{ protocol: 'UDP', port: IntOrString.fromNumber(53) }, { protocol: 'TCP', port: IntOrString.fromNumber(53) }],
      }],
    },
  });
  new k8s.KubeHorizontalPodAutoscalerV2(scope, `${name}-scaler`, {
    metadata: { name, labels },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  });
}
