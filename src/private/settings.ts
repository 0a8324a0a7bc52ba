import { IConstruct } from 'constructs';

/**
 * What a platform app or chart states once for everything in it, carried down the tree as construct context,
 * so that rooms below can read it without importing the app.
 */
export interface Settings {
  /** The oldest Kubernetes minor version that the manifests must work on, such as "1.33". */
  readonly kubernetesVersion: string;
  /** Where Prometheus is (a `Prometheus`). */
  readonly prometheus: unknown;
  /** Add-ons that the user says are installed in the cluster. */
  readonly addons: readonly string[];
}

export const DEFAULT_KUBERNETES_VERSION = '1.33';

/** States a setting for a subtree. To be called before it has children. */
export function setSetting<K extends keyof Settings>(scope: IConstruct, key: K, value: Settings[K]): void {
  scope.node.setContext(`cdk8s-ml:${key}`, value);
}

/** The nearest statement of a setting, or undefined. */
export function setting<K extends keyof Settings>(scope: IConstruct, key: K): Settings[K] | undefined {
  return scope.node.tryGetContext(`cdk8s-ml:${key}`);
}

/** Whether the cluster is at least this minor version: `atLeast(scope, 31)` for 1.31. */
export function atLeast(scope: IConstruct, minor: number): boolean {
  const version = setting(scope, 'kubernetesVersion') ?? DEFAULT_KUBERNETES_VERSION;
  return Number(version.split('.')[1]) >= minor;
}
