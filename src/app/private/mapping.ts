import { k8s } from 'cdk8s-plus-27';

/** Changes a resolved value from the words of a generated class to those of Kubernetes, in place where it can. */
type Mapping = (value: any) => any;
interface Field { readonly name: string; readonly map?: Mapping }

/** A value that the generated functions take apart in a way of their own. */
class Unexpected extends Error {}

/**
 * Maps a resolved manifest as the `manifest` of its class in `k8s` does, with no copy of it; it may not be used afterwards.
 *
 * Returns undefined when the class is another, or the manifest isn't what its types say: then the class must map it.
 *
 * The generated functions make an object of all fields that a type may have, and then copy it once for each that it has. What they say is
 * regular, so it is read from them: "this field has that name, and is a list of those".
 */
export function mapped(type: any, manifest: any): any {
  let map = mappings.get(type);
  if (!map) {
    const props = /\.\.\.(toJson_\w+)\(resolved\)/.exec(Function.prototype.toString.call(type.prototype.toJson))?.[1];
    map = props !== undefined && generated[type.name] === type && generated[props] ? mappingOf(props) : unknown;
    mappings.set(type, map);
  }
  try {
    const { apiVersion, kind, ...props } = manifest;
    return { ...type.GVK, ...map(props) };
  } catch (e) {
    if (e instanceof Unexpected) { return undefined; }
    throw e;
  }
}

const generated = k8s as { [name: string]: any };
/** By class. */
const mappings = new Map<any, Mapping>();
/** By the name of the generated function. */
const byName = new Map<string, Mapping>();

const FIELD = /^ +'([^']+)': (.*?obj\.(\w+).*),$/;
const copied = (value: string) => '((obj.X) === undefined) ? undefined : '
  + `(Object.entries(obj.X).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: ${value} }), {}))`;

/** What the functions do with a field "X" of a type "T". Anything else, such as dates, is left to them. */
const FORMS: { readonly [form: string]: (type?: string) => Mapping | undefined } = {
  'obj.X': () => undefined,
  'obj.X?.value': () => valueOf,
  'toJson_T(obj.X)': later,
  'obj.X?.map(y => y)': () => each(Array.isArray),
  'obj.X?.map(y => toJson_T(y))': type => each(Array.isArray, later(type)),
  [copied('i[1]')]: () => each(isDictionary),
  [copied('i[1]?.value')]: () => each(isDictionary, valueOf),
  [copied('toJson_T(i[1])')]: type => each(isDictionary, later(type)),
};

function mappingOf(name: string): Mapping {
  let map = byName.get(name);
  if (!map) {
    const fields = fieldsOf(Function.prototype.toString.call(generated[name]));
    map = fields ? value => mapFields(fields, value) : unknown;
    byName.set(name, map);
  }
  return map;
}

/** What a generated function does with each property; undefined when it isn't written as we know it. */
function fieldsOf(source: string): Map<string, Field> | undefined {
  const fields = new Map<string, Field>();
  const [, body] = /const result = \{\n([^]*?)\n {4}\};/.exec(source) ?? [];
  for (const line of body?.split('\n') ?? ['']) {
    const [, name, expression, property] = FIELD.exec(line) ?? [];
    if (name === undefined) { return undefined; }
    const type = /toJson_\w+/.exec(expression)?.[0];
    const form = expression.replaceAll(`obj.${property}`, 'obj.X').replace(/toJson_\w+/, 'toJson_T');
    fields.set(property, { name, map: Object.hasOwn(FORMS, form) ? FORMS[form](type) : unknown });
  }
  return fields;
}

/** Types refer to themselves, so each is looked at when a value first needs it. */
function later(type?: string): Mapping {
  let map: Mapping | undefined;
  return value => (map ??= mappingOf(type!))(value);
}

function mapFields(fields: ReadonlyMap<string, Field>, value: any): any {
  if (!isDictionary(value)) { throw new Unexpected(); }
  const keys = Object.keys(value);
  let same = true;
  for (const key of keys) {
    const field = fields.get(key);
    if (field?.map) { value[key] = field.map(value[key]); }
    if (field?.name !== key) { same = false; }
  }
  if (same) { return value; }
  const result: any = {};
  for (const key of keys) {
    const field = fields.get(key);
    if (field) { result[field.name] = value[key]; }
  }
  return result;
}

function each(fits: (values: any) => boolean, map?: Mapping): Mapping {
  return values => {
    if (!fits(values)) { throw new Unexpected(); }
    if (map) {
      for (const key of Object.keys(values)) { values[key] = map(values[key]); }
    }
    return values;
  };
}

function valueOf(union: any): any {
  if (union?.value === undefined) { throw new Unexpected(); }
  return union.value;
}

function isDictionary(value: any): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknown(): never {
  throw new Unexpected();
}
