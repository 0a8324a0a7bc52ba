import { Construct } from 'constructs';
import { factsOf } from './facts';
import { Inventory, identityOf, titleOf } from './inventory';
import { commit, tryPatch } from './patches/engine';
import { equal } from './values';
import { warn } from '../../private/warnings';
import { KubeflowFacts } from '../kubeflow-facts';
import { ManifestPatch, ManifestPatchResult } from '../manifest-patch';

/** A platform's manifests while they are changed, with the report of what is done to them. */
export class Assembly {
  public readonly report: ManifestPatchResult[] = [];
  /** What the manifests said before they were changed. */
  public readonly facts: KubeflowFacts;
  /** What the launcher of pipelines reads in each profile's namespace, when it must be told where the object store is. */
  public launcher?: { [key: string]: string };

  constructor(public readonly scope: Construct, public readonly inventory: Inventory) {
    this.facts = factsOf(inventory);
  }

  /** Applies a patch. Throws when it can't. */
  public patch(patch: ManifestPatch): void {
    const outcome = tryPatch(patch, this.inventory, this.facts);
    commit(outcome, this.inventory);
    this.report.push(outcome.result);
  }

  /** Notes why there was nothing to do. */
  public skip(id: string, reason: string): void {
    this.report.push({ id, matched: [], changed: [], alreadyDone: [], skipped: reason });
  }

  /** Adds manifests, in the place of those with the same identities. */
  public add(id: string, manifests: readonly any[]): void {
    const same = (manifest: any) => equal(this.inventory.get(identityOf(manifest)), manifest);
    const done = manifests.filter(same);
    const changed = manifests.filter(manifest => !same(manifest));
    changed.forEach(manifest => this.inventory.set(manifest));
    this.report.push({ id, matched: manifests.map(titleOf), changed: changed.map(titleOf), alreadyDone: done.map(titleOf) });
  }

  public warn(message: string): void {
    warn(this.scope, message);
  }
}
