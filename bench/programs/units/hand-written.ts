import { ApiObject, Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** One app as a user of cdk8s-plus writes it: seven objects. */
export function unit(scope: Construct, name: string): void {
  const labels = { app: name };
  const metadata = { name, labels };
  const pods = kplus.Pods.select(scope, `${name}-pods`, { labels });
  const account = new kplus.ServiceAccount(scope, `${name}-account`, { metadata });
  const config = new kplus.ConfigMap(scope, `${name}-config`, { metadata, data: { 'settings.yaml': `name: ${name}\nthreads: 4\n`, 'level': 'info' } });
  const deployment = new kplus.Deployment(scope, `${name}-deployment`, {
    metadata,
    select: false,
    podMetadata: { labels },
    serviceAccount: account,
    automountServiceAccountToken: false,
    securityContext: { ensureNonRoot: true, user: 65532, group: 65532, fsGroup: 65532 },
    terminationGracePeriod: Duration.seconds(45),
    containers: [{
      name: 'web',
      image: `docker.io/example/${name}:1.4.2`,
      ports: [{ name: 'http', number: 8080 }],
      args: ['--port=8080', '--workers=2'],
      envVariables: {
        LOG_LEVEL: kplus.EnvValue.fromValue('info'),
        MODEL_NAME: kplus.EnvValue.fromValue(name),
        OMP_NUM_THREADS: kplus.EnvValue.fromValue('1'),
        HOME: kplus.EnvValue.fromValue('/tmp'),
        LEVEL: kplus.EnvValue.fromConfigMap(config, 'level'),
      },
      resources: {
        cpu: { request: kplus.Cpu.millis(250), limit: kplus.Cpu.millis(500) },
        memory: { request: Size.mebibytes(512), limit: Size.mebibytes(512) },
      },
      startup: kplus.Probe.fromTcpSocket({ port: 8080, failureThreshold: 60, periodSeconds: Duration.seconds(5) }),
      readiness: kplus.Probe.fromHttpGet('/healthz', { port: 8080, periodSeconds: Duration.seconds(5) }),
      liveness: kplus.Probe.fromHttpGet('/healthz', { port: 8080, periodSeconds: Duration.seconds(10), failureThreshold: 6 }),
      volumeMounts: [
        { path: '/config', volume: kplus.Volume.fromConfigMap(scope, `${name}-config-volume`, config, { name: 'config' }), readOnly: true },
        { path: '/tmp', volume: kplus.Volume.fromEmptyDir(scope, `${name}-tmp`, 'tmp', { sizeLimit: Size.mebibytes(256) }) },
      ],
    }],
  });
  deployment.select(kplus.LabelSelector.of({ labels }));
  new kplus.Service(scope, `${name}-service`, { metadata, selector: pods, ports: [{ name: 'http', port: 80, targetPort: 8080 }] });
  new kplus.HorizontalPodAutoscaler(scope, `${name}-scaler`, {
    metadata, target: deployment, minReplicas: 2, maxReplicas: 10, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(50))],
  });
  new kplus.NetworkPolicy(scope, `${name}-policy`, {
    metadata,
    selector: pods,
    ingress: { rules: [{ peer: kplus.NetworkPolicyIpBlock.ipv4(scope, `${name}-callers`, '10.0.0.0/8'), ports: [kplus.NetworkPolicyPort.tcp(8080)] }] },
    egress: { rules: [{ peer: kplus.NetworkPolicyIpBlock.ipv4(scope, `${name}-out`, '0.0.0.0/0', ['169.254.169.254/32']), ports: [kplus.NetworkPolicyPort.tcp(443)] }] },
  });
  new ApiObject(scope, `${name}-budget`, {
    apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
  });
}
