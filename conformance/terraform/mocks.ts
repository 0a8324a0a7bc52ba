import { StubbedProvider } from './providers';
import { TerraformType } from './schema';

/**
 * What the mocked providers of a stack answer, for `mock_provider`.
 *
 * Terraform makes up what a provider computes, but lists are empty then; those of which the stack reads an element get one.
 */
export function mocksFor(json: any, providers: readonly StubbedProvider[]): Record<string, object> {
  const text = JSON.stringify(json);
  return Object.fromEntries(Object.keys(json.provider ?? {}).map((name) => {
    const { schema } = providers.find(({ source }) => source.split('/').at(-1) === name) ?? {};
    return [name, {
      ...answers('mock_resource', schema?.resource_schemas ?? {}, text, ''),
      ...answers('mock_data', schema?.data_source_schemas ?? {}, text, 'data\\.'),
    }];
  }));
}

function answers(section: string, schemas: StubbedProvider['schema']['resource_schemas'], text: string, before: string): Record<string, object> {
  const all = Object.fromEntries(Object.entries(schemas).flatMap(([type, { block }]) => {
    const read = new Set([...text.matchAll(new RegExp(`${before}\\b${type}\\.[\\w-]+\\.(\\w+)\\[0\\]`, 'g'))].map(([, attribute]) => attribute));
    const lists = Object.entries(block.attributes).filter(([name, { computed }]) => computed && read.has(name));
    const defaults = lists.map(([name, { type: of }]) => [name, oneOf(of)]);
    return defaults.length > 0 ? [[type, { defaults: Object.fromEntries(defaults) }]] : [];
  }));
  return Object.keys(all).length > 0 ? { [section]: all } : {}; // Terraform refuses an empty one
}

function oneOf(type: TerraformType): unknown {
  if (typeof type === 'string') { return ({ number: 1, bool: true } as Record<string, unknown>)[type] ?? 'mocked'; }
  const [kind, of] = type;
  switch (kind) {
    case 'object': return Object.fromEntries(Object.entries(of as Record<string, TerraformType>).map(([name, member]) => [name, oneOf(member)]));
    case 'map': return {};
    default: return [oneOf(of as TerraformType)];
  }
}
