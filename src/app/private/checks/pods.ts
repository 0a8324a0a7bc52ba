import { checkContainer } from './containers';
import { isDnsLabel, isQualifiedName, isSubdomain } from './formats';
import { checkLabels, checkMetadata, checkSelector } from './metadata';
import { Report } from './report';
import { checkAmount } from './resources';
import { checkClaim } from './storage';

/** Where each kind has its pod template; a pod is its own. */
const TEMPLATES: { readonly [kind: string]: string } = {
  'v1/Pod': '',
  'v1/PodTemplate': 'template',
  'v1/ReplicationController': 'spec.template',
  'apps/v1/Deployment': 'spec.template',
  'apps/v1/ReplicaSet': 'spec.template',
  'apps/v1/StatefulSet': 'spec.template',
  'apps/v1/DaemonSet': 'spec.template',
  'batch/v1/Job': 'spec.template',
  'batch/v1/CronJob': 'spec.jobTemplate.spec.template',
};

/** The pod template of a manifest, and where it is; undefined for what makes no pods. */
export function podTemplateOf(manifest: any): { template: any; at: string } | undefined {
  const at = TEMPLATES[`${manifest.apiVersion}/${manifest.kind}`];
  if (at === undefined) { return undefined; }
  const template = at === '' ? manifest : at.split('.').reduce((value, key) => value?.[key], manifest);
  return { template, at };
}

/** Everything that makes pods. */
export function checkPods(manifest: any, report: Report): void {
  const found = podTemplateOf(manifest);
  if (!found) { return; }
  const { template, at } = found;
  if (at !== '') { checkMetadata(template?.metadata, `${at}.metadata`, report); }
  checkPodSpec(template?.spec, at === '' ? 'spec' : `${at}.spec`, manifest, report);
}

/** Containers of a pod share one network, so that the second one that listens on a port fails to start. */
function warnOfSharedPorts(container: string, ports: readonly any[], listeners: Map<string, string>, report: Report): void {
  for (const port of ports) {
    const id = `${port?.protocol ?? 'TCP'} port ${port?.containerPort}`;
    const other = listeners.get(id);
    if (other !== undefined && other !== container) { report.warn(`its containers "${other}" and "${container}" both listen on ${id}, and a pod has only one; change one of them`); }
    listeners.set(id, container);
  }
}

function checkPodSpec(spec: any, at: string, manifest: any, report: Report): void {
  const pod = report.map(at, spec);
  const volumes = checkVolumes(pod.volumes, `${at}.volumes`, report);
  // a StatefulSet adds a volume for each of its claims
  for (const claim of report.list('spec.volumeClaimTemplates', manifest.spec?.volumeClaimTemplates)) { volumes.add(claim?.metadata?.name); }
  const containers = report.list(`${at}.containers`, pod.containers);
  if (containers.length === 0) { report.refuse(`${at}.containers`, pod.containers, 'have at least one container'); }
  const names = new Set<string>();
  const portNames = new Set<string>();
  const listeners = new Map<string, string>();
  const initContainers = report.list(`${at}.initContainers`, pod.initContainers);
  for (const [field, list] of [['initContainers', initContainers], ['containers', containers]] as const) {
    list.forEach((container, i) => {
      const where = `${at}.${field}[${i}]`;
      if (typeof container !== 'object' || container === null) {
        report.refuse(where, container, 'be a container');
        return;
      }
      checkContainer(container, where, volumes, report);
      if (field === 'initContainers') { checkInit(container, where, report); }
      if (names.has(container.name)) { report.refuse(`${where}.name`, container.name, 'be the name of one container', 'rename it'); }
      names.add(container.name);
      const ports: any[] = Array.isArray(container.ports) ? container.ports : [];
      if (field === 'containers') { warnOfSharedPorts(container.name, ports, listeners, report); }
      for (const name of new Set<string>(ports.map(port => port?.name))) {
        if (name === undefined) { continue; }
        if (portNames.has(name)) { report.refuse(`${where}.ports`, name, 'be the name of one port of the pod, or a Service can\'t tell which', 'rename it'); }
        portNames.add(name);
      }
    });
  }
  checkPlacement(pod, at, report);
  checkSettings(pod, at, report);
}

/** Probes and hooks are for containers that stay, which among the first ones are those that are restarted. */
function checkInit(container: any, at: string, report: Report): void {
  if (container.restartPolicy === 'Always') { return; }
  for (const field of ['startupProbe', 'readinessProbe', 'livenessProbe', 'lifecycle']) {
    if (container[field] === undefined || container[field] === null) { continue; }
    report.refuse(`${at}.${field}`, container[field], 'be left out of a container that runs before the others and ends', 'give it restartPolicy "Always" where it is to stay');
  }
}

