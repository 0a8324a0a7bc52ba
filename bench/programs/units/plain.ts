/** The objects of "hand-written" as data: what a program makes that types nothing and checks nothing. */
export function plainUnit(name: string): any[] {
  const labels = { app: name };
  const metadata = { name, labels };
  const quantities = (cpu: string) => ({ cpu, memory: '512Mi' });
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'settings.yaml': `name: ${name}\nthreads: 4\n`, 'level': 'info' }, immutable: false },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        minReadySeconds: 0,
        progressDeadlineSeconds: 600,
        selector: { matchLabels: labels },
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            dnsPolicy: 'ClusterFirst',
            hostNetwork: false,
            restartPolicy: 'Always',
            setHostnameAsFQDN: false,
            terminationGracePeriodSeconds: 45,
            serviceAccountName: name,
            securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532, fsGroupChangePolicy: 'Always' },
            containers: [{
              name: 'web',
              image: `docker.io/example/${name}:1.4.2`,
              imagePullPolicy: 'Always',
              args: ['--port=8080', '--workers=2'],
              ports: [{ name: 'http', containerPort: 8080 }],
              env: [
                { name: 'LOG_LEVEL', value: 'info' },
                { name: 'MODEL_NAME', value: name },
                { name: 'OMP_NUM_THREADS', value: '1' },
                { name: 'HOME', value: '/tmp' },
                { name: 'LEVEL', valueFrom: { configMapKeyRef: { name, key: 'level' } } },
              ],
              resources: { requests: quantities('250m'), limits: quantities('500m') },
              securityContext: { allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, runAsNonRoot: true },
              startupProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5, failureThreshold: 60 },
              readinessProbe: { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' }, periodSeconds: 5, failureThreshold: 3 },
              livenessProbe: { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' }, periodSeconds: 10, failureThreshold: 6 },
              volumeMounts: [{ name: 'config', mountPath: '/config', readOnly: true }, { name: 'tmp', mountPath: '/tmp' }],
            }],
            volumes: [{ name: 'config', configMap: { name } }, { name: 'tmp', emptyDir: { sizeLimit: '256Mi' } }],
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { externalIPs: [], ports: [{ name: 'http', port: 80, targetPort: 8080 }], selector: labels, type: 'ClusterIP' },
    },
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: 2,
        maxReplicas: 10,
        metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } }],
        behavior: {
          scaleDown: { policies: [{ type: 'Pods', value: 2, periodSeconds: 300 }], selectPolicy: 'Max', stabilizationWindowSeconds: 300 },
          scaleUp: {
            policies: [{ type: 'Pods', value: 4, periodSeconds: 60 }, { type: 'Percent', value: 200, periodSeconds: 60 }],
            selectPolicy: 'Max',
            stabilizationWindowSeconds: 0,
          },
        },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Egress', 'Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 8080, protocol: 'TCP' }] }],
        egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }], ports: [{ port: 443, protocol: 'TCP' }] }],
      },
    },
    { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { maxUnavailable: 1, selector: { matchLabels: labels } } },
  ];
}
