/**
 * What every workload of the library promises of its security, as a list of what a manifest breaks.
 *
 * The pod's part is Pod Security "restricted"; the rest is what the defaults promise beside it. Written from the standard, and apart
 * from the code that it judges.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function brokenPromises(objects: any[]): string[] {
  const broken: string[] = [];
  for (const deployment of objects.filter(o => o.kind === 'Deployment')) {
    broken.push(...ofPod(deployment.spec.template.spec).map(text => `${deployment.metadata.name}: ${text}`));
    broken.push(...ofSurroundings(deployment, objects).map(text => `${deployment.metadata.name}: ${text}`));
  }
  return broken;
}

const SAFE_SYSCTLS = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range',
];
const SAFE_VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret'];

function ofPod(pod: any): string[] {
  const broken: string[] = [];
  const hold = (good: boolean, text: string) => { if (!good) { broken.push(text); } };
  hold(!pod.hostNetwork && !pod.hostPID && !pod.hostIPC, 'shares a namespace with its node');
  hold(pod.automountServiceAccountToken === false, 'mounts a token');
  hold(typeof pod.serviceAccountName === 'string', 'runs as the default service account');
  hold(pod.enableServiceLinks === false, 'gets a variable for every Service');
  hold(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile');
  hold(pod.securityContext?.runAsNonRoot === true, 'may run as root');
  hold(pod.securityContext?.runAsUser > 0, 'has no user id of the pod');
  hold(pod.securityContext?.runAsGroup > 0, 'has no group id of the pod');
  hold(pod.securityContext?.fsGroup > 0, 'has no group of its volumes');
  hold(pod.securityContext?.fsGroupChangePolicy === 'OnRootMismatch', 'changes the owner of every file at each start');
  for (const { name } of pod.securityContext?.sysctls ?? []) { hold(SAFE_SYSCTLS.includes(name), `sets ${name}`); }
  for (const volume of pod.volumes ?? []) {
    hold(SAFE_VOLUMES.some(type => volume[type]), `has the volume ${volume.name} of a type that is not allowed`);
    if (volume.emptyDir) { hold(volume.emptyDir.sizeLimit !== undefined, `has the volume ${volume.name} without a limit`); }
    if (volume.secret) { hold(volume.secret.defaultMode !== undefined && volume.secret.defaultMode % 8 === 0, `lets everyone read ${volume.name}`); }
  }
  for (const container of [...pod.initContainers ?? [], ...pod.containers]) {
    broken.push(...ofContainer(container).map(text => `${container.name} ${text}`));
  }
  return broken;
}

function ofContainer(container: any): string[] {
  const broken: string[] = [];
  const hold = (good: boolean, text: string) => { if (!good) { broken.push(text); } };
  const security = container.securityContext ?? {};
  hold(security.allowPrivilegeEscalation === false, 'may gain privileges');
  hold(security.privileged !== true, 'is privileged');
  hold(security.runAsNonRoot === true, 'may run as root');
  hold(security.runAsUser > 0, 'has no user id');
  hold(security.runAsGroup > 0, 'has no group id');
  hold(security.readOnlyRootFilesystem === true, 'may write to its root');
  hold(security.procMount === undefined || security.procMount === 'Default', 'sees more of /proc');
  hold(security.capabilities?.drop?.includes('ALL') === true, 'keeps capabilities');
  hold((security.capabilities?.add ?? []).every((c: string) => c === 'NET_BIND_SERVICE'), 'adds capabilities');
  for (const port of container.ports ?? []) { hold(port.hostPort === undefined, 'takes a port of its node'); }
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    hold(container[probe]?.httpGet?.host === undefined && container[probe]?.tcpSocket?.host === undefined, `has a ${probe} of another host`);
  }
  for (const resource of ['cpu', 'memory', 'ephemeral-storage']) {
    for (const list of ['requests', 'limits']) { hold(container.resources?.[list]?.[resource] !== undefined, `has no ${resource} in its ${list}`); }
  }
  hold(container.resources?.requests?.memory === container.resources?.limits?.memory, 'may take more memory than it asked for');
  hold(container.imagePullPolicy === 'Always', 'runs images without asking the registry');
  hold(!/:latest$/.test(container.image) && /[:@]/.test(container.image.split('/').pop()), 'runs an image without a version');
  return broken;
}

function ofSurroundings(deployment: any, objects: any[]): string[] {
  const broken: string[] = [];
  const hold = (good: boolean, text: string) => { if (!good) { broken.push(text); } };
  const { name } = deployment.metadata;
  const pod = deployment.spec.template;
  const selects = (selector: any) => {
    const labels = Object.entries(selector?.matchLabels ?? {});
    return labels.length > 0 && labels.every(([key, value]) => pod.metadata.labels[key] === value);
  };
  const beside = objects.filter(o => o.metadata.namespace === deployment.metadata.namespace);
  const account = beside.find(o => o.kind === 'ServiceAccount' && o.metadata.name === pod.spec.serviceAccountName);
  hold(account?.automountServiceAccountToken === false, 'has no service account without a token');
  const policy = beside.find(o => o.kind === 'NetworkPolicy' && selects(o.spec.podSelector));
  hold(policy !== undefined, 'has no network policy');
  for (const type of ['Ingress', 'Egress']) { hold(policy?.spec.policyTypes?.includes(type) === true, `has an open policy for ${type}`); }
  hold((policy?.spec.egress ?? []).every((rule: any) => rule.to?.length > 0 && rule.ports?.length > 0), 'reaches everything');
  const blocks = (policy?.spec.egress ?? []).flatMap((rule: any) => rule.to ?? []).filter((to: any) => to.ipBlock?.cidr === '0.0.0.0/0');
  for (const server of ['169.254.169.254/32', '100.100.100.200/32', '168.63.129.16/32']) {
    hold(blocks.every((to: any) => to.ipBlock.except?.includes(server)), `reaches the metadata server at ${server}`);
  }
  const budget = beside.find(o => o.kind === 'PodDisruptionBudget' && selects(o.spec.selector));
  hold(budget?.spec.maxUnavailable === 1, `has no disruption budget beside ${name}`);
  return broken;
}
