/** What a workload was asked for that its manifests alone don't tell. */
export interface Wanted {
  readonly gpu?: {
    readonly resourceName: string;
    readonly count: number;
    readonly nodeLabels?: { readonly [key: string]: string };
    /** The taints of the nodes, each as its key and effect. */
    readonly taints?: ReadonlyArray<{ readonly key: string; readonly value?: string; readonly effect: string }>;
  };
}

/** What every workload promises of how it runs, as a list of what its manifests break: probes, drain, placement, GPUs, Service, scaling. */
export function brokenOperation(objects: any[], wanted: { readonly [deployment: string]: Wanted } = {}): string[] {
  return objects.filter(o => o.kind === 'Deployment').flatMap(deployment => {
    const broken: string[] = [];
    const hold = (good: boolean, text: string) => { if (!good) { broken.push(`${deployment.metadata.name}: ${text}`); } };
    const beside = objects.filter(o => o.metadata.namespace === deployment.metadata.namespace);
    ofRollout(deployment, beside, hold);
    ofProbes(deployment, hold);
    ofPlacement(deployment.spec, hold);
    ofGpus(deployment, objects, wanted[deployment.metadata.name], hold);
    ofService(deployment, beside, hold);
    ofPolicy(deployment, beside, hold);
    return broken;
  });
}

/** What a namespace of the library's promises with its defaults, as a list of what its manifests break. */
export function brokenNamespaces(objects: any[]): string[] {
  return objects.filter(o => o.kind === 'Namespace').flatMap(({ metadata }) => {
    const broken: string[] = [];
    if (metadata.labels?.['pod-security.kubernetes.io/enforce'] !== 'restricted') { broken.push(`${metadata.name}: admits any pod`); }
    const closed = objects.filter(o => o.kind === 'NetworkPolicy' && o.metadata.namespace === metadata.name)
      .some(({ spec }) => spec.podSelector && Object.keys(spec.podSelector).length === 0 && ['Ingress', 'Egress'].every(type => spec.policyTypes?.includes(type)));
    return closed ? broken : [...broken, `${metadata.name}: leaves pods without a policy open`];
  });
}

type Hold = (good: boolean, text: string) => void;

