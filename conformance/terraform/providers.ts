import * as fs from 'node:fs';
import * as path from 'node:path';
import { Binding } from './binding';
import { AttributeSchema, BlockSchema, ProviderSchema } from './schema';
import { TerraformFile } from '../subject';

const PACKAGES = path.join(__dirname, '..', '..', 'node_modules', '@cdktf');

/** A provider as far as some stacks use it. */
export interface StubbedProvider {
  /** Such as `hashicorp/google`. */
  readonly source: string;
  readonly version: string;
  readonly schema: ProviderSchema;
}

/** The providers that stacks use. What they need of each is read from its package of bindings, in the version that the package is made for. */
export function providersOf(stacks: readonly TerraformFile[]): StubbedProvider[] {
  const found = fs.readdirSync(PACKAGES).filter((name) => name.startsWith('provider-')).map((name) => bound(path.join(PACKAGES, name), stacks));
  return [...found, ...withoutBinding(stacks)];
}

function bound(folder: string, stacks: readonly TerraformFile[]): StubbedProvider {
  const { cdktf } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as { cdktf: { provider: { name: string; version: string } } };
  const source = cdktf.provider.name.replace(/^registry\.[^/]+\//, '');
  const provider = path.basename(source);
  const schemasOf = (section: 'resource' | 'data', fileOf: (type: string) => string) => Object.fromEntries(
    typesIn(stacks, section, provider).flatMap((type) => {
      const binding = Binding.read(folder, fileOf(type));
      return binding ? [[type, { block: binding.block() }]] : []; // Terraform says that there is no such type
    }));
  return {
    source,
    version: cdktf.provider.version,
    schema: {
      provider: { block: Binding.read(folder, 'provider')!.block() },
      resource_schemas: schemasOf('resource', (type) => type.slice(provider.length + 1).replaceAll('_', '-')),
      data_source_schemas: schemasOf('data', (type) => `data-${type.replaceAll('_', '-')}`),
    },
  };
}

/**
 * Providers without a package of bindings, which is Alibaba Cloud's: no argument of theirs is judged, because nothing here says what there is.
 *
 * Each has whatever is given to it or read from it, so that Terraform still judges syntax, references, cycles and outputs.
 */
function withoutBinding(stacks: readonly TerraformFile[]): StubbedProvider[] {
  const required = new Map(stacks.flatMap(({ json }) => Object.values<any>(json.terraform?.required_providers ?? {}))
    .filter(({ source }) => source?.includes('/')).map(({ source, version }) => [source as string, version as string]));
  const text = stacks.map(({ json }) => JSON.stringify(json)).join('\n');
  return [...required].map(([source, version]) => {
    const provider = path.basename(source);
    const schemasOf = (section: 'resource' | 'data') => Object.fromEntries(typesIn(stacks, section, provider).map((type) => {
      const written = stacks.flatMap(({ json }) => Object.values<any>(json[section]?.[type] ?? {})).flatMap(Object.keys);
      const read = [...text.matchAll(new RegExp(`\\b${type}\\.[\\w-]+\\.(\\w+)`, 'g'))].map(([, attribute]) => attribute);
      return [type, { block: anything(written, read) }];
    }));
    const configured = stacks.flatMap(({ json }) => [json.provider?.[provider] ?? []].flat()).flatMap(Object.keys);
    return {
      source,
      version: version.replace(/^[^\d]*/, ''),
      schema: { provider: { block: anything(configured, []) }, resource_schemas: schemasOf('resource'), data_source_schemas: schemasOf('data') },
    };
  });
}

const META = new Set(['//', 'alias', 'connection', 'count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner', 'version']);

function anything(written: readonly string[], read: readonly string[]): BlockSchema {
  const given = written.filter((name) => !META.has(name)).map((name): [string, AttributeSchema] => [name, { type: 'dynamic', optional: true }]);
  const computed = read.map((name): [string, AttributeSchema] => [name, { type: 'string', computed: true }]);
  return { attributes: Object.fromEntries([...computed, ...given]), block_types: {} };
}

function typesIn(stacks: readonly TerraformFile[], section: 'resource' | 'data', provider: string): string[] {
  return [...new Set(stacks.flatMap(({ json }) => Object.keys(json[section] ?? {})))].filter((type) => type.startsWith(`${provider}_`)).sort();
}
