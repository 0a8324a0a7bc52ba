import { IConstruct } from 'constructs';

/** What is stated once for everything below a construct, so that a room can read what another room's construct said. */
export interface Settings {
  /** The oldest Kubernetes minor version that the manifests must work on, such as "1.33". */
  readonly kubernetesVersion: string;
  /** Where Prometheus is (a `Prometheus`). */
  readonly prometheus: unknown;
  /** Names of the add-ons that the program says are installed in the cluster. */
  readonly addons: ReadonlySet<string>;
  /** The cluster that a chart belongs to (an `ICluster`). */
  readonly cluster: unknown;
  /** The subscription of Azure in which stacks make their resources. */
  readonly azureSubscription: { readonly subscriptionId: string; readonly tenantId?: string };
  /** The project of Google in which stacks make their resources. */
  readonly googleProject: { readonly projectId: string; readonly region?: string };
  /** The region of Alibaba Cloud in which stacks make their resources. */
  readonly alicloudRegion: string;
}

export const DEFAULT_KUBERNETES_VERSION = '1.33';

// Own storage rather than construct context, which can't be set once a construct has children.
const STORE = Symbol.for('cdk8s-ml/settings');

/** States a setting for a construct and all that is below it. */
export function setSetting<K extends keyof Settings>(scope: IConstruct, key: K, value: Settings[K]): void {
  const holder = scope as any;
  if (!holder[STORE]) { Object.defineProperty(holder, STORE, { value: {} }); }
  holder[STORE][key] = value;
}

/** The nearest statement of a setting at or above a construct. */
export function setting<K extends keyof Settings>(scope: IConstruct, key: K): Settings[K] | undefined {
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    const value = (at as any)[STORE]?.[key];
    if (value !== undefined) { return value; }
  }
  return undefined;
}

/** Whether the cluster is at least this minor version: `atLeast(scope, 31)` for 1.31. */
export function atLeast(scope: IConstruct, minor: number): boolean {
  const version = setting(scope, 'kubernetesVersion') ?? DEFAULT_KUBERNETES_VERSION;
  return Number(version.split('.')[1]) >= minor;
}
