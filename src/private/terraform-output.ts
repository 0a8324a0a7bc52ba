import { Construct } from 'constructs';
import { cdktf, stackOf, withoutTraces } from './terraform';

/** Declares an output of a stack, named by the construct and what it is. */
export function output(scope: Construct, what: string, value: string, description: string): void {
  const { TerraformOutput } = cdktf();
  withoutTraces(() => {
    const made = new TerraformOutput(scope, `Output-${what}`, { value, description });
    const path = scope.node.scopes.slice(scope.node.scopes.indexOf(stackOf(scope)) + 1).map(c => c.node.id);
    made.overrideLogicalId([...path, what].join('_').replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^(?=[^A-Za-z_])/, '_'));
  });
}
