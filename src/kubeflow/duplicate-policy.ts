/** What counts when manifests have an object twice, with different content. */
export enum DuplicatePolicy {
  /** Nothing: it is an error. */
  FAIL = 'fail',
  /** The one that was read first. */
  FIRST = 'first',
  /** The one that was read last. */
  LAST = 'last',
  /** Both: the one that was read last is merged into the other, as "kubectl apply" would do one after the other. Kubeflow 1.2 needs it. */
  MERGE = 'merge',
}
