import * as fs from 'fs';
import * as path from 'path';
import { TerraformOutput, TerraformStack, Tokenization } from 'cdktf';
import { IConstruct } from 'constructs';
import { PlatformApp } from '../../src/app';

/** Writes an app and reads what Terraform is to read of each of its stacks. */
export function stacksOf(app: PlatformApp): { [stack: string]: any } {
  app.synth();
  const folder = path.join(app.terraformOutdir, 'stacks');
  return Object.fromEntries(fs.readdirSync(folder).map(stack => [stack, JSON.parse(fs.readFileSync(path.join(folder, stack, 'cdk.tf.json'), 'utf8'))]));
}

/** What Terraform would refuse of each stack of an app: references to what it doesn't declare, and dependencies on no whole object of it. */
export function refused(app: PlatformApp): string[] {
  return Object.entries(stacksOf(app)).flatMap(([stack, terraform]) => refusedOf(terraform).map(line => `${stack}: ${line}`));
}

/** The addresses of a stack's resources, without the hashes that cdktf appends. */
export function addressesOf(terraform: any): string[] {
  return Object.entries<any>(terraform.resource).flatMap(([type, all]) => Object.keys(all).map(name => `${type}.${name.replace(/_[0-9A-F]{8}$/, '')}`)).sort();
}

const REFERENCE = /\b(data\.)?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\.([A-Za-z_][\w-]*)/g;

function refusedOf(terraform: any): string[] {
  const lines: string[] = [];
  const isDeclared = (data: string | undefined, type: string, name: string) => terraform[data ? 'data' : 'resource']?.[type]?.[name] !== undefined;
  const visit = (value: any, at: string) => {
    if (typeof value === 'string') {
      for (const [expression] of value.matchAll(/(?<!\$)\$\{[^}]*\}/g)) {
        for (const [address, data, type, name] of expression.matchAll(REFERENCE)) {
          if (!isDeclared(data, type, name)) { lines.push(`${at} has ${address}`); }
        }
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'depends_on') {
          for (const address of inner as string[]) {
            const [whole, data, type, name] = [...address.matchAll(REFERENCE)][0] ?? [];
            if (whole !== address || !isDeclared(data, type, name)) { lines.push(`${at} depends on ${address}`); }
          }
        } else {
          visit(inner, `${at}.${key}`);
        }
      }
    }
  };
  visit({ ...terraform, '//': undefined }, '');
  return lines;
}

/** Uses, in a stack, every public attribute of constructs that only Terraform knows. Returns what they are called. */
export function useAttributes(stack: TerraformStack, constructs: readonly IConstruct[]): string[] {
  return constructs.flatMap(construct => attributesOf(construct).map(([name, value]) => {
    const id = `${construct.node.id}-${name}`;
    new TerraformOutput(stack, id, { value });
    return id;
  }));
}

function attributesOf(construct: IConstruct): Array<[string, unknown]> {
  const names = new Set(Object.keys(construct));
  for (let at = Object.getPrototypeOf(construct); at && at.constructor.name !== 'Construct'; at = Object.getPrototypeOf(at)) {
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (get) { names.add(name); }
    }
  }
  return [...names].map((name): [string, unknown] => [name, (construct as any)[name]])
    // those that are public are texts and lists
    .filter(([, value]) => (typeof value === 'string' || Array.isArray(value)) && hasToken(value));
}

function hasToken(value: any): boolean {
  if (typeof value === 'string') { return Tokenization.reverseString(value).tokens.length > 0; }
  return [Array.prototype, Object.prototype].includes(Object.getPrototypeOf(value ?? 0)) && Object.values(value).some(hasToken);
}
