import type { ITerraformDependable, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { cdktf, stackAround, stackOf } from './terraform';
import { dereferenced, shortHash } from './terraform-references';

/**
 * What must be there before something, as its `dependsOn`.
 *
 * Terraform knows the resources of one stack only. What another stack has is there before, because that stack is applied first.
 */
export function after(scope: IConstruct, needed: readonly IConstruct[] | undefined): ITerraformDependable[] | undefined {
  const stack = stackOf(scope);
  const own = needed?.filter(construct => {
    const other = stackOf(construct);
    if (other !== stack) { stack.addDependency(other); }
    return other === stack;
  });
  return own && own.length > 0 ? own as unknown as ITerraformDependable[] : undefined;
}

/** Where something is made. */
export interface Place {
  readonly scope: Construct;
  readonly id: string;
  /** What was made there before, or in the other place that it could have. */
  readonly made?: IConstruct;
}

/**
 * Where to make what lets one construct use another: with its owner in one stack, and else so that neither stack waits for the other
 * and is waited for by it.
 *
 * @param usual with which of the two where neither stack waits for the other by now
 */
export function placeOf(owner: IConstruct, other: IConstruct, id: string, usual = owner): Place {
  // what other owners have there may have the same id
  const idAway = `${id}-${owner.node.id}-${shortHash(owner.node.path)}`;
  const made = owner.node.tryFindChild(id) ?? other.node.tryFindChild(idAway);
  const scope = (made?.node.scope ?? homeOf(owner, other, usual)) as Construct;
  return { scope, id: scope === owner ? id : idAway, made };
}

function homeOf(owner: IConstruct, other: IConstruct, usual: IConstruct): IConstruct {
  const [own, others] = [stackAround(owner), stackAround(other)];
  if (!own || !others || own === others) { return owner; }
  const rest = usual === owner ? other : owner;
  return comesAfter(stackOf(rest), stackOf(usual)) ? rest : usual;
}

/** Whether a stack is applied after another, by what the program made of it up to now. */
function comesAfter(stack: TerraformStack, other: TerraformStack, seen = new Set<TerraformStack>()): boolean {
  const { TerraformElement } = cdktf();
  seen.add(stack);
  const before = new Set(stack.dependencies);
  for (const element of stack.node.findAll()) {
    if (!TerraformElement.isTerraformElement(element) || stackOf(element) !== stack) { continue; }
    for (const origin of dereferenced(stack, element.toTerraform()).stacks) { before.add(origin); }
  }
  return [...before].some(one => one === other || (!seen.has(one) && comesAfter(one, other, seen)));
}
