import { ApiObject, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import {
  Deployment, EnvValue, IngressBackend, NetworkPolicyIpBlock, NetworkPolicyPort, Node, NodeLabelQuery, NodeTaintQuery, Pods,
  ServicePort, Topology, Volume,
} from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  AutoscaledFrontend, Cloud, Config, Exposure, ModelCache, ModelServer, ModelServingApp, ModelSource, Priority, Prometheus, Rollout, Scaling, Tls,
} from '../../src';
import { chartOf, front, IMAGE, mainOf, only, podOf, pool, serve, written } from '../support/workloads';

const VLLM = ModelServer.vllm({ version: '0.11.0' });

/** Workloads that have between them every part that there is. */
function every(): Array<[string, () => { workload: Construct; part: Construct | undefined }]> {
  const llm = () => serve({
    server: VLLM,
    model: ModelSource.huggingFace('org/model', { revision: 'a'.repeat(40), size: Size.gibibytes(1), cache: ModelCache.newClaim() }),
    gpu: { pool: pool() },
    rollout: Rollout.recreate(),
    scaling: Scaling.waitingRequests({ min: 1, max: 1, perReplica: 5 }),
    config: Config.fromLiterals({ A: '1' }),
    exposure: Exposure.gateway({ gateway: 'public', gatewayNamespace: 'gateways', hosts: ['llm.example.com'] } as any),
  });
  const web = () => front({ exposure: Exposure.ingress({ hosts: ['web.example.com'], tls: Tls.secret('web') } as any), priority: Priority.of('web', 5) });
  const gke = () => serve({
    exposure: Exposure.gateway({ cloud: Cloud.GKE, hosts: ['llm.example.com'], className: 'gke-l7-global-external-managed', tls: Tls.secret('llm') }),
  });
  const policies = gke().routePolicies.map((_, index): [string, () => { workload: Construct; part: Construct }] => [
    `routePolicies[${index}]`, () => { const workload = gke(); return { workload, part: workload.routePolicies[index] }; },
  ]);
  const of = (make: () => any, name: string): [string, () => { workload: Construct; part: Construct | undefined }] => [
    name, () => { const workload = make(); return { workload, part: workload[name] }; },
  ];
  return [
    ...['deployment', 'service', 'serviceAccount', 'networkPolicy', 'disruptionBudget', 'scaledObject', 'podMonitor', 'config', 'priorityClass', 'modelClaim', 'httpRoute']
      .map(name => of(llm, name)),
    ...['autoscaler', 'ingress', 'deployment', 'service', 'serviceAccount', 'networkPolicy', 'disruptionBudget', 'priorityClass'].map(name => of(web, name)),
    ...['gateway', 'redirectRoute', 'httpRoute'].map(name => of(gke, name)),
    ...policies,
  ];
}

test.each(every())('a patch of the part %s is in the output, also of fields that cdk8s-plus doesn\'t know', (_, make) => {
  const { workload, part } = make();
  expect(part).toBeDefined();
  const object = ApiObject.of(part!);
  const find = () => Chart.of(workload).toJson().find((o: any) => o.kind === object.kind && o.metadata.name === object.name);
  const future = find().spec ? '/spec/fieldOfTheFuture' : '/fieldOfTheFuture';
  object.addJsonPatch(JsonPatch.add('/metadata/labels', { patched: 'yes' }), JsonPatch.add(future, { deep: [1] }), JsonPatch.add('/another', 'one'));
  const output = find();
  expect(output).toMatchObject({ metadata: { labels: { patched: 'yes' } }, another: 'one' });
  expect((output.spec ?? output).fieldOfTheFuture).toEqual({ deep: [1] });
});

