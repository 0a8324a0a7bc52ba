import { ApiObject } from 'cdk8s';
import { FamilyName, platformLike } from './fixtures';
import { PlatformApp, PlatformChart } from '../../src/app';
import { KubeflowPlatform, KubeflowPlatformProps, ManifestSelector, ManifestSource } from '../../src/kubeflow';

/** A platform like a family of releases, under a chart that has a namespace and labels. */
export function platform(family: FamilyName, props: Partial<KubeflowPlatformProps> = {}): KubeflowPlatform {
  return platformOf(platformLike(family), props);
}

export function platformOf(manifests: any[], props: Partial<KubeflowPlatformProps> = {}): KubeflowPlatform {
  const chart = new PlatformChart(new PlatformApp({ outdir: '.cache/test-kubeflow' }), 'ml', { namespace: 'elsewhere', labels: { team: 'a' } });
  return new KubeflowPlatform(chart, 'kubeflow', { manifests: ManifestSource.objects(...manifests), ...props });
}

/** The manifest of a kind and name. */
export function manifest(kf: KubeflowPlatform, kind: string, name: string, namespace?: string): any {
  const found = kf.find(ManifestSelector.of({ kind, name, ...(namespace ? { namespace } : {}) }));
  expect(found.map(each => each.name)).toEqual([name]);
  return ApiObject.of(found[0]).toJson();
}

/** What a patch did: its objects, or why it was skipped. */
export function reported(kf: KubeflowPlatform, id: string): string[] {
  return kf.report.filter(each => each.id === id).flatMap(each => (each.skipped !== undefined ? [`skipped: ${each.skipped}`] : each.changed));
}

export function warningsOf(kf: KubeflowPlatform): string[] {
  return (kf.node.root as PlatformApp).warnings;
}
