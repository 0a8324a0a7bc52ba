import { arrayOf } from './formats';

/** What a pod says for itself that Pod Security doesn't admit. */
export interface Unsafe {
  readonly field: string;
  readonly value: unknown;
  /** Whether "baseline" doesn't admit it either. */
  readonly baseline: boolean;
}

const NONE: readonly Unsafe[] = [];

/**
 * What Pod Security would refuse whatever the rest of the pod says. A field that is only missing is no finding:
 * a namespace's own admission may add it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function unsafeIn(pod: any, at: string): readonly Unsafe[] {
  if (typeof pod !== 'object' || pod === null) { return NONE; }
  const found: Unsafe[] = [];
  const find = (bad: boolean, field: string, value: unknown, baseline: boolean) => { if (bad) { found.push({ field: `${at}.${field}`, value, baseline }); } };
  for (const space of ['hostNetwork', 'hostPID', 'hostIPC']) { find(pod[space] === true, space, true, true); }
  arrayOf(pod.volumes).forEach((volume, i) => find(volume?.hostPath !== undefined, `volumes[${i}].hostPath`, volume?.hostPath, true));
  user(pod.securityContext, 'securityContext', find);
  for (const kind of ['initContainers', 'containers']) {
    arrayOf(pod[kind]).forEach((container, i) => {
      const where = `${kind}[${i}]`;
      const security = container?.securityContext;
      user(security, `${where}.securityContext`, find);
      find(security?.privileged === true, `${where}.securityContext.privileged`, true, true);
      find(security?.allowPrivilegeEscalation === true, `${where}.securityContext.allowPrivilegeEscalation`, true, false);
      arrayOf(container?.ports).forEach((port, j) => find(port?.hostPort > 0, `${where}.ports[${j}].hostPort`, port?.hostPort, true));
    });
  }
  return found.length > 0 ? found : NONE;
}

function user(security: any, at: string, find: (bad: boolean, field: string, value: unknown, baseline: boolean) => void): void {
  find(security?.runAsUser === 0, `${at}.runAsUser`, 0, false);
  find(security?.runAsNonRoot === false, `${at}.runAsNonRoot`, false, false);
}
