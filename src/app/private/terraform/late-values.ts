import * as fs from 'fs';
import * as path from 'path';
import type { IResolvable, TerraformOutput as OutputOfStack, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { InvalidInputError, invalid, pathOf, show } from '../../../private/errors';
import { cdktf, isTerraformToken } from '../../../private/terraform';
import { outputName } from '../../../private/terraform-output';

/** What stands in the place of a value that nobody knows yet. Never written. */
const UNKNOWN = 'known-after-apply';

const MARKER = /\$\{TfToken\[[a-zA-Z0-9:._-]+\]\}/g;

/** The values of manifests that exist only after `terraform apply`, taken from what `terraform output -json` said. */
export class LateValues {
  private readonly outputs = new Map<TerraformStack, Map<string, Output>>();
  private readonly recorded = new Map<TerraformStack, { readonly [name: string]: any }>();

  /** @param folder where the outputs are recorded, as the user gave it */
  constructor(private readonly stacks: readonly TerraformStack[], private readonly folder: string, private readonly outdir: string) {}

  /**
   * A manifest with values in place of tokens, and what is waited for, a line for each.
   *
   * What it is given stays as it is, because an object may give out what it keeps; only what holds a token is copied.
   */
  public resolve(manifest: any, source: IConstruct): { manifest: any; waiting: string[] } {
    const waiting: string[] = [];
    const at = `${pathOf(source)}: ${manifest.kind} ${manifest.metadata?.name ?? ''}`;
    const walk = (value: any, trail: string): any => {
      if (typeof value === 'string' || typeof value === 'number') {
        return isTerraformToken(value) ? this.value(value, source, trail, line => waiting.push(`${at}, ${trail}: ${line}`)) : value;
      }
      if (typeof value !== 'object' || value === null) { return value; }
      let copy: any;
      for (const key of Object.keys(value)) {
        const inner = walk(value[key], trail === '' ? key : Array.isArray(value) ? `${trail}[${key}]` : `${trail}.${key}`);
        if (Object.is(inner, value[key])) { continue; }
        copy ??= Array.isArray(value) ? [...value] : { ...value };
        copy[key] = inner;
      }
      return copy ?? value;
    };
    return { manifest: walk(manifest, ''), waiting };
  }

  private value(value: string | number, source: IConstruct, trail: string, wait: (line: string) => void): any {
    const { Tokenization } = cdktf();
    const late = (token: IResolvable | undefined) => {
      if (!token) { throw invalid(source, trail, value, 'be known when YAML is made, but it has a token of cdktf that cannot be read', 'pass the attribute itself'); }
      return this.known(token, source, trail, wait);
    };
    if (typeof value === 'number') {
      const known = late(Tokenization.reverseNumber(value));
      return known === UNKNOWN ? 0 : Number(known);
    }
    return value.replace(MARKER, marker => String(late(Tokenization.reverseString(marker).firstToken)));
  }

  private known(token: IResolvable, source: IConstruct, trail: string, wait: (line: string) => void): unknown {
    const { stack, expression } = this.origin(token, source, trail);
    const { name, sensitive } = this.outputOf(stack, expression);
    if (sensitive) {
      throw invalid(source, trail, expression, 'not be sensitive, because manifests are not secret', 'store it in a vault and let the cluster read it from there');
    }
    const file = path.join(this.folder, `terraform.${stack.node.id}.outputs.json`);
    const record = this.recordOf(stack, file)[name];
    if (record === undefined) {
      const chdir = path.join(this.outdir, 'stacks', stack.node.id).split(path.sep).join('/');
      wait(`waits for the output "${name}" of stack "${stack.node.id}"; when it is applied, record it: terraform -chdir=${chdir} output -json > ${file.split(path.sep).join('/')}`);
      return UNKNOWN;
    }
    if (record === null || typeof record !== 'object' || !['string', 'number', 'boolean'].includes(typeof record.value)) {
      throw new InvalidInputError(`${file}: the output "${name}" is ${show(record?.value)}; must be a text, as "terraform output -json" writes it; record it again`);
    }
    return record.value;
  }

  /** Which stack's value a token stands for, and how Terraform calls it. */
  private origin(token: IResolvable, source: IConstruct, trail: string): { stack: TerraformStack; expression: string } {
    const { DefaultTokenResolver, StringConcat, Tokenization } = cdktf();
    const stated = (token as { originStack?: TerraformStack }).originStack;
    const scope = stated ?? this.stacks[0];
    const expression = String(Tokenization.resolve(token, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false }));
    if (stated) { return { stack: stated, expression }; }
    if (this.stacks.length > 1) {
      throw invalid(source, trail, expression, 'be an attribute of a resource, because of an expression nobody knows which stack it is of', 'make a TerraformOutput of it, and pass the attributes themselves');
    }
    return { stack: scope, expression };
  }

  /** The output that holds a value; made when there is none. */
  private outputOf(stack: TerraformStack, expression: string): Output {
    const { DefaultTokenResolver, StringConcat, TerraformOutput, Tokenization } = cdktf();
    let known = this.outputs.get(stack);
    if (!known) {
      known = new Map();
      this.outputs.set(stack, known);
      for (const output of stack.node.findAll().filter(c => TerraformOutput.isTerraformOutput(c)) as OutputOfStack[]) {
        const value = Tokenization.resolve(output.value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });
        const sensitive = output.sensitive === true;
        if (typeof value === 'string' && (!known.has(value) || !sensitive)) { known.set(value, { name: output.friendlyUniqueId, sensitive }); }
      }
    }
    let output = known.get(expression);
    if (!output) {
      const name = freeName(stack, outputName(expression.replace(/^\$\{|\}$/g, '')));
      new TerraformOutput(stack, name, { value: expression });
      output = { name, sensitive: false };
      known.set(expression, output);
    }
    return output;
  }

  private recordOf(stack: TerraformStack, file: string): { readonly [name: string]: any } {
    let record = this.recorded.get(stack);
    if (!record) {
      record = readRecord(file);
      this.recorded.set(stack, record);
    }
    return record;
  }
}

/** The name, or one like it where the stack has something of this name: expressions that differ may have one. */
function freeName(stack: TerraformStack, name: string): string {
  let free = name;
  for (let i = 2; stack.node.tryFindChild(free); i++) { free = `${name}_${i}`; }
  return free;
}

interface Output {
  readonly name: string;
  readonly sensitive: boolean;
}

function readRecord(file: string): { readonly [name: string]: any } {
  if (!fs.existsSync(file)) { return {}; }
  try {
    const record = JSON.parse(textOf(fs.readFileSync(file)));
    if (typeof record === 'object' && record !== null && !Array.isArray(record)) { return record; }
  } catch {
    // said below, as for JSON of another shape
  }
  throw new InvalidInputError(`${file}: is not what "terraform output -json" writes; record it again, or remove it`);
}

/** Windows PowerShell writes what it redirects as UTF-16, and other shells there as UTF-8 with a mark. */
function textOf(bytes: Buffer): string {
  return (bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le') : bytes.toString('utf8')).replace(/^\uFEFF/, '');
}
