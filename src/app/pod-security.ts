/**
 * What the Pod Security admission lets run in a namespace.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export enum PodSecurity {
  /** Only pods that are hardened: no root, no capabilities, a seccomp profile. */
  RESTRICTED = 'restricted',
  /** Also pods that run as root, but none with known ways to escalate privileges. */
  BASELINE = 'baseline',
  /** Every pod. For device plugins and drivers, which need the host. */
  PRIVILEGED = 'privileged',
}