function checkVolumes(volumes: unknown, at: string, report: Report): Set<string> {
  const names = new Set<string>();
  report.list(at, volumes).forEach((volume, i) => {
    const { name, ...sources } = volume ?? {};
    if (!isDnsLabel(name)) { report.refuse(`${at}[${i}].name`, name, 'be at most 63 lower case letters, digits and "-", that starts and ends with a letter or digit'); }
    if (names.has(name)) { report.refuse(`${at}[${i}].name`, name, 'be the name of one volume', 'rename it'); }
    names.add(name);
    if (Object.keys(sources).length > 1) { report.refuse(`${at}[${i}]`, Object.keys(sources), 'have one source'); }
    const { emptyDir, secret, configMap, persistentVolumeClaim, ephemeral } = sources as any;
    if (emptyDir?.sizeLimit !== undefined) { checkAmount('storage', emptyDir.sizeLimit, `${at}[${i}].emptyDir.sizeLimit`, report); }
    for (const [field, source, ref] of [
      ['secret.secretName', secret, secret?.secretName],
      ['configMap.name', configMap, configMap?.name],
      ['persistentVolumeClaim.claimName', persistentVolumeClaim, persistentVolumeClaim?.claimName],
    ]) {
      if (source !== undefined && !isSubdomain(ref)) { report.refuse(`${at}[${i}].${field}`, ref, 'be the name of an object'); }
    }
    if (ephemeral) { checkClaim(ephemeral.volumeClaimTemplate?.spec, `${at}[${i}].ephemeral.volumeClaimTemplate.spec`, report); }
  });
  return names;
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

function checkPlacement(pod: any, at: string, report: Report): void {
  checkLabels(pod.nodeSelector, `${at}.nodeSelector`, report);
  report.list(`${at}.tolerations`, pod.tolerations).forEach((toleration, i) => {
    const { key, operator, value, effect } = toleration ?? {};
    const where = `${at}.tolerations[${i}]`;
    if (effect !== '') { report.oneOf(`${where}.effect`, effect, EFFECTS); }
    report.oneOf(`${where}.operator`, operator, ['Equal', 'Exists', 'Lt', 'Gt']);
    if (key !== undefined && key !== '' && !isQualifiedName(key)) { report.refuse(`${where}.key`, key, 'be a taint\'s key'); }
    if (operator === 'Exists' && value !== undefined && value !== '') { report.refuse(`${where}.value`, value, 'be left out with the operator Exists'); }
    if (!key && operator !== 'Exists') { report.refuse(`${where}.operator`, operator, 'be Exists when there is no key'); }
  });
  for (const kind of ['podAffinity', 'podAntiAffinity']) {
    const affinity = pod.affinity?.[kind];
    const terms: Array<[string, any]> = [];
    report.list(`${at}.affinity.${kind}`, affinity?.preferredDuringSchedulingIgnoredDuringExecution).forEach((term, i) => {
      const where = `${at}.affinity.${kind}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
      report.integer(`${where}.weight`, term?.weight ?? NaN, 1, 100);
      terms.push([`${where}.podAffinityTerm`, term?.podAffinityTerm]);
    });
    report.list(`${at}.affinity.${kind}`, affinity?.requiredDuringSchedulingIgnoredDuringExecution)
      .forEach((term, i) => terms.push([`${at}.affinity.${kind}.requiredDuringSchedulingIgnoredDuringExecution[${i}]`, term]));
    for (const [where, term] of terms) {
      if (!isQualifiedName(term?.topologyKey)) { report.refuse(`${where}.topologyKey`, term?.topologyKey, 'be the key of a node\'s label'); }
      checkSelector(term?.labelSelector, `${where}.labelSelector`, report);
    }
  }
  report.list(`${at}.affinity.nodeAffinity`, pod.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution).forEach((term, i) => {
    report.integer(`${at}.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[${i}].weight`, term?.weight ?? NaN, 1, 100);
  });
  report.list(`${at}.topologySpreadConstraints`, pod.topologySpreadConstraints).forEach((constraint, i) => {
    const where = `${at}.topologySpreadConstraints[${i}]`;
    report.integer(`${where}.maxSkew`, constraint?.maxSkew ?? NaN, 1);
    report.oneOf(`${where}.whenUnsatisfiable`, constraint?.whenUnsatisfiable ?? '', ['DoNotSchedule', 'ScheduleAnyway']);
    if (!isQualifiedName(constraint?.topologyKey)) { report.refuse(`${where}.topologyKey`, constraint?.topologyKey, 'be the key of a node\'s label'); }
    checkSelector(constraint?.labelSelector, `${where}.labelSelector`, report);
  });
}

function checkSettings(pod: any, at: string, report: Report): void {
  for (const field of ['hostname', 'subdomain']) {
    if (pod[field] !== undefined && !isDnsLabel(pod[field])) {
      report.refuse(`${at}.${field}`, pod[field], 'be at most 63 lower case letters, digits and "-", that starts and ends with a letter or digit');
    }
  }
  for (const field of ['serviceAccountName', 'priorityClassName', 'runtimeClassName', 'nodeName']) {
    if (pod[field] !== undefined && pod[field] !== '' && !isSubdomain(pod[field])) { report.refuse(`${at}.${field}`, pod[field], 'be the name of an object'); }
  }
  report.list(`${at}.imagePullSecrets`, pod.imagePullSecrets).forEach((secret, i) => {
    if (!isSubdomain(secret?.name)) { report.refuse(`${at}.imagePullSecrets[${i}].name`, secret?.name, 'be the name of a secret'); }
  });
  report.integer(`${at}.terminationGracePeriodSeconds`, pod.terminationGracePeriodSeconds, 0);
  report.integer(`${at}.activeDeadlineSeconds`, pod.activeDeadlineSeconds, 1);
  const security = report.map(`${at}.securityContext`, pod.securityContext);
  for (const field of ['runAsUser', 'runAsGroup', 'fsGroup']) { report.integer(`${at}.securityContext.${field}`, security[field], 0); }
  if (security.runAsNonRoot === true && security.runAsUser === 0) {
    report.refuse(`${at}.securityContext.runAsUser`, 0, 'not be 0 with runAsNonRoot', 'give another user');
  }
  report.oneOf(`${at}.restartPolicy`, pod.restartPolicy, ['Always', 'OnFailure', 'Never']);
  report.oneOf(`${at}.dnsPolicy`, pod.dnsPolicy, ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None']);
}
