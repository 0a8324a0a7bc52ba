import type { PluginGroup } from './device-plugin';

const MPS_ROOT = '/run/nvidia/mps';
const MPS_MOUNTS = [{ name: 'mps-shm', mountPath: '/dev/shm' }, { name: 'mps-root', mountPath: '/mps' }];
const MPS_VOLUMES = [
  { name: 'mps-root', hostPath: { path: MPS_ROOT, type: 'DirectoryOrCreate' } },
  { name: 'mps-shm', hostPath: { path: `${MPS_ROOT}/shm` } },
];
const RESOURCES = {
  requests: { 'cpu': '20m', 'memory': '256Mi', 'ephemeral-storage': '128Mi' },
  limits: { 'cpu': '200m', 'memory': '256Mi', 'ephemeral-storage': '128Mi' },
};

const IGNORED = 'ignore-check.kube-linter.io/';

/** Why the pods of a device plugin have what linters object to, as annotations of its DaemonSet. */
export function pluginReasons({ migStrategy }: PluginGroup): Record<string, string> {
  return {
    [`${IGNORED}run-as-non-root`]: 'the folder of the kubelet\'s sockets belongs to root',
    ...(migStrategy === 'none' ? {} : { [`${IGNORED}privilege-escalation-container`]: 'slices of a GPU are visible with the capability SYS_ADMIN only' }),
  };
}

/** The same for the control daemon of MPS. */
export function mpsReasons(): Record<string, string> {
  const checks = ['privileged-container', 'privilege-escalation-container', 'run-as-non-root', 'no-read-only-root-fs', 'drop-net-raw-capability'];
  return {
    ...Object.fromEntries(checks.map(check => [`${IGNORED}${check}`, 'it mounts memory that pods share, and sets the mode of GPUs'])),
    [`${IGNORED}host-pid`]: 'the server of MPS finds itself by the number that the host knows it by',
  };
}

/** The spec of the DaemonSet that shows GPUs to the kubelet, but for its placement. */
export function pluginDaemonSet(group: PluginGroup, image: string): object {
  const mps = group.sharing?.strategy === 'mps';
  return daemonSet(group.name, {
    containers: [{
      name: 'nvidia-device-plugin',
      image,
      imagePullPolicy: 'IfNotPresent',
      command: ['nvidia-device-plugin'],
      env: [
        ...common(group),
        // A node whose driver isn't there yet is tried again rather than reported as broken.
        { name: 'FAIL_ON_INIT_ERROR', value: 'false' },
        ...(mps ? [{ name: 'MPS_ROOT', value: MPS_ROOT }] : []),
      ],
      resources: RESOURCES,
      securityContext: group.migStrategy === 'none'
        ? { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }
        // Only with this capability are all slices of a GPU visible.
        : { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } },
      volumeMounts: [
        { name: 'device-plugins', mountPath: '/var/lib/kubelet/device-plugins' },
        ...(group.sharing ? [{ name: 'config', mountPath: '/config', readOnly: true }] : []),
        ...(mps ? MPS_MOUNTS : []),
      ],
    }],
    volumes: [
      { name: 'device-plugins', hostPath: { path: '/var/lib/kubelet/device-plugins', type: 'Directory' } },
      ...configVolume(group),
      ...(mps ? MPS_VOLUMES : []),
    ],
  });
}

/** The spec of the DaemonSet that runs the control daemon of MPS, but for its placement. */
export function mpsDaemonSet(group: PluginGroup, image: string): object {
  return daemonSet(`${group.name}-control`, {
    // The server of MPS finds itself by the number that the host knows it by.
    hostPID: true,
    initContainers: [{
      name: 'mount-shm',
      image,
      imagePullPolicy: 'IfNotPresent',
      command: ['mps-control-daemon', 'mount-shm'],
      resources: RESOURCES,
      securityContext: { privileged: true },
      volumeMounts: [{ name: 'mps-root', mountPath: '/mps', mountPropagation: 'Bidirectional' }],
    }],
    containers: [{
      name: 'mps-control-daemon',
      image,
      imagePullPolicy: 'IfNotPresent',
      command: ['mps-control-daemon'],
      env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }, ...common(group)],
      resources: RESOURCES,
      securityContext: { privileged: true },
      volumeMounts: [...MPS_MOUNTS, { name: 'config', mountPath: '/config', readOnly: true }],
    }],
    volumes: [...MPS_VOLUMES, ...configVolume(group)],
  });
}

function common(group: PluginGroup): object[] {
  return [
    { name: 'MIG_STRATEGY', value: group.migStrategy },
    ...(group.migStrategy === 'none' ? [] : [{ name: 'NVIDIA_MIG_MONITOR_DEVICES', value: 'all' }]),
    ...(group.sharing ? [{ name: 'CONFIG_FILE', value: '/config/config.yaml' }] : []),
    { name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' },
    { name: 'NVIDIA_DRIVER_CAPABILITIES', value: 'compute,utility' },
  ];
}

function configVolume(group: PluginGroup): object[] {
  return group.sharing ? [{ name: 'config', configMap: { name: group.name } }] : [];
}

function daemonSet(name: string, pod: object): object {
  const selected = { 'app.kubernetes.io/name': 'nvidia-device-plugin', 'app.kubernetes.io/instance': name };
  return {
    selector: { matchLabels: selected },
    updateStrategy: { type: 'RollingUpdate' },
    template: {
      metadata: { labels: selected },
      spec: {
        priorityClassName: 'system-node-critical',
        automountServiceAccountToken: false,
        securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
        ...pod,
      },
    },
  };
}