test('every part of a workload is among them', () => {
  const parts = new Set(every().map(([name]) => name.replace(/\[.*/, '')));
  const made = Object.keys(serve()).concat(Object.keys(front())).filter(name => !['node', 'workload', 'container', 'endpoint'].includes(name));
  expect(made.filter(name => !parts.has(name))).toEqual([]);
});

test('patches apply in the order in which they were given, and to what the library wrote', () => {
  const app = serve();
  ApiObject.of(app.deployment).addJsonPatch(JsonPatch.test('/spec/replicas', 1), JsonPatch.replace('/spec/replicas', 2));
  ApiObject.of(app.deployment).addJsonPatch(JsonPatch.test('/spec/replicas', 2), JsonPatch.remove('/spec/revisionHistoryLimit'));
  ApiObject.of(app.deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/hostUsers', false), JsonPatch.copy('/spec/replicas', '/spec/minReadySeconds'));
  const { spec } = only(written(app), 'Deployment');
  expect(spec).toMatchObject({ replicas: 2, minReadySeconds: 2, template: { spec: { hostUsers: false } } });
  expect(spec).not.toHaveProperty('revisionHistoryLimit');
});

test('rendering twice gives the same', () => {
  const app = serve({ gpu: { pool: pool() } });
  ApiObject.of(app.deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/tolerations/-', { operator: 'Exists' }));
  expect(written(app)).toEqual(written(app));
});

describe('cdk8s-plus\'s own verbs', () => {
  test('on scheduling: nodes, taints and other pods', () => {
    const chart = chartOf();
    const app = serve({ gpu: { pool: pool() } }, chart);
    const other = new Deployment(chart, 'Other', { containers: [{ image: IMAGE }] });
    app.deployment.scheduling.attract(Node.labeled(NodeLabelQuery.is('disk', 'nvme')));
    app.deployment.scheduling.tolerate(Node.tainted(NodeTaintQuery.is('team', 'vision')));
    app.deployment.scheduling.separate(other, { topology: Topology.HOSTNAME, weight: 10 });
    other.scheduling.colocate(app.deployment, { topology: Topology.ZONE });
    const pod = podOf(app);
    expect(pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions)
      .toEqual([{ key: 'disk', operator: 'In', values: ['nvme'] }]);
    expect(pod.nodeSelector).toEqual({ agentpool: 'a100' });
    expect(pod.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }, { key: 'team', operator: 'Equal', value: 'vision' }]);
    expect(pod.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution).toHaveLength(2);
    const beside = written(app).find(o => o.kind === 'Deployment' && o.metadata.name !== 'llama');
    expect(beside.spec.template.spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector)
      .toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'llama' } });
  });

  test('on the container: variables, mounts, ports', () => {
    const app = serve();
    app.container.env.addVariable('LATE', EnvValue.fromValue('yes'));
    app.container.mount('/late', Volume.fromEmptyDir(app, 'Late', 'late', { sizeLimit: Size.mebibytes(1) }));
    app.container.addPort({ number: 9999, name: 'late' });
    const main = mainOf(app);
    expect(main.env).toContainEqual({ name: 'LATE', value: 'yes' });
    expect(main.volumeMounts).toContainEqual({ mountPath: '/late', name: 'late' });
    expect(main.ports).toContainEqual({ containerPort: 9999, name: 'late' });
    expect(podOf(app).volumes).toContainEqual({ name: 'late', emptyDir: { sizeLimit: '1Mi' } });
  });

  test('on the deployment: containers, volumes, labels', () => {
    const app = serve();
    app.deployment.addContainer({ name: 'late', image: IMAGE });
    app.deployment.addVolume(Volume.fromEmptyDir(app, 'Late', 'late'));
    app.deployment.addHostAlias({ ip: '10.0.0.1', hostnames: ['db'] });
    app.deployment.metadata.addLabel('team', 'vision');
    app.deployment.podMetadata.addAnnotation('example.com/restarted', 'today');
    app.deployment.podMetadata.addLabel('team', 'vision');
    const { metadata, spec } = only(written(app), 'Deployment');
    expect(metadata.labels.team).toBe('vision');
    expect(spec.template.metadata).toMatchObject({ annotations: { 'example.com/restarted': 'today' }, labels: { team: 'vision' } });
    expect(spec.template.spec.containers.map((c: any) => c.name)).toEqual(['server', 'late']);
    expect(spec.template.spec).toMatchObject({ hostAliases: [{ ip: '10.0.0.1', hostnames: ['db'] }] });
    expect(spec.template.spec.volumes.map((v: any) => v.name)).toEqual(expect.arrayContaining(['tmp', 'late']));
  });

  test('on the service: ports, annotations, an ingress', () => {
    const app = serve();
    const ingress = app.service.exposeViaIngress('/v1');
    ingress.addRule('/v2', IngressBackend.fromService(app.service));
    app.service.bind(9090, { name: 'admin', targetPort: 9091 } as ServicePort);
    app.service.metadata.addAnnotation('example.com/note', 'x');
    const objects = written(app);
    expect(only(objects, 'Service').spec.ports).toEqual([{ name: 'http', port: 8080, targetPort: 'http' }, { name: 'admin', port: 9090, targetPort: 9091 }]);
    expect(only(objects, 'Service').metadata.annotations).toEqual({ 'example.com/note': 'x' });
    expect(only(objects, 'Ingress').spec.rules[0].http.paths.map((p: any) => [p.path, p.backend.service.name])).toEqual([['/v1', 'llama'], ['/v2', 'llama']]);
  });

  test('on the network policy: rules in both directions, after the library\'s', () => {
    const app = serve();
    const peer = NetworkPolicyIpBlock.ipv4(app, 'Range', '10.0.0.0/8');
    app.networkPolicy.addIngressRule(peer, [NetworkPolicyPort.tcp(8080)]);
    app.networkPolicy.addEgressRule(peer, [NetworkPolicyPort.tcp(5432)]);
    const { spec } = only(written(app), 'NetworkPolicy');
    expect(spec.ingress).toEqual([{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 8080, protocol: 'TCP' }] }]);
    expect(spec.egress).toHaveLength(2);
    expect(spec.egress[1]).toEqual({ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 5432, protocol: 'TCP' }] });
  });

  test('on connections, in both directions', () => {
    const chart = chartOf();
    const app = serve({}, chart);
    const other = new Deployment(chart, 'Other', { containers: [{ image: IMAGE, portNumber: 5432 }] });
    app.deployment.connections.allowTo(other);
    app.deployment.connections.allowFrom(Pods.select(chart, 'Batch', { labels: { app: 'batch' } }), { ports: [NetworkPolicyPort.tcp(8080)] });
    const policies = written(app).filter(o => o.kind === 'NetworkPolicy').map(o => JSON.stringify(o.spec));
    expect(policies.length).toBeGreaterThan(2);
    expect(policies.filter(text => text.includes('"podSelector":{"matchLabels":{"app.kubernetes.io/instance":"llama"}}')).length).toBeGreaterThan(2);
  });
});

