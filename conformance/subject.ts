import * as fs from 'node:fs';
import * as path from 'node:path';
import { Manifest, readManifests } from './manifest';

/** What is judged as one: the YAML that one program writes and one user applies. */
export interface Subject {
  /** Such as `examples/flask-model` or `presets/vllm`. */
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly objects: readonly Manifest[];
  /** The same program after a change, from files that end in `.next.yaml`. */
  readonly next?: readonly Manifest[];
  /** What the same program writes for Terraform; nothing when it has no stacks. */
  readonly terraform: readonly TerraformFile[];
}

/** One stack as Terraform reads it. */
export interface TerraformFile {
  /** The name of its folder. */
  readonly stack: string;
  readonly file: string;
  /** Its content: `resource`, `provider`, `output` and the like. */
  readonly json: any;
}

/** Reads a folder of YAML as one subject. */
export function readSubject(name: string, folder: string): Subject {
  const all = filesIn(folder, /\.ya?ml$/);
  const files = all.filter((file) => !isNext(file));
  const next = all.filter(isNext).flatMap(readManifests);
  return { name, folder, files, objects: files.flatMap(readManifests), ...next.length > 0 ? { next } : {}, terraform: readStacks(folder) };
}

function hasContent({ files, terraform }: Subject): boolean {
  return files.length + terraform.length > 0;
}

function readStacks(folder: string): TerraformFile[] {
  return filesIn(folder, /(^|\/)cdk\.tf\.json$/).map((file) => ({ stack: path.basename(path.dirname(file)), file, json: JSON.parse(fs.readFileSync(file, 'utf8')) }));
}

function isNext(file: string): boolean {
  return /\.next\.ya?ml$/.test(file);
}

/** The namespaces that it deploys into and somebody else makes. */
export function namespacesOfOthers({ objects }: Subject): Manifest[] {
  const declared = new Set(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name));
  const used = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  return [...used].filter((name) => !declared.has(name) && !['default', 'kube-system'].includes(name))
    .map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}

/** Each folder under `root` that holds YAML or stacks becomes a subject of its own. */
export function readSubjects(prefix: string, root: string): Subject[] {
  return subfolders(root).map((name) => readSubject(`${prefix}/${name}`, path.join(root, name))).filter(hasContent);
}

/** Almost all of its objects are those of the release that it is given, which `conformance/kubeflow` applies as a whole; its stacks are the library's own. */
const OTHERS_MANIFESTS = 'kubeflow-on-aks';

/** The committed output of every example, as far as it is the library's own. */
export function readExamples(root: string): Subject[] {
  return subfolders(root)
    .map((name) => ({ ...readSubject(`examples/${name}`, path.join(root, name, 'expected')), ...name === OTHERS_MANIFESTS ? { files: [], objects: [] } : {} }))
    .filter(hasContent);
}

function subfolders(folder: string): string[] {
  if (!fs.existsSync(folder)) { return []; }
  return fs.readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

function filesIn(folder: string, pattern: RegExp): string[] {
  if (!fs.existsSync(folder)) { return []; }
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .sort()
    .map((file) => path.join(folder, file));
}
