import { identityOf } from './manifest';
import { Subject } from './subject';

/** What a subject uses, by name; two that use the same thing are in each other's way unless both make exactly this of it. */
export type Uses = ReadonlyMap<string, string | undefined>;

/** Groups whose members can be judged at once, because no two of them are in each other's way. */
export function groupsApart(subjects: readonly Subject[], size: number, uses: (subject: Subject) => Uses): Subject[][] {
  const groups: { readonly subjects: Subject[]; readonly uses: Map<string, string | undefined> }[] = [];
  for (const subject of subjects) {
    const mine = [...uses(subject)];
    const group = groups.find(({ subjects: { length }, uses: theirs }) => length < size
      && mine.every(([name, content]) => !theirs.has(name) || (content !== undefined && theirs.get(name) === content)));
    if (group) { group.subjects.push(subject); }
    const { uses: all } = group ?? groups[groups.push({ subjects: [subject], uses: new Map() }) - 1];
    mine.forEach(([name, content]) => all.set(name, content));
  }
  return groups.map((group) => group.subjects);
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
export function sharedBy(subject: Subject): Uses {
  const clusterWide = subject.objects.filter(({ kind, metadata }) => metadata.namespace === undefined && kind !== 'Namespace');
  return new Map<string, string | undefined>([
    ...namespacesOf(subject).map((name) => [name, undefined] as const),
    ...clusterWide.map((object) => [identityOf(object), JSON.stringify(object)] as const),
  ]);
}
