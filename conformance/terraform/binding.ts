import * as fs from 'node:fs';
import * as path from 'node:path';
import { AttributeSchema, BlockSchema, NestedBlockSchema, TerraformType } from './schema';

/**
 * What one file of a prebuilt provider package says about Terraform's schema.
 *
 * Such a file is generated from the provider's schema: its functions `…ToHclTerraform` name every argument with its type, its declarations say which are
 * required, and its getters name what the provider computes. Whether an optional argument is computed too when it is left out is not said anywhere, so
 * each is taken to be.
 */
export class Binding {
  /** Reads the file of a resource, a data source (`data-…`) or the provider itself (`provider`); undefined when the package has none. */
  public static read(packageFolder: string, name: string): Binding | undefined {
    const folder = path.join(packageFolder, 'lib', name);
    if (!fs.existsSync(path.join(folder, 'index.js'))) { return undefined; }
    return new Binding(textOf(folder, '.js'), textOf(folder, '.d.ts'), path.join(path.basename(packageFolder), 'lib', name));
  }

  private readonly functions: Map<string, string>;
  private readonly classes: Map<string, string>;
  private readonly required: Map<string, Set<string>>;

  private constructor(js: string, declarations: string, private readonly file: string) {
    this.functions = new Map([...js.matchAll(/^function (\w+)ToHclTerraform\(struct\) \{\n([^]*?)^\}/gm)].map(([, name, body]) => [capitalized(name), body]));
    this.classes = new Map([...js.matchAll(/^class (\w+) extends (cdktf\.\w+ \{\n[^]*?)^\}/gm)].map(([, name, body]) => [name, body]));
    this.required = new Map([...declarations.matchAll(/^export interface (\w+)[^{]*\{\n([^]*?)^\}/gm)].map(([, name, body]) => (
      [name, new Set([...body.matchAll(/^ {4}readonly (\w+):/gm)].map(([, prop]) => prop))])));
  }

  /** The schema of what the file is about. */
  public block(): BlockSchema {
    const [name, body] = [...this.classes].find(([, text]) => /^cdktf\.Terraform(Resource|DataSource|Provider) /.test(text)) ?? [];
    if (!name || !body) { throw new Error(`${this.file} has no class of a resource, a data source or a provider`); }
    return this.blockOf(`${name}Config`, body, body.slice(body.indexOf('synthesizeHclAttributes()')));
  }

  private struct(name: string): BlockSchema {
    const [body, references] = [this.functions.get(name), this.classes.get(`${name}OutputReference`)];
    // A block of timeouts has no computed parts, and one that only the provider fills has no function.
    if (body === undefined && references === undefined) { throw new Error(`${this.file} says nothing about ${name}`); }
    return this.blockOf(name, references ?? '', body ?? '');
  }

  private blockOf(declared: string, body: string, mapping: string): BlockSchema {
    const attributes: Record<string, AttributeSchema> = {};
    const blocks: Record<string, NestedBlockSchema> = {};
    const required = this.required.get(declared) ?? new Set();
    const entries = mapping.matchAll(/^ +(\w+): \{\n +value: (.*),\n +isBlock: (true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)",/gm);
    for (const [, name, value, isBlock, type, storage] of entries) {
      const [, mapper, prop] = /^(?:struct\.\w+ === undefined \? null : )?(.*)\((?:struct\.|this\._)(\w+)(?:\.internalValue)?\)$/.exec(value)
        ?? fail(`${this.file}: ${value}`);
      const needed = required.has(prop);
      // An attribute that Terraform lets one write like blocks is a list of objects; the second argument tells it from blocks.
      if (isBlock === 'false' || mapper.endsWith(', false)')) {
        attributes[name] = { type: this.typeOf(mapper, type), ...needed ? { required: true } : { optional: true, computed: true } };
        continue;
      }
      const [, listed] = /^cdktf\.listMapperHcl\((\w+)ToHclTerraform, true\)$/.exec(mapper) ?? [];
      const [, single] = /^(\w+)ToHclTerraform$/.exec(mapper) ?? [];
      const block = this.struct(capitalized(listed ?? single ?? fail(`${this.file}: ${mapper}`)));
      blocks[name] = type === 'struct' && !storage.endsWith('List')
        ? { nesting_mode: 'single', block }
        : { nesting_mode: type === 'set' ? 'set' : 'list', ...needed ? { min_items: 1 } : {}, ...single ? { max_items: 1 } : {}, block };
    }
    for (const [name, type] of this.computed(body)) {
      if (!attributes[name] && !blocks[name]) { attributes[name] = { type, computed: true }; }
    }
    return { attributes, block_types: blocks };
  }

  // Getters of plain values, and members for everything else.
  private computed(body: string): [string, TerraformType][] {
    const plain = [...body.matchAll(/^ +\/\/ (\w+) - computed: true, optional: false, required: false\n +get \w+\(\) \{\n +return (.*);/gm)]
      .map(([, name, getter]): [string, TerraformType] => [name, getterType(getter) ?? fail(`${this.file}: ${getter}`)]);
    const complex = [...body.matchAll(/^ +\/\/ (\w+) - computed: true, optional: (?:true|false), required: false\n +this\._\w+ = new ([\w.]+)\(this, "\w+"(?:, (\w+))?\);/gm)]
      .map(([, name, type, isSet]): [string, TerraformType] => [name, this.memberType(type, isSet === 'true')]);
    return [...plain, ...complex];
  }

  private memberType(type: string, isSet: boolean): TerraformType {
    const map = /^cdktf\.(String|Number|Boolean|Any)Map$/.exec(type)?.[1];
    if (map) { return ['map', primitive(map)]; }
    const list = /^cdktf\.(String|Number|Boolean|Any)(?:Map)?List$/.exec(type)?.[1];
    if (list) { return ['list', type.includes('MapList') ? ['map', primitive(list)] : primitive(list)]; }
    const [, item] = /^(\w+?)(?:List|OutputReference)$/.exec(type) ?? fail(`${this.file}: ${type}`);
    const object = this.objectOf(this.struct(item));
    return type.endsWith('List') ? [isSet ? 'set' : 'list', object] : object;
  }

  private objectOf({ attributes, block_types: blocks }: BlockSchema): TerraformType {
    const nested = Object.entries(blocks).map(([name, { block }]): [string, TerraformType] => [name, ['list', this.objectOf(block)]]);
    return ['object', Object.fromEntries([...Object.entries(attributes).map(([name, { type }]): [string, TerraformType] => [name, type]), ...nested])];
  }

  // `cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)` and the like
  private typeOf(mapper: string, type: string): TerraformType {
    const plain = /^cdktf\.(string|number|boolean|any)ToHclTerraform$/.exec(mapper)?.[1];
    if (plain) { return primitive(plain); }
    const [, , inner] = /^cdktf\.(listMapper|hashMapper)(?:Hcl)?\((.*?)(?:, \w+)?\)$/.exec(mapper) ?? [];
    if (inner) { return [type === 'simple' ? 'list' : type, this.typeOf(inner, 'list')]; }
    const [, struct] = /^(\w+)ToHclTerraform$/.exec(mapper) ?? fail(`${this.file}: ${mapper}`);
    return this.objectOf(this.struct(capitalized(struct)));
  }
}

/** The file and those that it is split into when it is long. */
function textOf(folder: string, ending: '.js' | '.d.ts'): string {
  const parts = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending)).sort();
  const text = parts.map((file) => fs.readFileSync(path.join(folder, file), 'utf8')).join('\n');
  return text.replace(/\(0, \w+\.(\w+)\)/g, '$1').replace(/\b(?:index_structs|structs\d*)_\d+\./g, '');
}

function getterType(getter: string): TerraformType | undefined {
  const kind = /this\.get(\w+)Attribute\(/.exec(getter)?.[1];
  const collection = getter.startsWith('cdktf.Fn.tolist') ? 'set' : 'list';
  const types: Record<string, TerraformType> = {
    String: 'string',
    Number: 'number',
    Boolean: 'bool',
    List: [collection, 'string'],
    NumberList: [collection, 'number'],
    StringMap: ['map', 'string'],
  };
  return kind ? types[kind] : undefined;
}

function primitive(name: string): TerraformType {
  const lower = name.toLowerCase();
  return ({ boolean: 'bool', any: 'dynamic' } as Record<string, string>)[lower] ?? lower;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function fail(what: string): never {
  throw new Error(`cannot read ${what}`);
}
