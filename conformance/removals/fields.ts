/** The fields on which safety and sound running depend, by the kind of their object. */
const GUARDED: { readonly [kind: string]: readonly RegExp[] } = {
  Deployment: [
    /\.securityContext\.(?!privileged$|sysctls)[^.]+$/, /\.seccompProfile\.type$/, /\.capabilities\.drop(\.\d+)?$/, /automountServiceAccountToken$/, /\.enableServiceLinks$/,
    /\.serviceAccountName$/, /\.imagePullPolicy$/, /\.resources\.(requests|limits)\.[^.]+$/, /\.emptyDir\.sizeLimit$/, /\.secret\.defaultMode$/,
    /containers\.0\.(startup|readiness|liveness)Probe$/, /containers\.0\.(startup|readiness|liveness)Probe\.(httpGet|tcpSocket|exec|periodSeconds|timeoutSeconds)$/,
    /containers\.0\.(startup|liveness)Probe\.failureThreshold$/,
    /containers\.0\.lifecycle$/, /\.preStop(\.sleep)?$/, /terminationGracePeriodSeconds$/, /\.tolerations\.\d+$/, /\.nodeSelector\.[^.]+$/, /\.priorityClassName$/,
    /podAntiAffinity$/, /podAffinityTerm\.(topologyKey|labelSelector)$/, /topologySpreadConstraints\.\d+(\.[^.]+)?$/, /^spec\.(strategy|selector|revisionHistoryLimit)$/,
    /^spec\.strategy\.(type|rollingUpdate)$/, /^spec\.replicas$/,
  ],
  Service: [/^spec\.(selector|ports)$/, /^spec\.ports\.\d+\.(port|targetPort)$/],
  ServiceAccount: [/^automountServiceAccountToken$/],
  NetworkPolicy: [/^spec\.podSelector$/, /^spec\.policyTypes\.\d+$/, /\.ipBlock\.except$/, /^spec\.(ingress|egress)\.\d+\.(ports|to)$/],
  PodDisruptionBudget: [/^spec\.(maxUnavailable|selector|unhealthyPodEvictionPolicy)$/],
  HorizontalPodAutoscaler: [/^spec\.(minReplicas|maxReplicas|metrics|scaleTargetRef|behavior)$/],
  Namespace: [/^metadata\.labels\.pod-security_kubernetes_io\/enforce$/],
};

/** Kinds whose objects must not be missing. */
const WHOLE = ['ServiceAccount', 'NetworkPolicy', 'PodDisruptionBudget', 'Service', 'HorizontalPodAutoscaler', 'PriorityClass'];

/** Something that can be taken out of an object, or the whole object. */
export interface Removal {
  readonly kind: string;
  /** The keys that lead to it; none for the whole object. */
  readonly keys: readonly string[];
}

const ORDINARY = ['cpu', 'memory', 'ephemeral-storage'];

/** Maps whose keys are the user's or a vendor's. */
const MAPS = ['nodeSelector', 'requests', 'limits'];

/** Everything of an object that may not be missing. */
export function removalsOf(object: any): Removal[] {
  const fields = keysIn(object).filter((keys) => GUARDED[object.kind]?.some((pattern) => pattern.test(pathOf(keys))));
  return [...WHOLE.includes(object.kind) ? [[]] : [], ...fields].map((keys) => ({ kind: object.kind, keys }));
}

function keysIn(value: any, keys: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.keys(value).flatMap((key) => [[...keys, key], ...keysIn(value[key], [...keys, key])]);
}

/** Dots stand between keys, so those within a key are something else. */
const pathOf = (keys: readonly string[]) => keys.map((key) => key.replace(/\./g, '_')).join('.');

/** The objects without one thing. */
export function without(objects: readonly any[], object: any, { keys }: Removal): any[] {
  if (keys.length === 0) { return objects.filter((other) => other !== object); }
  const copy = structuredClone(object);
  remove(copy, keys);
  return objects.map((other) => (other === object ? copy : other));
}

/** A removal that is the same for all items of a list and all keys of a map. */
export function sortOf({ kind, keys }: Removal): string {
  return [kind, ...keys.map((key, i) => (/^\d+$/.test(key) ? '[]' : MAPS.includes(keys[i - 1]) && !ORDINARY.includes(key) ? '*' : key))].join(' ');
}

/** Takes one sort of thing out of an object, wherever it is. */
export function strip(object: any, sort: string): void {
  const [kind, ...keys] = sort.split(' ');
  if (object?.kind === kind) { stripIn(object, keys); }
}

function stripIn(value: any, [key, ...rest]: string[]): void {
  if (typeof value !== 'object' || value === null) { return; }
  const keys = key === '[]' ? Object.keys(value).reverse() : key === '*' ? Object.keys(value).filter((name) => !ORDINARY.includes(name)) : [key];
  for (const each of keys) {
    if (rest.length > 0) { stripIn(value[each], rest); } else { remove(value, [each]); }
  }
}

function remove(value: any, keys: readonly string[]): void {
  const parent = keys.slice(0, -1).reduce((inner, key) => inner?.[key], value);
  const last = keys[keys.length - 1];
  if (Array.isArray(parent)) { parent.splice(Number(last), 1); } else if (parent) { delete parent[last]; }
}
