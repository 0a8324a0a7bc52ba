import { kubeLinterRules } from './kube-linter';
import { polarisRules } from './polaris';
import { Rule } from './rule';
import { Finding, Judge } from '../../judge';
import { Subject } from '../../subject';

/** Rules of a linter that cannot be built here, restated after its documentation: not its own word, but close to it. */
class RestatedRules implements Judge {
  public readonly tools = [];

  constructor(public readonly name: string, public readonly proves: string, private readonly rules: readonly Rule[]) {}

  public async judge(subjects: readonly Subject[]): Promise<Finding[]> {
    return subjects.flatMap((subject) => this.rules.flatMap(({ id, objections }) => (
      objections(subject).map(({ object, message }) => ({ check: id, subject: subject.name, object, message })))));
  }
}

export function restatedRules(): Judge[] {
  return [
    new RestatedRules('kube-linter-restated', 'what kube-linter checks by default, restated here: the program itself has no build that is open to us', kubeLinterRules),
    new RestatedRules('polaris-restated', 'what polaris checks by default, restated here: the program itself has no build that is open to us', polarisRules),
  ];
}
