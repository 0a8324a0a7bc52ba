import { Construct } from 'constructs';
import { cdktf, stackOf, withoutTraces } from './terraform';

/** Declares an output of a stack, named by the construct and what it is: "cluster_credentials_command". */
export function output(scope: Construct, what: string, value: string, description: string): void {
  const { TerraformOutput } = cdktf();
  withoutTraces(() => {
    const made = new TerraformOutput(scope, `Output-${what}`, { value, description });
    const path = scope.node.scopes.slice(scope.node.scopes.indexOf(stackOf(scope)) + 1).map(c => c.node.id);
    made.overrideLogicalId(outputName([...path, what].join('_')));
  });
}

/** A text as the name of an output, in the snake case that is usual in Terraform. */
export function outputName(text: string): string {
  return text.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_');
}