test('parts that nobody asked for are not there', () => {
  const app: any = serve();
  const web: any = front({ replicas: 2 });
  for (const name of ['autoscaler', 'scaledObject', 'podMonitor', 'config', 'priorityClass', 'ingress', 'httpRoute', 'gateway', 'redirectRoute', 'modelClaim']) {
    expect([name, app[name], web[name]]).toEqual([name, undefined, undefined]);
  }
  expect([app.routePolicies, web.routePolicies]).toEqual([[], []]);
});

test('a program\'s Prometheus may be stated after the workload', () => {
  const chart = new Chart(chartOf().node.root as any, 'later', { namespace: 'models' });
  const app = new ModelServingApp(chart, 'llama', { server: VLLM, model: ModelSource.inImage('/m'), scaling: Scaling.waitingRequests({ min: 1, max: 2, perReplica: 1 }) });
  Prometheus.operator(chart, { address: 'http://other:9090', namespace: 'watch', labels: { release: 'kps' } });
  expect(only(written(app), 'PodMonitor').metadata.labels).toMatchObject({ release: 'kps' });
  expect(only(written(app), 'NetworkPolicy').spec.ingress[0].from[0].namespaceSelector.matchLabels).toEqual({ 'kubernetes.io/metadata.name': 'watch' });
  expect(only(written(app), 'ScaledObject').spec.triggers[0].metadata.serverAddress).toBe('http://other:9090');
});

test('both constructs are constructs that users may extend', () => {
  class Team extends AutoscaledFrontend {
    public constructor(scope: Construct, id: string) { super(scope, id, { image: IMAGE, port: 8080, startTimeout: Duration.minutes(1) }); }
  }
  expect(written(new Team(chartOf(), 'team')).map(o => o.metadata.name)).toContain('team');
});
