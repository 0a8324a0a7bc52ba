import type { ITerraformDependable } from 'cdktf';
import { IConstruct } from 'constructs';
import { stackOf } from './terraform';

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
