/**
 * The order in which a person writes the fields of a manifest; what is not here follows, by code point.
 *
 * One list for all objects, because no two of them disagree.
 */
const ORDER = [
  'apiVersion', 'apiGroup', 'apiGroups', 'kind', 'metadata',
  'name', 'generateName', 'namespace', 'labels', 'annotations', 'ownerReferences', 'finalizers',
  'app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/component', 'app.kubernetes.io/part-of',
  'app.kubernetes.io/version', 'app.kubernetes.io/managed-by',
  'type', 'immutable',
  'image', 'imagePullPolicy', 'command', 'args', 'workingDir',
  'key', 'operator', 'value', 'values', 'effect', 'valueFrom', 'configMapKeyRef', 'secretKeyRef',
  'scaleTargetRef', 'pollingInterval', 'cooldownPeriod', 'minReplicaCount', 'maxReplicaCount', 'minReplicas', 'maxReplicas',
  'replicas', 'parallelism', 'completions', 'revisionHistoryLimit', 'minReadySeconds', 'progressDeadlineSeconds',
  'maxSurge', 'minAvailable', 'maxUnavailable', 'unhealthyPodEvictionPolicy',
  'podSelector', 'policyTypes', 'ingressClassName', 'gatewayClassName', 'parentRefs', 'hostnames',
  'serviceName', 'clusterIP', 'selector', 'matchLabels', 'matchExpressions', 'strategy', 'updateStrategy', 'rollingUpdate', 'template',
  'spec',
  'serviceAccountName', 'automountServiceAccountToken', 'enableServiceLinks', 'terminationGracePeriodSeconds', 'priorityClassName', 'runtimeClassName',
  'from', 'to', 'namespaceSelector', 'protocol', 'containerPort', 'path', 'pathType', 'port', 'ports', 'targetPort', 'nodePort',
  'envFrom', 'env', 'requests', 'limits', 'cpu', 'memory', 'ephemeral-storage', 'resources',
  'exec', 'httpGet', 'tcpSocket', 'grpc', 'host', 'scheme',
  'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold',
  'startupProbe', 'readinessProbe', 'livenessProbe', 'lifecycle', 'postStart', 'preStop',
  'allowPrivilegeEscalation', 'privileged', 'readOnlyRootFilesystem', 'runAsNonRoot', 'runAsUser', 'runAsGroup',
  'fsGroup', 'fsGroupChangePolicy', 'capabilities', 'seccompProfile', 'securityContext',
  'mountPath', 'subPath', 'readOnly', 'volumeMounts',
  'nodeSelector', 'tolerations', 'nodeAffinity', 'podAffinity', 'podAntiAffinity', 'affinity',
  'maxSkew', 'weight', 'podAffinityTerm', 'topologyKey', 'whenUnsatisfiable', 'labelSelector', 'topologySpreadConstraints',
  'imagePullSecrets', 'initContainers', 'containers', 'volumes', 'volumeClaimTemplates',
  'resource', 'target', 'averageValue', 'averageUtilization', 'metrics', 'behavior', 'scaleUp', 'scaleDown', 'triggers',
  'stabilizationWindowSeconds', 'ingress', 'egress', 'tls', 'rules', 'matches', 'filters', 'backendRefs', 'timeouts', 'backend',
  'roleRef', 'subjects', 'data', 'stringData', 'binaryData',
];

const RANK = new Map(ORDER.map((key, rank) => [key, rank]));
const UNRANKED = ORDER.length;

/** What follows some keys, in the order in which they were given. */
interface Shape {
  readonly next: Map<string, Shape>;
  /** The keys up to here, in the order to print them. */
  sorted?: readonly string[];
}

// Objects of one kind have the same keys in the same order: each such list is sorted once, and found again key by key.
let shapes: Shape = { next: new Map() };
let count = 0;

/** An object's keys in the order to print them, whatever order they were given in. */
export function orderedKeys(object: object): readonly string[] {
  const keys = Object.keys(object);
  if (keys.length < 2) { return keys; }
  if (keys.length > 24) { return keys.sort(byRank); }
  let shape = shapes;
  for (let i = 0; i < keys.length; i++) { shape = shape.next.get(keys[i]) ?? followed(shape, keys[i]); }
  return shape.sorted ??= keys.sort(byRank);
}

function followed(shape: Shape, key: string): Shape {
  if (++count > 20000) {
    shapes = { next: new Map() };
    count = 0;
  }
  const next: Shape = { next: new Map() };
  shape.next.set(key, next);
  return next;
}

function byRank(a: string, b: string): number {
  const difference = (RANK.get(a) ?? UNRANKED) - (RANK.get(b) ?? UNRANKED);
  return difference !== 0 ? difference : a < b ? -1 : 1;
}
