import { ApiObject, ApiObjectMetadataDefinition, App, JsonPatch, Lazy } from 'cdk8s';
import { IConstruct } from 'constructs';
import { mapped } from './mapping';
import { patchedAndMapped } from './patches';
import { isPlain, MAX_DEPTH } from './yaml/printer';
import { InvalidInputError, invalid, show } from '../../private/errors';
import { applyPatches } from '../../private/json-patch';

/** How many resolvers `cdk8s.App` adds after the user's own. */
const BUILT_IN_RESOLVERS = 3;

/** Renders an object as its own `toJson` does, which may be the object's own (see `amend`). */
export function render(object: ApiObject): any {
  return Object.hasOwn(object, 'toJson') ? object.toJson() : renderClass(object);
}

/**
 * Renders an object as its class does, without what an instance adds to it.
 *
 * For the classes whose `toJson` is known this is one walk over the given values instead of four. Where that walk and
 * cdk8s's differ, ours keeps what cdk8s loses: objects without a prototype, and unions (`IntOrString`) outside generated classes.
 */
export function renderClass(object: ApiObject): any {
  const type = object.constructor as any;
  const way = ways.get(type) ?? wayOf(type);
  const self = object as unknown as Internals;
  if (way === 'its own' || !hasInternals(self) || (App.of(object) as any).resolvers?.length !== BUILT_IN_RESOLVERS) {
    return withPath(object, () => type.prototype.toJson.call(object));
  }
  if (way === 'plain') { return applyPatches(object, resolved(object, self, false), self.patches); }
  const resolve = () => resolved(object, self, true);
  // with patches the class maps, as it may have to twice
  return self.patches.length > 0
    ? patchedAndMapped(object, self.patches, resolve, manifest => withClass(object, () => type.manifest(manifest)))
    : withClass(object, () => mapped(type, resolve()) ?? type.manifest(resolve()));
}

/**
 * A manifest that was read elsewhere, with the Lazy values that a program put into it resolved. What it is given stays as it is.
 *
 * Of what YAML can say nothing is left out: a null there says what it says.
 */
export function resolvedAsRead(object: IConstruct, manifest: any): any {
  return new Resolver(object, { asRead: true }).resolve(manifest);
}

/** The fields of cdk8s's classes that its `toJson` reads. Were one renamed, cdk8s would render for itself. */
interface Internals {
  readonly props: { [key: string]: any };
  readonly patches: JsonPatch[];
  readonly metadata: {
    readonly _additionalAttributes: { [key: string]: any };
    readonly name?: string;
    readonly namespace?: string;
    readonly labels: unknown;
    readonly annotations: unknown;
    readonly finalizers: unknown;
    readonly ownerReferences: unknown;
    toJson(): any;
  };
}

function hasInternals(self: Internals): boolean {
  return Array.isArray(self.patches) && typeof self.props === 'object' && typeof self.metadata?._additionalAttributes === 'object'
    && self.metadata.toJson === ApiObjectMetadataDefinition.prototype.toJson;
}

/** cdk8s's own `toJson`; that with a generated mapper after it, as every class of `cdk8s import` has; or one that we don't know. */
type Way = 'plain' | 'mapped' | 'its own';
const ways = new Map<any, Way>();
const GENERATED = /^toJson\(\) \{\s*const resolved = super\.toJson\(\);\s*return \{\s*\.\.\.\w+\.GVK,\s*\.\.\.toJson_\w+\(resolved\),\s*\};\s*\}$/;

function wayOf(type: any): Way {
  const own = type.prototype.toJson;
  const isMapped = typeof type.manifest === 'function' && typeof type.GVK === 'object' && GENERATED.test(Function.prototype.toString.call(own));
  const way = own === ApiObject.prototype.toJson ? 'plain' : isMapped ? 'mapped' : 'its own';
  ways.set(type, way);
  return way;
}

function resolved(object: ApiObject, self: Internals, keepUnions: boolean): any {
  const { props, metadata: { _additionalAttributes: additional, name, namespace, labels, annotations, finalizers, ownerReferences } } = self;
  const resolver = new Resolver(object, { unions: keepUnions });
  // key by key rather than whole, because an object that loses a key is a slow one from then on
  const metadata: any = {};
  const given: any = { ...additional, name, namespace, annotations, finalizers, ownerReferences, labels };
  for (const key of Object.keys(given)) {
    const value = nonEmpty(resolver.resolve(given[key], 'metadata', key));
    if (value !== undefined) { metadata[key] = value; }
  }
  const result: any = {};
  for (const key of ['apiVersion', 'kind']) {
    const value = resolver.resolve(props[key], key);
    if (value !== undefined) { result[key] = value; }
  }
  result.metadata = metadata;
  for (const key of Object.keys(props)) {
    if (key === 'apiVersion' || key === 'kind' || key === 'metadata') { continue; }
    const value = resolver.resolve(props[key], key);
    if (value !== undefined) { result[key] = value; }
  }
  return result;
}

