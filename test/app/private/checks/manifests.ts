import { PlatformApp } from '../../../../src/app';
import { saidOf } from '../../support';

/** A Deployment that nothing is wrong with. */
export function deployment(): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container()], volumes: [{ name: 'tmp', emptyDir: {} }] } },
    },
  };
}

export function container(): any {
  return {
    name: 'web',
    image: 'docker.io/me/web:1.0',
    ports: [{ name: 'http', containerPort: 8080 }],
    env: [{ name: 'A', value: 'b' }],
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    resources: { requests: { cpu: '250m', memory: '1Gi' }, limits: { cpu: 1, memory: '1Gi' } },
  };
}

/** A copy of a manifest with a value at a path (`spec.ports[0].port`); undefined takes it away. */
export function withValue(manifest: any, path: string, value: unknown): any {
  const copy = structuredClone(manifest);
  const keys = path.replace(/\[(\d+)\]/g, '.$1').split('.');
  const last = keys.pop()!;
  const parent = keys.reduce((at, key) => (at[key] ??= {}), copy);
  if (value === undefined) { delete parent[last]; } else { parent[last] = value; }
  return copy;
}

/** What is said of a manifest, without the path of its construct. */
export function said(manifest: any): string[] {
  return saidOf(new PlatformApp({ existingNamespaces: ['ns'] }), manifest).map(line => line.replace(/^lab\/it\./, ''));
}

/** What is said of a manifest with one value changed. */
export function saidWith(manifest: any, path: string, value: unknown): string[] {
  return said(withValue(manifest, path, value));
}
