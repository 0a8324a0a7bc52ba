// The seven objects of one model server, in the ways that there are to write them.
const { Size } = require('cdk8s');
const kplus = require('cdk8s-plus-27');

const { k8s } = kplus;
const { IntOrString, Quantity } = k8s;

/** What every way of making them agrees on. */
exports.IMAGE = 'docker.io/me/web:1.0';
exports.NAMESPACE = 'bench';

/** With cdk8s-plus's generated classes, which can say everything that the library says. */
exports.generated = function (scope, name) {
  const labels = {
    'app.kubernetes.io/name': 'flask',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': 'model-server',
    'app.kubernetes.io/part-of': exports.NAMESPACE,
    'app.kubernetes.io/version': '1.0',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
  const selector = { matchLabels: { 'app.kubernetes.io/instance': name } };
  const config = `${name}-config-5dc9110605`;
  const quantities = values => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Quantity.fromString(value)]));
  const http = IntOrString.fromString('http');

  new k8s.KubeServiceAccount(scope, `${name}-account`, { metadata: { name, labels }, automountServiceAccountToken: false });
  new k8s.KubeConfigMap(scope, `${name}-config`, { metadata: { name: config, labels }, immutable: true, data: { THRESHOLD: '0.7' } });
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
            runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532, fsGroupChangePolicy: 'OnRootMismatch', seccompProfile: { type: 'RuntimeDefault' },
          },
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: selector } }],
            },
          },
          topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: selector }],
          containers: [{
            name: 'flask',
            image: exports.IMAGE,
            imagePullPolicy: 'Always',
            ports: [{ name: 'http', containerPort: 5000 }],
            envFrom: [{ configMapRef: { name: config } }],
            env: [
              { name: 'HOME', value: '/cache' },
              { name: 'KERAS_HOME', value: '/cache/keras' },
              { name: 'LOGNAME', value: 'flask' },
              { name: 'OMP_NUM_THREADS', value: '1' },
              { name: 'USER', value: 'flask' },
              { name: 'XDG_CACHE_HOME', value: '/cache/xdg' },
            ],
            resources: {
              requests: quantities({ 'cpu': '500m', 'memory': '2Gi', 'ephemeral-storage': '1536Mi' }),
              limits: quantities({ 'cpu': '1', 'memory': '2Gi', 'ephemeral-storage': '1536Mi' }),
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
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }, { ipBlock: { cidr: '169.254.20.10/32' } }],
        ports: [{ protocol: 'UDP', port: IntOrString.fromNumber(53) }, { protocol: 'TCP', port: IntOrString.fromNumber(53) }],
      }],
    },
  });
  new k8s.KubeHorizontalPodAutoscalerV2(scope, `${name}-scaler`, {
    metadata: { name, labels },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: 3,
      maxReplicas: 10,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
      behavior: { scaleDown: { stabilizationWindowSeconds: 300 } },
    },
  });
};

/** With cdk8s-plus's own classes, as its documentation does. They can't say all of it, so these objects are smaller. */
exports.composed = function (scope, name) {
  const labels = { 'app.kubernetes.io/name': 'flask', 'app.kubernetes.io/instance': name, 'app.kubernetes.io/part-of': exports.NAMESPACE };
  const metadata = { name, labels };
  const config = new kplus.ConfigMap(scope, `${name}-config`, { metadata: { name: `${name}-config`, labels }, immutable: true, data: { THRESHOLD: '0.7' } });
  const deployment = new kplus.Deployment(scope, name, {
    metadata,
    serviceAccount: new kplus.ServiceAccount(scope, `${name}-account`, { metadata }),
    podMetadata: { labels },
    securityContext: { user: 65532, group: 65532, fsGroup: 65532, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH },
    containers: [{
      name: 'flask',
      image: exports.IMAGE,
      ports: [{ name: 'http', number: 5000 }],
      envFrom: [new kplus.EnvFrom(config)],
      envVariables: Object.fromEntries(['HOME', 'KERAS_HOME', 'LOGNAME', 'OMP_NUM_THREADS', 'USER', 'XDG_CACHE_HOME'].map(key => [key, kplus.EnvValue.fromValue('/cache')])),
      resources: {
        cpu: { request: kplus.Cpu.millis(500), limit: kplus.Cpu.units(1) },
        memory: { request: Size.gibibytes(2), limit: Size.gibibytes(2) },
        ephemeralStorage: { request: Size.gibibytes(2), limit: Size.gibibytes(2) },
      },
      startup: kplus.Probe.fromHttpGet('/healthz', { port: 5000, failureThreshold: 30 }),
      readiness: kplus.Probe.fromHttpGet('/healthz', { port: 5000 }),
      liveness: kplus.Probe.fromTcpSocket({ port: 5000 }),
      securityContext: { user: 65532, group: 65532 },
      volumeMounts: ['tmp', 'cache'].map(volume => ({ path: `/${volume}`, volume: kplus.Volume.fromEmptyDir(scope, `${name}-${volume}`, volume) })),
    }],
  });
  new kplus.Service(scope, `${name}-service`, { metadata, selector: deployment, ports: [{ name: 'http', port: 5000, targetPort: 5000 }] });
  new k8s.KubePodDisruptionBudget(scope, `${name}-budget`, {
    metadata, spec: { maxUnavailable: IntOrString.fromNumber(1), selector: { matchLabels: { 'app.kubernetes.io/instance': name } } },
  });
  new kplus.NetworkPolicy(scope, `${name}-policy`, {
    metadata,
    selector: deployment,
    ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
    egress: { rules: [{ peer: kplus.NetworkPolicyIpBlock.ipv4(scope, `${name}-dns`, '169.254.20.10/32'), ports: [kplus.NetworkPolicyPort.tcp(53)] }] },
  });
  new kplus.HorizontalPodAutoscaler(scope, `${name}-scaler`, {
    metadata, target: deployment, minReplicas: 3, maxReplicas: 10, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(60))],
  });
};
