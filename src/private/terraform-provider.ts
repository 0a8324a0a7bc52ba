import type { TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { pathOf } from './errors';
import { cdktf, fromPeers, stackOf, withoutTraces } from './terraform';

/** The provider that a cloud's first resource brings into its stack. */
export interface CloudProvider {
  /** What Terraform calls it, such as "azurerm". */
  readonly type: string;
  /** The namespace whose constructs need it, such as "azure". */
  readonly room: string;
  /** The package that has its classes. */
  readonly peer: string;
  readonly make: (stack: TerraformStack) => TerraformProvider;
}

const provided = new WeakMap<TerraformStack, Set<string>>();

/** Makes resources in the stack around a construct, which gets a provider when it has none. Throws when an optional peer is missing. */
export function withProvider<T>(scope: IConstruct, provider: CloudProvider, make: () => T): T {
  const stack = stackOf(scope);
  return fromPeers(scope, provider.peer, () => withoutTraces(() => {
    ensureProvider(stack, provider);
    return make();
  }));
}

/** Adds the provider, unless the user made one. */
function ensureProvider(stack: TerraformStack, { type, room, make }: CloudProvider): void {
  const types = provided.get(stack) ?? new Set();
  if (types.has(type)) { return; }
  provided.set(stack, types.add(type));
  if (unaliased(stack, type).length > 0) { return; }
  const provider = make(stack);
  stack.node.addValidation({
    validate: () => unaliased(stack, type).filter(other => other !== provider)
      .map(other => `${pathOf(other)}: is a second provider of ${type} without an alias; must be made before the first construct of ${room} in its stack, which else makes one`),
  });
}

/** A stack's providers of a type that resources use without naming one. */
export function unaliased(stack: TerraformStack, type: string): TerraformProvider[] {
  const { TerraformProvider: Provider } = cdktf();
  const providers = stack.node.findAll().filter(c => Provider.isTerraformProvider(c)) as TerraformProvider[];
  return providers.filter(provider => provider.terraformResourceType === type && provider.alias === undefined);
}
