import * as fs from 'node:fs';
import * as path from 'node:path';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { TerraformStack } from 'cdktf';
import { Program, run } from './expression';
import * as library from '../../src';
import { identityOf, Manifest, nameOf } from '../manifest';
import { readSubject, Subject } from '../subject';

const SOURCE = path.join(__dirname, '..', '..', 'src', path.sep);
const LIBRARY = { ...cdk8s, ...library, kplus, TerraformStack };

/** What became of a program. */
export interface Trial {
  /** What it wrote, one subject for each cluster; nothing when it was refused. */
  readonly written: readonly Subject[];
  /** Why it was refused. */
  readonly error?: Error;
  /** What the library did that it must not do, whether it refused or not. */
  readonly fault?: string;
}

/** Synthesizes a program into a folder that is empty before. */
export function attempt(program: Program, folder: string): Trial {
  fs.rmSync(folder, { recursive: true, force: true });
  try {
    quietly(() => {
      const app = run(program, LIBRARY).get('app');
      app.outdir = folder;
      app.terraformOutdir = path.join(folder, 'cdktf.out');
      app.synth();
    });
  } catch (error) {
    const fault = foreign(error as Error) ? undefined : faultOf(error as Error) ?? (fs.existsSync(folder) ? 'it refused and still wrote files' : undefined);
    return { written: [], error: error as Error, fault };
  }
  const written = clustersOf(folder).map((root) => readSubject(path.relative(folder, root) || '.', root));
  const nonsense = readSubject('.', folder).terraform.flatMap(({ json }) => nonsenseInStack(json)).at(0);
  if (nonsense !== undefined) { return { written, fault: `it wrote for Terraform ${nonsense}` }; }
  const twice = written.map(({ objects }) => repeated(objects)).find((identity) => identity !== undefined);
  return { written, fault: twice && `${twice} is written twice` };
}

/** With several clusters each has a folder of its own; the programs name them so. */
function clustersOf(folder: string): string[] {
  const names = fs.readdirSync(folder).filter((name) => ['cluster-0', 'cluster-1', 'other', 'made'].includes(name));
  return names.length > 0 ? names.map((name) => path.join(folder, name)) : [folder];
}

function repeated(objects: readonly Manifest[]): string | undefined {
  const identities = objects.map(identityOf);
  return identities.find((identity, i) => identities.indexOf(identity) < i);
}

/** What is not ours to put into words: a construct whose id another has, or that has none, an amount that cdk8s itself refuses. */
function foreign({ name, message, stack = '' }: Error): boolean {
  if (name === 'InvalidInputError') { return false; }
  return /^There is already a Construct with name|^Only root constructs may have an empty ID|^id\.replace is not a function/.test(message) || !stack.includes(SOURCE);
}

/** What is wrong with how something was refused. */
function faultOf({ name, message }: Error): string | undefined {
  if (name !== 'InvalidInputError') { return `it failed with ${name}`; }
  // what was given may be anything, where it is shown as JSON
  if (/\[object \w+\]|\bundefined\b/.test(message.replace(/(?:producing|reading) it failed: .*/g, '').replace(/"(?:[^"\\]|\\.)*(?:"|…)/g, '').replace(/: got [^;]*;/g, ''))) { return 'its message shows what means nothing to a person'; }
  const [first, ...rest] = message.split('\n');
  const lines = first === 'Validation failed with the following errors:' ? rest.map((line) => line.trim()) : [message];
  const bad = lines.find((line) => !/^\S.*: (?!got)[a-z].*(; must .+| \[[a-z-]+\])$/.test(line) && !/^\S.*: got (?!undefined|\[object|NaN\w).+; must .+$/.test(line));
  return bad === undefined ? undefined : 'its message is not of the form "<path>.<prop>: got <value>; must <rule>"';
}

/** Values that nobody meant, by where they are. */
export function nonsenseIn({ objects }: Subject): string[] {
  const found: string[] = [];
  const visit = (value: unknown, at: string) => {
    if (value === null || (typeof value === 'number' && !Number.isFinite(value))) { found.push(`${at}: ${value}`); }
    if (typeof value === 'string' && /\[object \w+\]|TfToken\[|NaN[KMGTP]?i?$|^undefined./.test(value) && !MEANT.has(value)) { found.push(`${at}: ${JSON.stringify(value)}`); }
    if (typeof value === 'object' && value !== null) { Object.entries(value).forEach(([key, inner]) => visit(inner, `${at}.${key}`)); }
  };
  for (const object of objects) { visit(object, nameOf(object)); }
  return found;
}

/** Values that nobody meant in what Terraform reads; references to resources are meant. */
function nonsenseInStack(json: unknown, at = ''): string[] {
  if (json === null || (typeof json === 'string' && /\[object \w+\]|TfToken\[|^undefined/.test(json) && !MEANT.has(json))) { return [`${at}: ${JSON.stringify(json)}`]; }
  return typeof json === 'object' ? Object.entries(json!).flatMap(([key, value]) => nonsenseInStack(value, `${at}.${key}`)) : [];
}

/** What the programs themselves say somewhere. */
const MEANT = new Set(['.nan', '.NaN', '.NAN', 'NaN']);

/** What two failures of one sort have in common. */
export function signatureOf(message: string): string {
  return message.split('\n').slice(0, 2).join(' ').replace(/"(?:[^"\\]|\\.)*"/g, '"…"').replace(/got .*?; must/g, 'got …; must').replace(/\S*\/\S*?(?=[.:\s])/g, '…')
    .replace(/\[?\d+\]?/g, 'N').slice(0, 140);
}

// Warnings are for people who run one program.
function quietly(action: () => void): void {
  const write = process.stderr.write;
  process.stderr.write = () => true;
  try {
    action();
  } finally {
    process.stderr.write = write;
  }
}
