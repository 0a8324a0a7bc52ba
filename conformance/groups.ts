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

/** The namespaces of a subject's objects. */
export function namespacesOf({ objects }: Subject): string[] {
  return objects.flatMap(({ kind, metadata }) => (kind === 'Namespace' ? metadata.name : metadata.namespace ?? []));
}

/** Everything of a subject that another could get at: its namespaces, and its objects that are in none. */
export function sharedBy(subject: Subject): string[] {
  const clusterWide = subject.objects.filter(({ metadata }) => metadata.namespace === undefined).map(identityOf);
  return [...namespacesOf(subject), ...clusterWide];
}
