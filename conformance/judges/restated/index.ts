import { kubeLinterRules } from './kube-linter';
import { polarisRules } from './polaris';
import { Rule } from './rule';
import { Finding, Judge } from '../../judge';
import { nameOf } from '../../manifest';
import { Subject } from '../../subject';

/** Rules of a linter that cannot be built here, restated after its documentation: not its own word, but close to it. */
class RestatedRules implements Judge {
  public readonly tools = [];

  /** `ignored` is the annotation by which an object says why it breaks a rule; the rule's name comes behind it. */
  constructor(
    public readonly name: string, public readonly proves: string, private readonly rules: readonly Rule[], private readonly ignored?: string,
  ) {}

  public async judge(subjects: readonly Subject[]): Promise<Finding[]> {
    return subjects.flatMap((subject) => this.rules.flatMap(({ id, objections }) => (
      objections(subject)
        .filter(({ object }) => !this.ignores(subject, object, id))
        .map(({ object, message }) => ({ check: id, subject: subject.name, object, message })))));
  }

  private ignores({ objects }: Subject, name: string, rule: string): boolean {
    return this.ignored !== undefined && objects.some((object) => nameOf(object) === name && object.metadata.annotations?.[`${this.ignored}${rule}`]);
  }
}

export function restatedRules(): Judge[] {
  return [
    new RestatedRules('kube-linter-restated', 'what kube-linter checks by default, restated here: the program itself has no build that is open to us', kubeLinterRules,
      'ignore-check.kube-linter.io/'),
    new RestatedRules('polaris-restated', 'what polaris checks by default, restated here: the program itself has no build that is open to us', polarisRules),
  ];
}
