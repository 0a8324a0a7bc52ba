import { beside, containerRule, objectRule, podRule, Rule, selects } from './rule';
import { podTemplates } from '../../manifest';

const SENSITIVE_HOST_FOLDERS = ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/sys', '/usr'];
const UNSAFE_SYSCTLS = /^(kernel\.(msg|sem|shm)|fs\.mqueue\.|net\.)/;

/**
 * The checks that kube-linter has on by default and that concern what the library emits.
 *
 * @see https://docs.kubelinter.io/#/generated/checks
 */
export const kubeLinterRules: Rule[] = [
  containerRule('drop-net-raw-capability', ({ container }) => !dropped(container).some((name) => /^(ALL|NET_RAW)$/i.test(name))),
  containerRule('duplicate-env-var', ({ container }) => {
    const names = (container.env ?? []).map(({ name }: { name: string }) => name);
    return new Set(names).size < names.length;
  }),
  containerRule('env-var-secret', ({ container }) => (container.env ?? []).some(({ name, value }: any) => /secret/i.test(name) && value)),
  containerRule('latest-tag', ({ container: { image } }) => /:latest$/.test(image) || !image.includes(':') || /^.*\/[^:]+$/.test(image)),
  containerRule('no-read-only-root-fs', ({ container }) => container.securityContext?.readOnlyRootFilesystem !== true),
  containerRule('privilege-escalation-container', ({ container }) => container.securityContext?.allowPrivilegeEscalation !== false),
  containerRule('privileged-container', ({ container }) => container.securityContext?.privileged === true),
  containerRule('run-as-non-root', ({ container, pod }) => {
    const user = container.securityContext?.runAsUser ?? pod.securityContext?.runAsUser;
    const nonRoot = container.securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot;
    return user === 0 || (user === undefined && nonRoot !== true);
  }),
  containerRule('ssh-port', ({ container }) => (container.ports ?? []).some(({ containerPort }: any) => containerPort === 22)),
  containerRule('unset-cpu-requirements', ({ container }) => !container.resources?.requests?.cpu),
  containerRule('unset-memory-requirements', ({ container }) => !container.resources?.limits?.memory),
  ...['liveness', 'readiness', 'startup'].map((probe) => containerRule(`${probe}-port`, ({ container }) => {
    const { httpGet, tcpSocket } = container[`${probe}Probe`] ?? {};
    const port = (httpGet ?? tcpSocket)?.port;
    return port !== undefined && !(container.ports ?? []).some(({ name, containerPort }: any) => port === name || port === containerPort);
  })),
  podRule('deprecated-service-account-field', ({ pod }) => pod.serviceAccount !== undefined),
  podRule('host-ipc', ({ pod }) => pod.hostIPC === true),
  podRule('host-network', ({ pod }) => pod.hostNetwork === true),
  podRule('host-pid', ({ pod }) => pod.hostPID === true),
  podRule('sensitive-host-mounts', ({ pod }) => (
    (pod.volumes ?? []).some(({ hostPath }: any) => hostPath && (SENSITIVE_HOST_FOLDERS.includes(hostPath.path) || /docker\.sock$/.test(hostPath.path))))),
  podRule('unsafe-sysctls', ({ pod }) => (pod.securityContext?.sysctls ?? []).some(({ name }: any) => UNSAFE_SYSCTLS.test(name))),
  podRule('mismatching-selector', ({ owner, labels }) => owner.spec.selector !== undefined && !selects(owner.spec.selector.matchLabels, labels)),
  podRule('no-anti-affinity', ({ owner, pod, labels }) => {
    const { podAntiAffinity = {} } = pod.affinity ?? {};
    const terms = [
      ...podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution ?? [],
      ...(podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }: any) => podAffinityTerm),
    ];
    const apart = terms.some(({ topologyKey, labelSelector }) => topologyKey === 'kubernetes.io/hostname' && selects(labelSelector?.matchLabels, labels));
    return owner.kind === 'Deployment' && owner.spec.replicas !== 1 && !apart;
  }),
  podRule('non-existent-service-account', ({ owner, pod, subject }) => {
    const { serviceAccountName = 'default' } = pod;
    return serviceAccountName !== 'default' && !beside(owner, 'ServiceAccount', subject).some(({ metadata }) => metadata.name === serviceAccountName);
  }),
  objectRule('dangling-service', 'Service', (service, subject) => {
    const { selector } = service.spec;
    return selector && !podTemplates(subject.objects).some(({ owner, metadata }) => (
      owner.metadata.namespace === service.metadata.namespace && selects(selector, metadata.labels ?? {})));
  }),
  objectRule('invalid-target-ports', 'Service', ({ spec }) => (spec.ports ?? []).some(({ targetPort }: any) => (
    typeof targetPort === 'string' ? !/^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(targetPort) : targetPort < 1 || targetPort > 65535))),
  objectRule('pdb-max-unavailable', 'PodDisruptionBudget', ({ spec }) => /^0%?$/.test(String(spec.maxUnavailable))),
  objectRule('pdb-min-available', 'PodDisruptionBudget', (budget, subject) => {
    const { minAvailable, selector } = budget.spec;
    const replicas = beside(budget, 'Deployment', subject)
      .filter(({ spec }) => selects(selector?.matchLabels, spec.template.metadata.labels))
      .map(({ spec }) => spec.replicas ?? 1);
    return minAvailable === '100%' || (typeof minAvailable === 'number' && replicas.some((count) => minAvailable >= count));
  }),
  objectRule('pdb-unhealthy-pod-eviction-policy', 'PodDisruptionBudget', ({ spec }) => spec.unhealthyPodEvictionPolicy === undefined),
  objectRule('job-ttl-seconds-after-finished', 'Job', ({ spec }) => spec.ttlSecondsAfterFinished === undefined),
];

function dropped(container: any): string[] {
  return container.securityContext?.capabilities?.drop ?? [];
}
