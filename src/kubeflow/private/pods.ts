/** The spec of the pods that a manifest makes; undefined when it makes none. */
export function podSpecOf(manifest: any): any {
  const { kind, spec } = manifest ?? {};
  switch (kind) {
    case 'Pod': return spec;
    case 'Deployment': case 'StatefulSet': case 'DaemonSet': case 'ReplicaSet': case 'Job': return spec?.template?.spec;
    case 'CronJob': return spec?.jobTemplate?.spec?.template?.spec;
    // KServe makes pods of its runtimes
    case 'ClusterServingRuntime': case 'ServingRuntime': return spec;
    default: return undefined;
  }
}

/** The containers of the pods that a manifest makes, init containers first. */
export function containersOf(manifest: any): any[] {
  const spec = podSpecOf(manifest);
  return [...spec?.initContainers ?? [], ...spec?.containers ?? []].filter(container => typeof container === 'object' && container !== null);
}
