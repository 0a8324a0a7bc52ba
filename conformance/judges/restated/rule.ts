import { Manifest, nameOf, podTemplates } from '../../manifest';
import { Subject } from '../../subject';

/** What a rule says about one container. */
export interface ContainerCase {
  readonly container: any;
  readonly pod: any;
}

/** What a rule says about one pod template. */
export interface PodCase {
  readonly owner: Manifest;
  readonly pod: any;
  readonly labels: Record<string, string>;
  readonly subject: Subject;
}

/** Whether a rule is broken; a text also says by what. */
export type Answer = boolean | string | undefined;

/** A rule under its own name; it is broken where `breaks` says so. */
export interface Rule {
  readonly id: string;
  readonly objections: (subject: Subject) => { readonly object: string; readonly message: string }[];
}

/** A rule for every container, or only those that go on running. */
export function containerRule(id: string, breaks: (subject: ContainerCase) => Answer, options: { readonly init?: boolean } = {}): Rule {
  return {
    id,
    objections: ({ objects }) => podTemplates(objects).flatMap(({ owner, spec: pod }) => {
      const init = (options.init ?? true) ? pod.initContainers ?? [] : [];
      return [...init, ...pod.containers]
        .map((container: any) => ({ container, pod }))
        .flatMap((subject) => objection(nameOf(owner), `container ${subject.container.name}`, breaks(subject)));
    }),
  };
}

/** A rule for every pod template. */
export function podRule(id: string, breaks: (subject: PodCase) => Answer): Rule {
  return {
    id,
    objections: (subject) => podTemplates(subject.objects)
      .map(({ owner, spec: pod, metadata }) => ({ owner, pod, labels: metadata.labels ?? {}, subject }))
      .flatMap((pod) => objection(nameOf(pod.owner), 'its pods', breaks(pod))),
  };
}

/** A rule for every object of a kind. */
export function objectRule(id: string, kind: string, breaks: (object: Manifest, subject: Subject) => boolean): Rule {
  return {
    id,
    objections: (subject) => subject.objects
      .filter((object) => object.kind === kind && breaks(object, subject))
      .map((object) => ({ object: nameOf(object), message: kind })),
  };
}

function objection(object: string, place: string, answer: Answer): { object: string; message: string }[] {
  if (!answer) { return []; }
  return [{ object, message: answer === true ? place : `${place}: ${answer}` }];
}

/** Whether labels have everything that a selector asks for. */
export function selects(matchLabels: Record<string, string> | undefined, labels: Record<string, string>): boolean {
  return Object.entries(matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}

/** The objects of a kind in the namespace of another. */
export function beside(object: Manifest, kind: string, { objects }: Subject): Manifest[] {
  return objects.filter((other) => other.kind === kind && other.metadata.namespace === object.metadata.namespace);
}
