import { Changed } from './changed';
import { InvalidInputError, show } from '../../../private/errors';
import { KubeflowFacts } from '../../kubeflow-facts';
import { ManifestPatch, ManifestPatchResult } from '../../manifest-patch';
import { identityOf, Inventory, titleOf } from '../inventory';
import { plain } from '../plain';
import { copied, equal } from '../values';

/** How many candidates a message names. */
const SHOWN = 5;

/** What a patch does to manifests, before it is done. */
export interface PatchOutcome {
  readonly result: ManifestPatchResult;
  /** The manifests that take the places of others. */
  readonly changed: any[];
  readonly removed: any[];
}

/**
 * Tries a patch. Throws when it matches fewer manifests than it must, or more than it may, when it can't be applied, and when it would
 * change more each time it is applied.
 */
export function tryPatch(patch: ManifestPatch, inventory: Inventory, facts: KubeflowFacts): PatchOutcome {
  const skipped = patch.options.onlyIf?.whyNot(facts);
  if (skipped !== undefined) { return { result: { id: patch.id, matched: [], changed: [], alreadyDone: [], skipped }, changed: [], removed: [] }; }
  const matches = inventory.select(patch.selector);
  checkCount(patch, matches, inventory);
  const result = { id: patch.id, matched: matches.map(titleOf), changed: [] as string[], alreadyDone: [] as string[] };
  const outcome = { result, changed: [] as any[], removed: [] as any[] };
  for (const manifest of matches) {
    const after = applied(patch, manifest);
    if (after === undefined) {
      outcome.removed.push(manifest);
      outcome.result.changed.push(titleOf(manifest));
    } else if (equal(after, manifest)) {
      outcome.result.alreadyDone.push(titleOf(manifest));
    } else {
      if (!equal(applied(patch, after, true), after)) {
        throw new InvalidInputError(`patch "${patch.id}": changes ${titleOf(manifest)} again when it is applied again; must do nothing then; `
          + 'set values by key, and don\'t add to lists');
      }
      outcome.changed.push(after);
      outcome.result.changed.push(titleOf(manifest));
    }
  }
  return outcome;
}

/** Does what was tried. */
export function commit(outcome: PatchOutcome, inventory: Inventory): void {
  outcome.changed.forEach(manifest => inventory.set(manifest));
  outcome.removed.forEach(manifest => inventory.remove(manifest));
}

function applied(patch: ManifestPatch, manifest: any, again = false): any {
  let after: any;
  try {
    if (patch instanceof Changed) {
      after = again ? patch.applyAgain(copied(manifest)) : patch.apply(copied(manifest));
    } else {
      const made = patch.apply(copied(manifest));
      after = made === undefined ? undefined : plain(`ManifestPatch(${patch.id})`, 'apply', made);
    }
  } catch (e) {
    // what follows the first line may be the whole manifest, and that a Secret
    throw new InvalidInputError(`patch "${patch.id}": can't be applied to ${titleOf(manifest)}: ${e instanceof Error ? e.message.split('\n')[0] : show(e)}`);
  }
  if (after !== undefined && (typeof after !== 'object' || after === null || identityOf(after) !== identityOf(manifest))) {
    throw new InvalidInputError(`patch "${patch.id}": makes another object of ${titleOf(manifest)}; must leave its group, kind, namespace and name as they are`);
  }
  return after;
}

function checkCount(patch: ManifestPatch, matches: any[], inventory: Inventory): void {
  const { min = 1, max = Infinity } = patch.options;
  if (matches.length < min) {
    throw new InvalidInputError(`patch "${patch.id}": ${patch.selector} matches ${matches.length} manifests; must match at least ${min}; ${nearest(patch, inventory)}`);
  }
  if (matches.length > max) {
    const names = matches.slice(0, SHOWN).map(titleOf).join(', ');
    throw new InvalidInputError(`patch "${patch.id}": ${patch.selector} matches ${matches.length} manifests; must match at most ${max}; `
      + `they are ${names}${matches.length > SHOWN ? ', ...' : ''}`);
  }
}

/** The manifests that a selector may have meant. */
function nearest(patch: ManifestPatch, inventory: Inventory): string {
  const wanted = String(patch.selector);
  const kind = wanted.split(' ')[0];
  const ofKind = inventory.manifests.filter(manifest => kind === 'object' || manifest.kind === kind);
  if (ofKind.length === 0) { return `there is no ${kind}`; }
  const titles = ofKind.map(titleOf).map(title => ({ title, score: likeness(title, wanted) }))
    .sort((a, b) => b.score - a.score || (a.title < b.title ? -1 : 1));
  return `the nearest are ${titles.slice(0, SHOWN).map(({ title }) => title).join(', ')}`;
}

/** How many pairs of neighbouring characters two texts share, of those that they have. */
function likeness(a: string, b: string): number {
  const pairs = (text: string) => new Set(Array.from({ length: Math.max(text.length - 1, 0) }, (_, i) => text.slice(i, i + 2)));
  const [left, right] = [pairs(a), pairs(b)];
  const shared = [...left].filter(pair => right.has(pair)).length;
  return shared / (left.size + right.size - shared || 1);
}
