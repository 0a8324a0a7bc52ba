import { Construct, IConstruct } from 'constructs';
import { invalid, pathOf } from './errors';
import { isTerraformToken } from './terraform';

/** A name that a cloud has once in a place. */
export interface TakenName {
  /** What has it, such as "google_service_account". */
  readonly kind: string;
  readonly name: string;
  /** The property that says the name. */
  readonly prop: string;
  /** Which place it is, once the program is complete; the empty text where the program doesn't say. */
  readonly place: () => string;
  /** What a message calls the place, such as "the project". */
  readonly placeIs: string;
  /** How the places of two that are not in one place are told apart. */
  readonly fix?: string;
}

const NAMES = Symbol.for('cdk8s-ml/taken-names');

/** Sees to it that no other construct of the program takes the name in the same place. Terraform finds that out when it has made the first. */
export function takeName(construct: Construct, taken: TakenName): void {
  if (isTerraformToken(taken.name)) { return; }
  const root = construct.node.root as any;
  if (!root[NAMES]) { Object.defineProperty(root, NAMES, { value: new Map() }); }
  const all: Map<string, Array<TakenName & { readonly by: IConstruct }>> = root[NAMES];
  const key = `${taken.kind} ${taken.name.toLowerCase()}`;
  const before = [...all.get(key) ?? []];
  all.set(key, [...before, { ...taken, by: construct }]);
  construct.node.addValidation({
    validate: () => before.filter(other => other.place() === taken.place()).slice(0, 1).map(other => invalid(
      construct, taken.prop, taken.name, `not be the name of ${pathOf(other.by)}, which is in ${taken.placeIs}, too`,
      `give one of them another name${taken.fix ? `, or ${taken.fix}` : ''}`,
    ).message),
  });
}
