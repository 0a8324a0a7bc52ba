import * as fs from 'node:fs';
import * as yaml from 'js-yaml';

/** One Kubernetes object as it was read. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: any;
}

/** A pod that a workload would create. */
export interface PodTemplate {
  readonly owner: Manifest;
  readonly metadata: { readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec: any;
}

/** The objects of one YAML file; timestamps stay strings, as in kubectl. */
export function readManifests(file: string): Manifest[] {
  const documents = yaml.loadAll(fs.readFileSync(file, 'utf8'), undefined, { schema: yaml.CORE_SCHEMA, filename: file });
  return documents.filter((document) => document !== null && document !== undefined) as Manifest[];
}

/** `Kind/namespace/name`, or `Kind/name` for an object without a namespace. */
export function nameOf(manifest: Manifest): string {
  return [manifest.kind, manifest.metadata.namespace, manifest.metadata.name].filter(Boolean).join('/');
}

/** What tells an object apart from all others. */
export function identityOf(manifest: Manifest): string {
  return `${manifest.apiVersion} ${nameOf(manifest)}`;
}

/** The pod templates of everything that makes pods. */
export function podTemplates(manifests: readonly Manifest[]): PodTemplate[] {
  return manifests.flatMap((owner) => {
    switch (owner.kind) {
      case 'Pod':
        return [{ owner, metadata: owner.metadata, spec: owner.spec }];
      case 'Deployment':
      case 'StatefulSet':
      case 'DaemonSet':
      case 'ReplicaSet':
      case 'Job':
        return [{ owner, metadata: owner.spec.template.metadata ?? {}, spec: owner.spec.template.spec }];
      case 'CronJob':
        return [{ owner, metadata: owner.spec.jobTemplate.spec.template.metadata ?? {}, spec: owner.spec.jobTemplate.spec.template.spec }];
      default:
        return [];
    }
  });
}
