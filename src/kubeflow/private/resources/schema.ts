import { Schema, Validator } from '@cfworker/json-schema';
import { show } from '../../../private/errors';
import { versionsOf } from '../facts';
import { isMap } from '../values';

/** How many problems of one object are told. */
const MOST = 8;

const validators = new WeakMap<object, Validator>();

/** What a CustomResourceDefinition's schema has against a manifest. Nothing, when it has no schema. */
export function problemsOf(manifest: any, definition: any, version: string): string[] {
  const schema = versionsOf(definition).find(each => each.name === version)?.schema?.openAPIV3Schema;
  if (!isMap(schema)) { return []; }
  let validator = validators.get(schema);
  if (!validator) {
    // before apiextensions v1 a schema was a hint: what it doesn't name was kept
    const closed = definition.apiVersion === 'apiextensions.k8s.io/v1' && definition.spec.preserveUnknownFields !== true;
    validator = new Validator(translated(schema, closed, true), '4', false);
    validators.set(schema, validator);
  }
  const { errors } = validator.validate(withoutUndefined(manifest));
  const problems = errors.filter(error => !SUMMARIES.has(error.keyword)).map(error => told(error, manifest));
  return [...new Set(problems)].slice(0, MOST);
}

/** Errors that only say that there are others. */
const SUMMARIES = new Set(['properties', 'items', 'additionalProperties', '$ref', 'allOf', 'patternProperties']);

function told({ instanceLocation, keyword, error }: { instanceLocation: string; keyword: string; error: string }, manifest: any): string {
  const path = instanceLocation.split('/').slice(1).map(key => decodeURIComponent(key).replace(/~1/g, '/').replace(/~0/g, '~'));
  const value = path.reduce((at, key) => at?.[key], manifest);
  const field = path.reduce((text, key) => (/^\d+$/.test(key) ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`), '');
  if (keyword === 'false') { return `${field}: got ${show(value)}; must not be there: the kind has no such field`; }
  return `${field === '' ? 'manifest' : field}: got ${show(value)}; must fit the schema: ${error.replace(/\.$/, '')}`;
}

/** What YAML would not carry is not there. */
function withoutUndefined(value: any): any {
  if (Array.isArray(value)) { return value.map(withoutUndefined); }
  if (!isMap(value)) { return value; }
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined).map(([key, inner]) => [key, withoutUndefined(inner)]));
}

/**
 * A schema of Kubernetes in the words of JSON Schema.
 *
 * @param closed whether fields that it doesn't name are dropped by the API server, so that they are mistakes
 */
function translated(schema: any, closed: boolean, root = false): Schema {
  if (!isMap(schema)) { return {}; }
  const result: any = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') {
      result.properties = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, translated(inner, closed)]));
    } else if (key === 'items' || key === 'not') {
      result[key] = translated(value, key === 'items' && closed);
    } else if (key === 'additionalProperties') {
      result[key] = isMap(value) ? translated(value, closed) : value;
    } else if (key === 'allOf' || key === 'anyOf' || key === 'oneOf') {
      result[key] = value.map((inner: any) => translated(inner, false));
    } else if (KEPT.has(key)) {
      result[key] = value;
    }
  }
  if (root) {
    // these are the API server's own
    result.properties = { ...result.properties, apiVersion: {}, kind: {}, metadata: {} };
  }
  if (schema['x-kubernetes-int-or-string']) { result.anyOf ??= [{ type: 'integer' }, { type: 'string' }]; }
  if (schema.nullable === true && typeof result.type === 'string') { result.type = [result.type, 'null']; }
  const open = schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-embedded-resource'] === true;
  if (closed && !open && result.properties && result.additionalProperties === undefined) { result.additionalProperties = false; }
  return result;
}

const KEPT = new Set([
  'type', 'required', 'enum', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf',
  'minLength', 'maxLength', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties',
]);
