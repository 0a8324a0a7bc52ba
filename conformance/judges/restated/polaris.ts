import { beside, containerRule, objectRule, podRule, Rule, selects } from './rule';

const SENSITIVE_NAME = /^AWS_SECRET_ACCESS_KEY$|^GOOGLE_APPLICATION_CREDENTIALS$|^AZURE_.+KEY$|^OCI_CLI_KEY_CONTENT$|password|token|bearer|secret/i;
const DANGEROUS = ['SYS_ADMIN', 'NET_ADMIN', 'ALL'];
const PRIVATE_KEY = /-BEGIN\s+.*PRIVATE KEY-/i;

/**
 * The checks of polaris' own configuration that concern what the library emits, warnings included.
 *
 * @see https://polaris.docs.fairwinds.com/checks/reliability/
 */
export const polarisRules: Rule[] = [
  containerRule('tagNotSpecified', ({ container: { image } }) => !/:[^/]+$/.test(image) || /:latest$/.test(image)),
  containerRule('pullPolicyNotAlways', ({ container }) => container.imagePullPolicy !== 'Always'),
  containerRule('readinessProbeMissing', ({ container }) => !container.readinessProbe, { init: false }),
  containerRule('livenessProbeMissing', ({ container }) => !container.livenessProbe, { init: false }),
  ...['cpu', 'memory'].flatMap((resource) => [
    containerRule(`${resource}RequestsMissing`, ({ container }) => !container.resources?.requests?.[resource]),
    containerRule(`${resource}LimitsMissing`, ({ container }) => !container.resources?.limits?.[resource]),
  ]),
  containerRule('notReadOnlyRootFilesystem', ({ container }) => container.securityContext?.readOnlyRootFilesystem !== true),
  containerRule('privilegeEscalationAllowed', ({ container }) => container.securityContext?.allowPrivilegeEscalation !== false),
  containerRule('runAsPrivileged', ({ container }) => container.securityContext?.privileged === true),
  containerRule('runAsRootAllowed', ({ container, pod }) => {
    const user = container.securityContext?.runAsUser ?? pod.securityContext?.runAsUser;
    const nonRoot = container.securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot;
    return user === 0 || nonRoot === false || (user === undefined && nonRoot !== true);
  }),
  containerRule('insecureCapabilities', ({ container }) => !(container.securityContext?.capabilities?.drop ?? []).some((name: string) => /^all$/i.test(name))),
  containerRule('dangerousCapabilities', ({ container }) => (container.securityContext?.capabilities?.add ?? []).some((name: string) => DANGEROUS.includes(name.toUpperCase()))),
  containerRule('procMount', ({ container }) => (container.securityContext?.procMount ?? 'Default') !== 'Default'),
  containerRule('hostPortSet', ({ container }) => (container.ports ?? []).some(({ hostPort }: any) => hostPort !== undefined)),
  containerRule('sensitiveContainerEnvVar', ({ container }) => {
    const literals = ((container.env ?? []) as { name: string; value?: string }[]).filter(({ value }) => value !== undefined);
    return literals.filter(({ name, value }) => SENSITIVE_NAME.test(name) || PRIVATE_KEY.test(value!)).map(({ name }) => name).join(', ');
  }),
  podRule('hostIPCSet', ({ pod }) => pod.hostIPC === true),
  podRule('hostPIDSet', ({ pod }) => pod.hostPID === true),
  podRule('hostNetworkSet', ({ pod }) => pod.hostNetwork === true),
  podRule('hostPathSet', ({ pod }) => (pod.volumes ?? []).some(({ hostPath }: any) => hostPath)),
  podRule('priorityClassNotSet', ({ pod }) => !pod.priorityClassName),
  podRule('topologySpreadConstraint', ({ pod }) => !pod.topologySpreadConstraints?.length),
  podRule('automountServiceAccountToken', ({ pod }) => pod.automountServiceAccountToken !== false),
  podRule('missingNetworkPolicy', ({ owner, labels, subject }) => {
    const matching = beside(owner, 'NetworkPolicy', subject).map(({ spec }) => spec).filter(({ podSelector, policyTypes }) => (
      policyTypes?.length === 2 && Object.entries(podSelector.matchLabels ?? {}).filter(([key, value]) => labels[key] === value).length === 1));
    if (matching.length === 0) { return 'no policy selects them by exactly one label'; }
    if (matching.some(({ ingress, egress }) => ingress?.length > 0 && egress?.length > 0)) { return false; }
    return matching.some(({ egress }) => egress?.length > 0) ? 'the policy has no ingress rule' : 'the policy has no egress rule';
  }),
  podRule('missingPodDisruptionBudget', ({ owner, labels, subject }) => (
    owner.kind === 'Deployment' && !beside(owner, 'PodDisruptionBudget', subject).some(({ spec }) => selects(spec.selector?.matchLabels, labels)))),
  objectRule('deploymentMissingReplicas', 'Deployment', ({ spec }) => !(spec.replicas >= 2)),
  objectRule('metadataAndInstanceMismatched', 'Deployment', ({ metadata }) => metadata.labels?.['app.kubernetes.io/instance'] !== metadata.name),
  objectRule('pdbDisruptionsIsZero', 'PodDisruptionBudget', ({ spec }) => /^0%?$/.test(String(spec.maxUnavailable)) || spec.minAvailable === '100%'),
  objectRule('hpaMinAvailability', 'HorizontalPodAutoscaler', ({ spec }) => (spec.minReplicas ?? 1) < 2),
  objectRule('hpaMaxAvailability', 'HorizontalPodAutoscaler', ({ spec }) => spec.maxReplicas <= (spec.minReplicas ?? 1)),
  objectRule('tlsSettingsMissing', 'Ingress', ({ spec }) => !spec.tls),
  objectRule('httpRouteWildcardOrEmptyHost', 'HTTPRoute', ({ spec }) => !spec.hostnames?.length || spec.hostnames.some((name: string) => name.includes('*'))),
  objectRule('sensitiveConfigmapContent', 'ConfigMap', ({ data = {} }) => (
    Object.entries(data as Record<string, string>).some(([key, value]) => SENSITIVE_NAME.test(key) || PRIVATE_KEY.test(value)))),
];
