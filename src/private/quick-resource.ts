import type { IResolvable, IResolveContext, TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';

type ResourceClass = new (...args: any[]) => TerraformResource;

const made = new WeakMap<ResourceClass, ResourceClass>();

/**
 * The class of a resource of which there may be a thousand.
 *
 * cdktf walks over what a resource says twice, and makes closures for each value in it. What such a resource says is walked over once,
 * and only its tokens are handed to cdktf; what comes of it is the same.
 */
export function quick<C extends ResourceClass>(base: C): C {
  let own = made.get(base);
  if (!own) {
    own = class extends base {
      public toTerraform(): any {
        const fragment = super.toTerraform();
        const resources = fragment.resource?.[this.terraformResourceType];
        // what is overridden through the stack is merged into values, not into what stands for them
        if (resources && !overridden(this.cdktfStack)) { resources[this.friendlyUniqueId] = new Resolved(resources[this.friendlyUniqueId]); }
        return fragment;
      }
    };
    made.set(base, own);
  }
  return own as C;
}

function overridden(stack: IConstruct): boolean {
  return Object.keys((stack as any).rawOverrides ?? {}).length > 0;
}

/** Stands for attributes until they are resolved, and then, where cdktf merges what it has resolved and resolves it again, for what came of them. */
class Resolved implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(private readonly attributes: object, private readonly done = false) {}

  public resolve(context: IResolveContext): undefined {
    const result = this.done ? this.attributes : new Resolved(resolvedOf(this.attributes, context), true);
    // cdktf would walk over what this method returns, and takes what a post-processor does as it is
    context.registerPostProcessor({ postProcess: () => result });
    return undefined;
  }

  public toString(): string {
    return JSON.stringify(this.attributes);
  }

  public toJSON(): object {
    return this.attributes;
  }
}

/** What cdktf looks for in texts: tokens, what Terraform evaluates, and tokens that are numbers. */
const SPECIAL = /[$#&%{}\\"]|[-|\d.+]e[-|\d.eE+]/;

function resolvedOf(value: any, context: IResolveContext): any {
  switch (typeof value) {
    case 'boolean': return value;
    case 'string': return SPECIAL.test(value) ? context.resolve(value) : value;
    // tokens are numbers below all others
    case 'number': return value > -1e280 ? value : context.resolve(value);
    case 'object': break;
    default: return context.resolve(value);
  }
  if (Array.isArray(value)) {
    if (!value.every(item => isPlain(item))) { return context.resolve(value); }
    return value.map(item => resolvedOf(item, context)).filter(item => item !== undefined);
  }
  const ordinary = value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value)) && typeof value.resolve !== 'function';
  if (!ordinary) { return context.resolve(value); }
  const keys = Object.keys(value);
  if (!keys.every(key => !SPECIAL.test(key))) { return context.resolve(value); }
  const result: { [key: string]: any } = {};
  for (const key of keys) {
    const inner = resolvedOf(value[key], context);
    if (inner !== undefined) { result[key] = inner; }
  }
  return result;
}

/** Whether an item can't be a token for the whole list that it is in. */
function isPlain(item: any): boolean {
  return typeof item === 'string' ? !SPECIAL.test(item) : typeof item !== 'number' || item > -1e280;
}
