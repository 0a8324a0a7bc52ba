import { createHash } from 'crypto';
import { ApiObject, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** The same seven objects as those of "served", as a user of cdk8s-plus writes them; patches say what it has no words for. */
export function unit(scope: Construct, name: string): void {
  const selected = { 'app.kubernetes.io/instance': name };
  const labels = {
    'app.kubernetes.io/name': 'flask',
    ...selected,
    'app.kubernetes.io/component': 'model-server',
    'app.kubernetes.io/part-of': Chart.of(scope).node.id,
    'app.kubernetes.io/version': '1.4.2',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
  const metadata = { name, labels };
  const pods = kplus.Pods.select(scope, `${name}-pods`, { labels: selected });
  const account = new kplus.ServiceAccount(scope, `${name}-account`, { metadata });
  const data = { LEVEL: 'info', SETTINGS: `name: ${name}\nthreads: 4\n` };
  const hash = createHash('sha256').update(JSON.stringify([null, Object.entries(data)])).digest('hex').slice(0, 10);
  const config = new kplus.ConfigMap(scope, `${name}-config`, { metadata: { name: `${name}-config-${hash}`, labels }, data, immutable: true });

  const deployment = new kplus.Deployment(scope, `${name}-deployment`, {
    metadata,
    select: false,
    podMetadata: { labels },
    minReady: Duration.seconds(0),
    strategy: kplus.DeploymentStrategy.rollingUpdate({
      maxSurge: kplus.PercentOrAbsolute.absolute(1), maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
    }),
    serviceAccount: account,
    automountServiceAccountToken: false,
    securityContext: {
      ensureNonRoot: true, user: 65532, group: 65532, fsGroup: 65532, fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH,
    },
    terminationGracePeriod: Duration.seconds(45),
    containers: [{
      name: 'flask',
      image: `docker.io/example/${name}:1.4.2`,
      ports: [{ name: 'http', number: 5000 }],
      envFrom: [kplus.Env.fromConfigMap(config)],
      envVariables: {
        HOME: kplus.EnvValue.fromValue('/cache'),
        KERAS_HOME: kplus.EnvValue.fromValue('/cache/keras'),
        LOGNAME: kplus.EnvValue.fromValue('flask'),
        LOG_LEVEL: kplus.EnvValue.fromValue('info'),
        MODEL_NAME: kplus.EnvValue.fromValue(name),
        OMP_NUM_THREADS: kplus.EnvValue.fromValue('1'),
        USER: kplus.EnvValue.fromValue('flask'),
        XDG_CACHE_HOME: kplus.EnvValue.fromValue('/cache/xdg'),
      },
      resources: {
        cpu: { request: kplus.Cpu.millis(500), limit: kplus.Cpu.units(1) },
        memory: { request: Size.gibibytes(2), limit: Size.gibibytes(2) },
        ephemeralStorage: { request: Size.gibibytes(2), limit: Size.gibibytes(2) },
      },
      securityContext: { user: 65532, group: 65532, ensureNonRoot: true },
      startup: kplus.Probe.fromHttpGet('/healthz', {
        port: 5000, periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(10), failureThreshold: 30,
      }),
      readiness: kplus.Probe.fromHttpGet('/healthz', { port: 5000, periodSeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(5) }),
      liveness: kplus.Probe.fromTcpSocket({
        port: 5000, periodSeconds: Duration.seconds(10), timeoutSeconds: Duration.seconds(10), failureThreshold: 6,
      }),
      volumeMounts: [
        { path: '/tmp', volume: kplus.Volume.fromEmptyDir(scope, `${name}-tmp`, 'tmp', { sizeLimit: Size.mebibytes(256) }) },
        { path: '/cache', volume: kplus.Volume.fromEmptyDir(scope, `${name}-cache`, 'cache', { sizeLimit: Size.gibibytes(1) }) },
      ],
    }],
  });
  deployment.select(kplus.LabelSelector.of({ labels: selected }));
  const labelSelector = { matchLabels: selected };
  ApiObject.of(deployment).addJsonPatch(
    JsonPatch.add('/spec/revisionHistoryLimit', 5),
    JsonPatch.remove('/spec/minReadySeconds'),
    JsonPatch.remove('/spec/progressDeadlineSeconds'),
    JsonPatch.remove('/spec/template/metadata/labels/cdk8s.io~1metadata.addr'),
    JsonPatch.remove('/spec/template/spec/restartPolicy'),
    JsonPatch.remove('/spec/template/spec/dnsPolicy'),
    JsonPatch.remove('/spec/template/spec/hostNetwork'),
    JsonPatch.remove('/spec/template/spec/setHostnameAsFqdn'),
    JsonPatch.add('/spec/template/spec/enableServiceLinks', false),
    JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', { type: 'RuntimeDefault' }),
    JsonPatch.add('/spec/template/spec/affinity', {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } }],
      },
    }),
    JsonPatch.add('/spec/template/spec/topologySpreadConstraints', [
      { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector },
    ]),
    JsonPatch.add('/spec/template/spec/containers/0/securityContext/capabilities', { drop: ['ALL'] }),
    JsonPatch.add('/spec/template/spec/containers/0/lifecycle', { preStop: { exec: { command: ['/bin/sleep', '15'] } } }),
  );

  const service = new kplus.Service(scope, `${name}-service`, { metadata, selector: pods, ports: [{ name: 'http', port: 5000, targetPort: 5000 }] });
  ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/type'), JsonPatch.remove('/spec/externalIPs'));
  new ApiObject(scope, `${name}-budget`, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selected } },
  });
  const policy = new kplus.NetworkPolicy(scope, `${name}-policy`, {
    metadata,
    selector: pods,
    ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
    egress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
  });
  const port = kplus.k8s.IntOrString.fromNumber(53);
  ApiObject.of(policy).addJsonPatch(JsonPatch.replace('/spec/policyTypes', ['Ingress', 'Egress']), JsonPatch.add('/spec/egress', [{
    to: [
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } },
      ...['169.254.20.10/32', '169.254.10.11/32', '169.254.169.254/32'].map(cidr => ({ ipBlock: { cidr } })),
    ],
    ports: [{ protocol: 'UDP', port }, { protocol: 'TCP', port }],
  }]));
  const scaler = new kplus.HorizontalPodAutoscaler(scope, `${name}-scaler`, {
    metadata,
    target: deployment,
    minReplicas: 2,
    maxReplicas: 10,
    metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(50))],
  });
  ApiObject.of(scaler).addJsonPatch(JsonPatch.replace('/spec/behavior', { scaleDown: { stabilizationWindowSeconds: 300 } }));
}
