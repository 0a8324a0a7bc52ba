/* eslint-disable @typescript-eslint/no-require-imports -- cdktf is an optional peer, needed by programs with a stack only */
import type { TerraformStack } from 'cdktf';
import { IConstruct, Node } from 'constructs';
import { invalid } from '../../../private/errors';

const APP = Symbol.for('cdktf/App');

/**
 * Makes an app one that stacks of cdktf can be made in: it has what cdktf looks up on its own `App`.
 *
 * Nothing of cdktf is loaded for it, since most programs have no stack.
 */
export function hostTerraform(app: IConstruct): void {
  const hosted: PropertyDescriptorMap = {
    skipValidation: { value: false },
    skipBackendValidation: { value: false },
    hclOutput: { value: process.env.SYNTH_HCL_OUTPUT === 'true' },
    targetStackId: { value: process.env.CDKTF_TARGET_STACK_ID },
    crossStackReference: { value: crossStackReference },
  };
  Object.defineProperty(app, APP, { value: true });
  Object.defineProperties(app, hosted);
  for (const [key, value] of Object.entries(givenContext())) { app.node.setContext(key, value); }
  tellVersion(app.node);
}

/** What `cdktf` passes to the programs that it runs. */
function givenContext(): object {
  const text = process.env.CDKTF_CONTEXT_JSON || '{}';
  try {
    return Object(JSON.parse(text));
  } catch (e) {
    throw invalid('PlatformApp', 'CDKTF_CONTEXT_JSON', text, 'be JSON, where this environment variable is set', (e as Error).message);
  }
}

/** A stack asks the context for the version when it is made; by then cdktf is loaded, and the app can't set its context any more. */
function tellVersion(node: Node): void {
  const of = node.tryGetContext.bind(node);
  Object.defineProperty(node, 'tryGetContext', { value: (key: string) => (key === 'cdktfVersion' ? of(key) ?? cdktfVersion() : of(key)) });
}

export function cdktfVersion(): string {
  return require('cdktf/package.json').version;
}

/** What cdktf's own `App` does when a stack uses an attribute of another stack's resource. */
function crossStackReference(from: TerraformStack, to: TerraformStack, identifier: string): string {
  to.addDependency(from);
  const output = from.registerOutgoingCrossStackReference(identifier).friendlyUniqueId;
  return to.registerIncomingCrossStackReference(from).getString(output);
}
