import { arrayOf } from './formats';

/** What a pod says for itself that Pod Security doesn't admit. */
export interface Unsafe {
  readonly field: string;
  readonly value: unknown;
  /** Whether "baseline" doesn't admit it either. */
  readonly baseline: boolean;
  /** The minor version of Kubernetes that admits it, and all after it. */
  readonly admittedBy?: number;
  /** The minor version of Kubernetes that refuses it first. */
  readonly refusedBy?: number;
}

const NONE: readonly Unsafe[] = [];

/** The capabilities that "baseline" lets a container add; "restricted" only the one to listen on low ports. */
const CAPABILITIES = [
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
];
const LOW_PORTS = 'NET_BIND_SERVICE';

/** The kernel parameters of a pod's own, with the minor version that first admits each. */
const SYSCTLS: { readonly [name: string]: number } = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
  'net.ipv4.tcp_slow_start_after_idle': 37,
  'net.ipv4.tcp_notsent_lowat': 37,
};

/** The sources of volumes that "restricted" admits. Images of the OCI are, too, though the page on the standards doesn't say so. */
const VOLUMES = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'];

const SELINUX_TYPES: { readonly [type: string]: number } = { container_t: 0, container_init_t: 0, container_kvm_t: 0, container_engine_t: 31 };

const PROFILES = ['RuntimeDefault', 'Localhost'];
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/';

/**
 * What Pod Security would refuse whatever the rest of the pod says. A field that is only missing is no finding:
 * a namespace's own admission may add it.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function unsafeIn(template: any, at: string): readonly Unsafe[] {
  const pod = template?.spec;
  if (typeof pod !== 'object' || pod === null) { return NONE; }
  const finder = new Finder(pod, at === '' ? '' : `${at}.`);
  finder.annotations(template.metadata?.annotations);
  finder.pod();
  for (const kind of ['initContainers', 'containers']) {
    arrayOf(pod[kind]).forEach((container, i) => finder.container(container, `${kind}[${i}]`));
  }
  return finder.found.length > 0 ? finder.found : NONE;
}

type Versions = Pick<Unsafe, 'admittedBy' | 'refusedBy'>;

class Finder {
  public readonly found: Unsafe[] = [];
  /** Root in a user namespace is nobody outside of it, which newer versions take into account. */
  private readonly ownUsers: boolean;
  private readonly windows: boolean;

  constructor(private readonly of: any, private readonly at: string) {
    this.ownUsers = of.hostUsers === false;
    this.windows = of.os?.name === 'windows';
  }

  public annotations(annotations: any): void {
    for (const [key, value] of Object.entries(annotations ?? {})) {
      if (!key.startsWith(APPARMOR) || value === '' || value === 'runtime/default' || String(value).startsWith('localhost/')) { continue; }
      this.found.push({ field: `${this.at}metadata.annotations.${key}`, value, baseline: true });
    }
  }

  public pod(): void {
    for (const space of ['hostNetwork', 'hostPID', 'hostIPC']) { this.baseline(this.of[space] === true, space, true); }
    arrayOf(this.of.volumes).forEach((volume, i) => {
      const { name, ...sources } = volume ?? {};
      for (const source of Object.keys(sources)) {
        if (sources[source] === undefined || VOLUMES.includes(source)) { continue; }
        this.find(true, `volumes[${i}].${source}`, sources[source], source === 'hostPath');
      }
    });
    const security = this.of.securityContext;
    this.security(security, 'securityContext');
    arrayOf(security?.sysctls).forEach((sysctl, i) => {
      const admittedBy = SYSCTLS[sysctl?.name];
      this.baseline(admittedBy !== 0, `securityContext.sysctls[${i}].name`, sysctl?.name, { admittedBy });
    });
  }

  public container(container: any, at: string): void {
    const security = container?.securityContext;
    const where = `${at}.securityContext`;
    this.security(security, where);
    this.baseline(security?.privileged === true, `${where}.privileged`, true);
    this.find(security?.allowPrivilegeEscalation === true && !this.windows, `${where}.allowPrivilegeEscalation`, true, false);
    this.capabilities(arrayOf(security?.capabilities?.add), `${where}.capabilities.add`);
    this.baseline((security?.procMount ?? 'Default') !== 'Default' && !this.ownUsers, `${where}.procMount`, security?.procMount);
    arrayOf(container?.ports).forEach((port, i) => this.baseline(port?.hostPort > 0, `${at}.ports[${i}].hostPort`, port?.hostPort));
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) { this.handler(container?.[probe], `${at}.${probe}`); }
    for (const hook of ['postStart', 'preStop']) { this.handler(container?.lifecycle?.[hook], `${at}.lifecycle.${hook}`); }
  }

  private handler(handler: any, at: string): void {
    for (const kind of ['httpGet', 'tcpSocket']) {
      const host = handler?.[kind]?.host;
      this.baseline(host !== undefined && host !== '', `${at}.${kind}.host`, host, { refusedBy: 34 });
    }
  }

  private capabilities(added: string[], at: string): void {
    const dangerous = added.filter(name => !CAPABILITIES.includes(name));
    const others = added.filter(name => CAPABILITIES.includes(name) && name !== LOW_PORTS);
    this.baseline(dangerous.length > 0, at, dangerous);
    this.find(others.length > 0 && !this.windows, at, others, false);
  }

  /** What a pod and a container may both say. */
  private security(security: any, at: string): void {
    this.find(security?.runAsUser === 0 && !this.ownUsers, `${at}.runAsUser`, 0, false);
    this.find(security?.runAsNonRoot === false && !this.ownUsers, `${at}.runAsNonRoot`, false, false);
    this.baseline(security?.windowsOptions?.hostProcess === true, `${at}.windowsOptions.hostProcess`, true);
    for (const profile of ['seccompProfile', 'appArmorProfile']) {
      const type = security?.[profile]?.type;
      this.baseline(type !== undefined && !PROFILES.includes(type), `${at}.${profile}.type`, type);
    }
    const { type = '', user = '', role = '' } = security?.seLinuxOptions ?? {};
    const admittedBy = SELINUX_TYPES[type];
    this.baseline(type !== '' && admittedBy !== 0, `${at}.seLinuxOptions.type`, type, { admittedBy });
    this.baseline(user !== '', `${at}.seLinuxOptions.user`, user);
    this.baseline(role !== '', `${at}.seLinuxOptions.role`, role);
  }

  private baseline(bad: boolean, field: string, value: unknown, versions?: Versions): void {
    this.find(bad, field, value, true, versions);
  }

  private find(bad: boolean, field: string, value: unknown, baseline: boolean, versions?: Versions): void {
    if (bad) { this.found.push({ field: `${this.at}spec.${field}`, value, baseline, ...versions }); }
  }
}
