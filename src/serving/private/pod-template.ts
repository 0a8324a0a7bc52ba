import { DiskSpace, OTHER_DISK } from './container-resources';
import type { Resources } from './resources';
import type { WorkloadSpec } from './workload-spec';
import { mebibytes } from '../../private/numbers';

/** What the manifest of a Deployment gets that cdk8s-plus-27 has no words for. */
export interface PodTemplate {
  readonly spec: WorkloadSpec;
  readonly resources: Resources;
  /** The labels by which the pods are selected. */
  readonly podLabels: { readonly [key: string]: string };
  /** Disk space of the other containers, by name. */
  readonly disk: ReadonlyMap<string, DiskSpace>;
  readonly drainDelaySeconds: number;
  /** Whether preStop can be a sleep of the kubelet's, which needs no program in the image. */
  readonly hasSleepAction: boolean;
  /** What the user gave. */
  readonly podMetadata: { readonly labels?: { readonly [key: string]: string }; readonly annotations?: { readonly [key: string]: string } };
  readonly pullSecrets: readonly string[];
  readonly priorityClassName?: string;
}

/** Amends a rendered Deployment: scheduling, GPU, hardening, drain; and drops what only repeats Kubernetes' own defaults. */
export function amendDeployment(manifest: any, template: PodTemplate): void {
  const { spec, resources } = template;
  manifest.spec.revisionHistoryLimit = 5;
  dropDefaults(manifest.spec, { minReadySeconds: 0, progressDeadlineSeconds: 600 });
  const metadata = manifest.spec.template.metadata;
  // Selects pods for cdk8s-plus; ours are selected by instance, so that moving a construct moves no pod.
  delete metadata.labels?.['cdk8s.io/metadata.addr'];
  for (const map of ['labels', 'annotations'] as const) {
    const given = template.podMetadata[map];
    if (given && Object.hasOwn(given, 'constructor')) { metadata[map] = { ...metadata[map], constructor: (given as any).constructor }; }
  }

  const pod = manifest.spec.template.spec;
  dropDefaults(pod, { restartPolicy: 'Always', dnsPolicy: 'ClusterFirst', setHostnameAsFQDN: false, hostNetwork: false });
  pod.enableServiceLinks = false;
  if (template.priorityClassName) { pod.priorityClassName = template.priorityClassName; }
  if (template.pullSecrets.length > 0) {
    pod.imagePullSecrets = [...pod.imagePullSecrets ?? [], ...template.pullSecrets.map(name => ({ name }))];
  }
  pod.securityContext = { ...pod.securityContext, seccompProfile: { type: 'RuntimeDefault' } };
  const containers = [...pod.initContainers ?? [], ...pod.containers];
  const lowest = Math.min(...containers.flatMap(({ ports = [] }) => ports.map((port: any) => port.containerPort)));
  if (lowest < 1024) {
    // Even root may not open such a port without its capabilities; Pod Security "restricted" admits this parameter.
    pod.securityContext.sysctls = [{ name: 'net.ipv4.ip_unprivileged_port_start', value: String(lowest) }];
    manifest.metadata.annotations = {
      ...manifest.metadata.annotations,
      'ignore-check.kube-linter.io/unsafe-sysctls': `Kubernetes counts it as safe; it lets a container that is not root open port ${lowest}`,
    };
  }
  schedule(pod, template);
  for (const container of containers) {
    harden(container, pod.securityContext, container.name === spec.software ? undefined : template.disk.get(container.name) ?? OTHER_DISK);
    container.env &&= ordered(container.env);
  }
  for (const { emptyDir } of pod.volumes ?? []) {
    if (emptyDir?.sizeLimit) { emptyDir.sizeLimit = rounded(emptyDir.sizeLimit); }
  }
  drain(pod.containers, template);
  guard(pod.containers, spec);
  const main = pod.containers.find((c: any) => c.name === spec.software);
  if (main) { amendMain(main, template, resources); }
}

/** All containers go on for a while, since a proxy beside the server may be on the way of its requests. */
function drain(containers: any[], { spec, drainDelaySeconds: seconds, hasSleepAction }: PodTemplate): void {
  if (seconds === 0) { return; }
  for (const container of containers) {
    const main = container.name === spec.software;
    // Another image may have no program for it.
    if (!main && (container.lifecycle?.preStop || !hasSleepAction)) { continue; }
    container.lifecycle = {
      ...container.lifecycle,
      preStop: hasSleepAction ? { sleep: { seconds } } : { exec: { command: ['/bin/sleep', String(seconds)] } },
    };
  }
}

