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

/** The keys of objects that have the same ones, given in the same order. */
export interface Shape {
  /** The keys in the order to print them. */
  readonly keys: readonly string[];
  /** For the printer: the keys as it prints them. */
  printed?: readonly string[];
}

interface Node { readonly next: Map<string, Node>; shape?: Shape }

// Objects of one kind have one shape: it is found key by key, and its keys are sorted once.
let root: Node = { next: new Map() };
let count = 0;

/** An object's keys in the order to print them, whatever order they were given in. */
export function shapeOf(object: object): Shape {
  const keys = Object.keys(object);
  if (keys.length > 24) { return { keys: keys.sort(byRank) }; }
  let node = root;
  for (let i = 0; i < keys.length; i++) { node = node.next.get(keys[i]) ?? followed(node, keys[i]); }
  return node.shape ??= { keys: keys.sort(byRank) };
}

function followed(node: Node, key: string): Node {
  if (++count > 20000) {
    root = { next: new Map() };
    count = 0;
  }
  const next: Node = { next: new Map() };
  node.next.set(key, next);
  return next;
}

function byRank(a: string, b: string): number {
  const difference = (RANK.get(a) ?? UNRANKED) - (RANK.get(b) ?? UNRANKED);
  return difference !== 0 ? difference : a < b ? -1 : 1;
}
