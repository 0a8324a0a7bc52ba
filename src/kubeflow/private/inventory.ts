import { equal, merged } from './values';
import { InvalidInputError } from '../../private/errors';
import { DuplicatePolicy } from '../duplicate-policy';
import type { ManifestSelector } from '../manifest-selector';

/** A manifest by its identity: kind, group, namespace and name, without the version. */
export function identityOf(manifest: any): string {
  const slash = String(manifest.apiVersion).indexOf('/');
  const group = slash < 0 ? '' : manifest.apiVersion.slice(0, slash);
  return `${manifest.kind}|${group}|${manifest.metadata?.namespace ?? ''}|${manifest.metadata?.name}`;
}

/** A manifest as a message calls it: "Deployment kubeflow/mpi-operator". */
export function titleOf(manifest: any): string {
  const { name, namespace } = manifest.metadata ?? {};
  return `${manifest.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** Manifests in the order in which they were read, each identity once. */
export class Inventory {
  private readonly byIdentity = new Map<string, any>();

  /** Throws when two manifests have one identity and nobody says which of them counts. */
  constructor(manifests: readonly any[], policy: DuplicatePolicy = DuplicatePolicy.FAIL) {
    const twice: string[] = [];
    for (const manifest of manifests) {
      const identity = identityOf(manifest);
      const there = this.byIdentity.get(identity);
      if (there === undefined || policy === DuplicatePolicy.LAST) {
        this.byIdentity.set(identity, manifest);
      } else if (equal(there, manifest) || policy === DuplicatePolicy.FIRST) {
        continue;
      } else if (policy === DuplicatePolicy.MERGE) {
        this.byIdentity.set(identity, merged(there, manifest));
      } else {
        twice.push(titleOf(manifest));
      }
    }
    if (twice.length > 0) {
      throw new InvalidInputError(`the manifests have ${twice.length} objects twice, with different content: ${twice.join(', ')}; `
        + 'must have each once; say which counts, for example duplicates: DuplicatePolicy.MERGE, as "kubectl apply" would do one after the other');
    }
  }

  public get manifests(): any[] {
    return [...this.byIdentity.values()];
  }

  public get(identity: string): any {
    return this.byIdentity.get(identity);
  }

  /** The manifest of a kind and name. */
  public find(kind: string, name: string, namespace?: string): any {
    return this.manifests.find(m => m.kind === kind && m.metadata.name === name && (namespace === undefined || m.metadata.namespace === namespace));
  }

  public ofKind(...kinds: string[]): any[] {
    return this.manifests.filter(m => kinds.includes(m.kind));
  }

  public select(selector: ManifestSelector): any[] {
    return this.manifests.filter(m => selector.matches(m));
  }

  /** Puts a manifest in the place of the one with its identity, or at the end. */
  public set(manifest: any): void {
    this.byIdentity.set(identityOf(manifest), manifest);
  }

  public remove(manifest: any): void {
    this.byIdentity.delete(identityOf(manifest));
  }
}
