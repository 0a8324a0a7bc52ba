import * as fs from 'node:fs';
import * as path from 'node:path';
import { Manifest } from '../manifest';
import { definitionsFor } from '../toolchain/definitions';
import { requiredModuleFolder } from '../toolchain/go';

type Schema = Record<string, any>;

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** How kubeconform is to find the files that `writeStrictSchemas` writes. */
export const SCHEMA_FILE_TEMPLATE = '{{.ResourceKind}}_{{.Group}}_{{.ResourceAPIVersion}}.json';

/**
 * Writes a JSON schema that knows no unknown field for each kind among the objects.
 *
 * The sources are the API description in Kubernetes' own repository, and the definitions of the custom resources.
 */
export async function writeStrictSchemas(kubernetesMinor: string, objects: readonly Manifest[], folder: string): Promise<void> {
  const wanted = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
  const builtIn = await apiDescription(kubernetesMinor);
  const write = (kind: GroupVersionKind, schema: Schema) => {
    if (!wanted.has([kind.group, kind.version, kind.kind].filter(Boolean).join('/'))) { return; }
    // kubeconform takes the version for the group of a kind that has none.
    fs.writeFileSync(path.join(folder, `${kind.kind.toLowerCase()}_${kind.group || kind.version}_${kind.version}.json`), JSON.stringify(schema));
  };
  for (const [name, definition] of Object.entries(builtIn)) {
    for (const kind of (definition['x-kubernetes-group-version-kind'] ?? []) as GroupVersionKind[]) {
      write(kind, { $ref: `#/definitions/${name}`, definitions: builtIn });
    }
  }
  for (const { spec: { group, names, versions } } of await definitionsFor(objects)) {
    for (const { name: version, schema } of versions) {
      const strict = closed(schema.openAPIV3Schema);
      strict.properties.metadata = { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' };
      write({ group, version, kind: names.kind }, { ...strict, definitions: builtIn });
    }
  }
}

async function apiDescription(kubernetesMinor: string): Promise<Record<string, Schema>> {
  const sources = await requiredModuleFolder(`kube-${kubernetesMinor}`, 'k8s.io/kubernetes');
  const { definitions } = JSON.parse(fs.readFileSync(path.join(sources, 'api', 'openapi-spec', 'swagger.json'), 'utf8'));
  const strict = Object.fromEntries(Object.entries(definitions as Record<string, Schema>).map(([name, schema]) => [name, closed(schema)]));
  strict['io.k8s.apimachinery.pkg.api.resource.Quantity'] = { type: ['string', 'number'] };
  return strict;
}

// An object that lists its properties has no others, unless its schema says so.
function closed(schema: Schema): Schema {
  if (Array.isArray(schema)) { return schema.map(closed); }
  if (schema === null || typeof schema !== 'object') { return schema; }
  if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') { return { type: ['string', 'integer'] }; }
  const result: Schema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') {
      result.properties = Object.fromEntries(Object.entries(value as Schema).map(([name, property]) => [name, closed(property)]));
    } else if (key === 'enum' || key === 'default' || key === 'required') {
      result[key] = value;
    } else {
      result[key] = closed(value);
    }
  }
  const open = schema['x-kubernetes-preserve-unknown-fields'] || schema.additionalProperties !== undefined;
  if (typeof schema.properties === 'object' && schema.type === 'object' && !open) { result.additionalProperties = false; }
  if (schema.nullable && typeof schema.type === 'string') { result.type = [schema.type, 'null']; }
  return result;
}
