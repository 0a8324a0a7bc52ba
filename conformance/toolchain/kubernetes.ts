import { GoTool } from './go';

/** The programs of one Kubernetes version. */
export class Kubernetes {
  public readonly version: string;
  public readonly etcd: GoTool;
  public readonly apiserver: GoTool;
  public readonly kubectl: GoTool;
  public readonly controllerManager: GoTool;
  public readonly scheduler: GoTool;

  /** @param minor Such as `1.36`; `conformance/tools/kube-<minor>` pins the patch version. */
  constructor(public readonly minor: string) {
    const module = `kube-${minor}`;
    const own = (name: string, versionArguments?: string[]) => new GoTool(name, {
      module,
      package: `k8s.io/kubernetes/cmd/${name}`,
      versionedBy: 'k8s.io/kubernetes',
      versionArguments,
      linkerSettings,
      family: 'kube',
      accepts: (version) => version.startsWith(`${minor}.`),
    });
    this.apiserver = own('kube-apiserver');
    this.kubectl = own('kubectl', ['version', '--client']);
    this.controllerManager = own('kube-controller-manager');
    this.scheduler = own('kube-scheduler');
    this.etcd = new GoTool('etcd', {
      module,
      package: 'go.etcd.io/etcd/server/v3',
      versionedBy: 'go.etcd.io/etcd/server/v3',
      family: 'kube',
      // Older ones lack the progress notifications that the apiserver's watch cache relies on.
      accepts: (version) => atLeast(version, [3, 5, 13]),
    });
    this.version = this.apiserver.version;
  }
}

export const kwok = new GoTool('kwok', {
  module: 'kwok',
  package: 'sigs.k8s.io/kwok/cmd/kwok',
  versionedBy: 'sigs.k8s.io/kwok',
  linkerSettings: (version) => [`sigs.k8s.io/kwok/pkg/consts.Version=v${version}`],
});

// `go build` of a dependency leaves the version empty, and clients compare it.
function linkerSettings(version: string): string[] {
  const [major, minor] = version.split('.');
  const variables = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  return Object.entries(variables).map(([name, value]) => `k8s.io/component-base/version.${name}=${value}`);
}

function atLeast(version: string, least: number[]): boolean {
  const parts = version.split('.').map(Number);
  const differing = parts.findIndex((part, index) => part !== least[index]);
  return differing === -1 || parts[differing] > least[differing];
}
