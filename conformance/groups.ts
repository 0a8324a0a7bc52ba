import { identityOf } from './manifest';
import { Subject } from './subject';

/** Groups whose members can be judged at once, because no two of them use the same thing. */
export function groupsApart(subjects: readonly Subject[], size: number, uses: (subject: Subject) => string[]): Subject[][] {
  const groups: Subject[][] = [];
  for (const subject of subjects) {
    const mine = new Set(uses(subject));
    const group = groups.find((others) => others.length < size && !others.flatMap(uses).some((name) => mine.has(name)));
    if (group) { group.push(subject); } else { groups.push([subject]); }
  }
  return groups;
}

/** Does something with each, so many at a time and the first ones first, but never with two at once that use the same thing. */
export async function eachApart<T>(
  all: readonly T[], size: number, uses: (one: T) => readonly string[], act: (one: T) => Promise<void>,
): Promise<void> {
  const waiting = all.map((one) => ({ one, uses: uses(one) }));
  const taken = new Set<string>();
  const going = new Set<Promise<void>>();
  const errors: unknown[] = [];
  while ((waiting.length > 0 && errors.length === 0) || going.size > 0) {
    const next = errors.length > 0 ? -1 : going.size < size ? waiting.findIndex(({ uses: names }) => !names.some((name) => taken.has(name))) : -1;
    if (next < 0) {
      await Promise.race(going);
      continue;
    }
    const [{ one, uses: names }] = waiting.splice(next, 1);
    names.forEach((name) => taken.add(name));
    const done = act(one).catch((error) => { errors.push(error); }).finally(() => {
      names.forEach((name) => taken.delete(name));
      going.delete(done);
    });
    going.add(done);
  }
  if (errors.length > 0) { throw errors[0]; }
}

/** The namespaces of a subject's objects. */
export function namespacesOf({ objects }: Subject): string[] {
  return objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace ?? []));
}

/** Everything of a subject that another could get at: its namespaces, and its objects that are in none. */
export function sharedBy(subject: Subject): string[] {
  const clusterWide = subject.objects.filter(({ metadata }) => metadata.namespace === undefined).map(identityOf);
  return [...namespacesOf(subject), ...clusterWide];
}