/** A value without the empty lists and dictionaries within it; undefined when nothing is left. */
function nonEmpty(value: any): any {
  if (typeof value !== 'object') { return value; }
  if (Array.isArray(value)) { return value.length > 0 ? value : undefined; }
  let empty = true;
  for (const key of Object.keys(value)) {
    if (nonEmpty(value[key]) === undefined) { delete value[key]; } else { empty = false; }
  }
  return empty ? undefined : value;
}

/** Maps of strings, in which a null would vanish without a word. */
const NOT_NULL = new Set(['labels', 'annotations', 'matchLabels', 'nodeSelector', 'data', 'stringData']);

/** Stands where a late value is, which is a level of its own and has no key; no manifest has this one. */
const LATE = '\0late';

/** Resolves Lazy values, tokens and unions, and leaves out what is not there, in one walk. */
class Resolver {
  /** The keys that lead to the value at hand. */
  private readonly trail: string[] = [];

  constructor(private readonly object: IConstruct, private readonly keep: { readonly unions?: boolean; readonly asRead?: boolean }) {}

  /** @param keys where the value is */
  public resolve(value: any, ...keys: string[]): any {
    for (let i = 0; i < keys.length; i++) { this.trail[i] = keys[i]; }
    return this.value(value, keys.length);
  }

  private value(value: any, depth: number): any {
    if (typeof value !== 'object') {
      if (typeof value === 'function' || typeof value === 'symbol' || (typeof value === 'bigint' && !this.keep.asRead)) {
        throw this.refuse(value, depth, 'be a string, number, boolean, list or plain object');
      }
      return value;
    }
    if (value === null) { return this.keep.asRead ? null : undefined; }
    if (depth > MAX_DEPTH) { throw this.refuse(value, 4, `not refer to itself, nor be nested deeper than ${MAX_DEPTH} levels`); }
    if (Array.isArray(value)) { return this.list(value, depth); }
    if (value instanceof Lazy || typeof value.resolve === 'function') {
      const late = this.produce(value, depth);
      this.trail[depth] = LATE;
      return this.value(late, depth + 1);
    }
    if (isPlain(value)) { return this.map(value, depth); }
    if (typeof value.value === 'string' || typeof value.value === 'number') { return this.keep.unions ? { value: value.value } : value.value; }
    throw this.refuse(value, depth, 'be a string, number, boolean, list or plain object', 'convert it first');
  }

  private list(items: any[], depth: number): any[] {
    const result = new Array(items.length);
    for (let i = 0; i < items.length; i++) {
      this.trail[depth] = String(i);
      result[i] = this.value(items[i], depth + 1);
    }
    return result;
  }

  private map(object: any, depth: number): any {
    const result: any = {};
    for (const key of Object.keys(object)) {
      this.trail[depth] = key;
      const inner = this.value(object[key], depth + 1);
      if (inner === undefined) {
        if (object[key] === null && NOT_NULL.has(this.trail[depth - 1])) { throw this.refuse(null, depth + 1, 'be a string', 'leave the key out'); }
        continue;
      }
      if (key === '__proto__') {
        Object.defineProperty(result, key, { value: inner, enumerable: true, configurable: true, writable: true });
      } else {
        result[key] = inner;
      }
    }
    return result;
  }

  private produce(value: any, depth: number): any {
    try {
      return value instanceof Lazy ? value.produce() : value.resolve();
    } catch (e) {
      if (e instanceof InvalidInputError) { throw e; }
      throw this.refuse(undefined, depth, 'be a value that can be produced', `producing it failed: ${e instanceof Error ? e.message : show(e)}`);
    }
  }

  private refuse(value: unknown, depth: number, rule: string, fix?: string): Error {
    return invalid(this.object, this.trail.slice(0, depth).filter(key => key !== LATE).join('.'), value, rule, fix);
  }
}

/** A generated class fails over what is of another type than it was told, without a word about where. */
function withClass<T>(object: ApiObject, map: () => T): T {
  try {
    return map();
  } catch (e) {
    throw e instanceof TypeError ? invalid(object, 'spec', object, 'be of the types that its class takes', e.message) : e;
  }
}

function withPath<T>(object: ApiObject, produce: () => T): T {
  try {
    return produce();
  } catch (e) {
    if (e instanceof InvalidInputError) { throw e; }
    const overflow = e instanceof RangeError || /Maximum call stack/.test(String(e));
    throw overflow ? invalid(object, 'spec', object, 'not refer to itself') : e;
  }
}