function ofRollout({ metadata, spec }: any, beside: any[], hold: Hold): void {
  const pod = spec.template.spec;
  const [main] = pod.containers;
  const wait = main.lifecycle?.preStop?.sleep?.seconds ?? Number(main.lifecycle?.preStop?.exec?.command?.[1]);
  hold(wait > 0, 'stops before everyone knows');
  // A sidecar in the way of requests must go on for as long as the server does, where the kubelet can sleep for it.
  const sleeps = main.lifecycle?.preStop?.sleep !== undefined;
  hold(!sleeps || pod.containers.every(({ lifecycle }: any) => lifecycle?.preStop?.sleep?.seconds === wait), 'has a container that stops before the server');
  hold(pod.terminationGracePeriodSeconds > wait, 'is killed while it drains');
  hold(spec.revisionHistoryLimit >= 1, 'keeps every old version, or none');
  hold(['Recreate', 'RollingUpdate'].includes(spec.strategy?.type), 'has no strategy');
  if (spec.strategy?.type === 'RollingUpdate') {
    const { maxSurge, maxUnavailable } = spec.strategy.rollingUpdate ?? {};
    hold(maxSurge + maxUnavailable > 0, 'leaves its rolling update to percentages of few pods');
  }
  const scaler = beside.find(o => ['HorizontalPodAutoscaler', 'ScaledObject'].includes(o.kind) && o.spec.scaleTargetRef?.name === metadata.name);
  hold((spec.replicas === undefined) === (scaler !== undefined), 'has no number of pods, or two');
  if (scaler?.kind === 'HorizontalPodAutoscaler') {
    hold(scaler.spec.minReplicas >= 1 && scaler.spec.maxReplicas >= scaler.spec.minReplicas, 'is scaled without a range');
    hold(scaler.spec.metrics?.length > 0 && scaler.spec.scaleTargetRef?.kind === 'Deployment', 'is scaled on nothing');
    hold(scaler.spec.behavior?.scaleDown?.stabilizationWindowSeconds > 0, 'is scaled down at once');
  }
  const budget = beside.find(o => o.kind === 'PodDisruptionBudget' && o.metadata.name === metadata.name);
  hold(budget?.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow', 'keeps a node from being drained by a pod that is never ready');
}

function ofProbes({ spec }: any, hold: Hold): void {
  const [main] = spec.template.spec.containers;
  const { startupProbe, readinessProbe, livenessProbe } = main;
  const asks = (probe: any) => [probe?.httpGet, probe?.tcpSocket].some(handler => handler?.port !== undefined) || probe?.exec?.command?.length > 0;
  hold(asks(startupProbe), 'is not waited for while it loads');
  hold(asks(readinessProbe), 'gets requests before it is ready');
  hold(readinessProbe?.httpGet?.path === undefined || asks(livenessProbe), 'is not restarted when it hangs');
  for (const probe of [startupProbe, readinessProbe, livenessProbe]) {
    if (!probe) { continue; }
    hold(probe.httpGet === undefined || typeof probe.httpGet.path === 'string', 'is asked on no path');
    hold(probe.timeoutSeconds >= 5, 'fails a probe when it is busy for a second');
    hold(probe.periodSeconds >= 5, 'leaves the period of a probe to a default');
  }
  hold(startupProbe?.failureThreshold * startupProbe?.periodSeconds >= 60, 'gets less than a minute to load');
  hold(!livenessProbe || livenessProbe.failureThreshold >= 6, 'is restarted in a hurry');
}

function ofPlacement({ selector, template }: any, hold: Hold): void {
  const pod = template.spec;
  const own = (labels: any) => (
    Object.keys(labels ?? {}).length > 0 && Object.entries(labels).every(([key, value]) => template.metadata.labels[key] === value));
  hold(own(selector?.matchLabels), 'does not select its pods');
  const terms = pod.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const apart = (term: any) => term?.topologyKey === 'kubernetes.io/hostname' && own(term.labelSelector?.matchLabels);
  hold(terms.some((t: any) => t.weight > 0 && apart(t.podAffinityTerm)), 'puts its pods onto one node');
  const spread = { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' };
  const spreads = (c: any) => Object.entries(spread).every(([key, value]) => c[key] === value) && own(c.labelSelector?.matchLabels);
  hold((pod.topologySpreadConstraints ?? []).some(spreads), 'puts its pods into one zone');
}

function ofGpus({ spec }: any, objects: any[], wanted: Wanted | undefined, hold: Hold): void {
  const pod = spec.template.spec;
  const gpu = wanted?.gpu;
  if (!gpu) { return; }
  const [main] = pod.containers;
  for (const list of ['requests', 'limits']) { hold(main.resources?.[list]?.[gpu.resourceName] === String(gpu.count), `has no GPU in its ${list}`); }
  for (const { key, value, effect } of gpu.taints ?? [{ key: gpu.resourceName, effect: 'NoSchedule' }]) {
    const tolerates = (t: any) => t.key === key && t.effect === effect && (value === undefined ? t.operator === 'Exists' : t.value === value);
    hold((pod.tolerations ?? []).some(tolerates), `does not tolerate ${key}`);
  }
  for (const [key, value] of Object.entries(gpu.nodeLabels ?? {})) { hold(pod.nodeSelector?.[key] === value, `does not select nodes by ${key}`); }
  hold(objects.some(o => o.kind === 'PriorityClass' && o.metadata.name === pod.priorityClassName && o.value > 0), 'waits behind batch work');
  hold(main.volumeMounts?.some((mount: any) => mount.mountPath === '/dev/shm'), 'has 64 MB of shared memory');
}

function ofService({ metadata, spec }: any, beside: any[], hold: Hold): void {
  const service = beside.find(o => o.kind === 'Service' && o.metadata.name === metadata.name);
  const ports = spec.template.spec.containers[0].ports ?? [];
  hold(Object.entries(service?.spec.selector ?? { '': 1 }).every(([key, value]) => spec.template.metadata.labels[key] === value), 'has no service');
  const leads = (port: any) => port.port && ports.some((p: any) => p.name === port.targetPort);
  hold(service?.spec.ports?.length > 0 && service.spec.ports.every(leads), 'has a service without its port');
}

function ofPolicy({ metadata }: any, beside: any[], hold: Hold): void {
  const policy = beside.find(o => o.kind === 'NetworkPolicy' && o.metadata.name === metadata.name);
  const dns = (policy?.spec.egress ?? []).some((rule: any) => (
    rule.to?.length > 0 && ['UDP', 'TCP'].every(protocol => rule.ports?.some((p: any) => p.protocol === protocol && p.port === 53))));
  hold(dns, 'can\'t find any name');
  hold((policy?.spec.ingress ?? []).every((rule: any) => rule.ports?.length > 0), 'is open on every port');
}