/** A sidecar whose liveness is asked for gets the time that the workload has to start, else a slow one would be restarted for ever. */
function guard(containers: any[], spec: WorkloadSpec): void {
  for (const container of containers) {
    if (container.name === spec.software || !container.livenessProbe || container.startupProbe) { continue; }
    const { initialDelaySeconds, successThreshold, ...asked } = container.livenessProbe;
    const periodSeconds = asked.periodSeconds ?? 10;
    container.startupProbe = { ...structuredClone(asked), periodSeconds, failureThreshold: Math.max(1, Math.ceil(spec.loadSeconds / periodSeconds)) };
  }
}

function amendMain(main: any, template: PodTemplate, resources: Resources): void {
  const { spec } = template;
  const ephemeral = mebibytes(resources.ephemeralMib);
  main.resources ??= {};
  for (const list of ['requests', 'limits']) {
    main.resources[list] = { ...main.resources[list], 'ephemeral-storage': ephemeral };
    if (spec.gpu) { main.resources[list][spec.gpu.resourceName] = String(spec.gpu.amount); }
  }
  for (const probe of [main.startupProbe, main.readinessProbe, main.livenessProbe]) {
    const handler = probe?.httpGet ?? probe?.tcpSocket;
    const named = handler && spec.ports.find(port => port.number === handler.port);
    if (named) { handler.port = named.name; }
    if (probe) { dropDefaults(probe.httpGet ?? {}, { scheme: 'HTTP' }); }
  }
}

function schedule(pod: any, template: PodTemplate): void {
  // One object each: the YAML library prints an object that stands twice as an alias.
  const labelSelector = () => ({ matchLabels: { ...template.podLabels } });
  const affinity = pod.affinity ??= {};
  const apart = affinity.podAntiAffinity ??= {};
  apart.preferredDuringSchedulingIgnoredDuringExecution = [
    ...apart.preferredDuringSchedulingIgnoredDuringExecution ?? [],
    { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: labelSelector() } },
  ];
  pod.topologySpreadConstraints = [
    ...pod.topologySpreadConstraints ?? [],
    { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: labelSelector() },
  ];
  const gpu = template.spec.gpu;
  if (!gpu) { return; }
  if (Object.keys(gpu.nodeLabels).length > 0) { pod.nodeSelector = { ...gpu.nodeLabels, ...pod.nodeSelector }; }
  const tolerations = [...gpu.tolerations, ...pod.tolerations ?? []];
  if (tolerations.length > 0) { pod.tolerations = tolerations; }
}

/** What Pod Security "restricted" and the linters ask of every container, also of those that a user added. */
function harden(container: any, podSecurity: any, disk: DiskSpace | undefined): void {
  const security = container.securityContext ??= {};
  security.allowPrivilegeEscalation ??= false;
  // cdk8s-plus says "CAP_NET_BIND_SERVICE", and Kubernetes "NET_BIND_SERVICE".
  const added = security.capabilities?.add?.map((capability: string) => capability.replace(/^CAP_/, ''));
  security.capabilities = { ...(added ? { add: added } : {}), drop: ['ALL'] };
  security.runAsUser ??= podSecurity.runAsUser;
  security.runAsGroup ??= podSecurity.runAsGroup;
  for (const list of ['requests', 'limits'] as const) {
    const quantities = container.resources?.[list];
    if (!quantities) { continue; }
    if (disk) { quantities['ephemeral-storage'] = mebibytes(list === 'requests' ? disk.request : disk.limit); }
    for (const name of Object.keys(quantities)) { quantities[name] = rounded(quantities[name]); }
  }
}

/** "25600Mi" and "8000m" as a person writes them. */
function rounded(quantity: unknown): unknown {
  const match = typeof quantity === 'string' && /^(\d+)(Mi|000m)$/.exec(quantity);
  if (!match) { return quantity; }
  return match[2] === 'Mi' ? mebibytes(Number(match[1])) : match[1];
}

/** By name, whatever the order they were given in, but each after those that its value refers to as $(NAME). */
function ordered(env: any[]): any[] {
  const sorted = [...env].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (!env.some(variable => String(variable.value).includes('$('))) { return sorted; }
  const byName = new Map(env.map(variable => [variable.name, variable]));
  const done = new Set<string>();
  const out: any[] = [];
  const visit = (variable: any, path: Set<string>) => {
    if (done.has(variable.name) || path.has(variable.name)) { return; }
    path.add(variable.name);
    for (const [, name] of String(variable.value ?? '').matchAll(/(?<!\$)\$\(([A-Za-z_][A-Za-z0-9_]*)\)/g)) {
      const other = byName.get(name);
      if (other) { visit(other, path); }
    }
    done.add(variable.name);
    out.push(variable);
  };
  for (const variable of sorted) { visit(variable, new Set()); }
  return out;
}

function dropDefaults(target: any, defaults: { [key: string]: unknown }): void {
  for (const [key, value] of Object.entries(defaults)) {
    if (target[key] === value) { delete target[key]; }
  }
}
