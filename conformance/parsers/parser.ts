import { spawnSync } from 'node:child_process';
import * as jsyaml from 'js-yaml';
import * as yaml from 'yaml';
import { perl, ruby } from '../toolchain/debian';
import { Kubernetes } from '../toolchain/kubernetes';
import { PythonTool } from '../toolchain/python';

/** A program or library that reads YAML. */
export interface Parser {
  readonly name: string;
  /** Whether it tells numbers and booleans from strings. */
  readonly typed: boolean;
  /** Gets it, or throws a MissingTool; what it reads is what the function that comes answers. */
  prepare(): Promise<(text: string) => unknown>;
}

const PYYAML = (loader: string) => `import sys, json, yaml
print(json.dumps(yaml.load(sys.stdin.buffer.read(), Loader=yaml.${loader})))`;

const RUAMEL = (version: string) => `import sys, json
from ruamel.yaml import YAML
reader = YAML(typ='safe', pure=True)
reader.version = ${version}
print(json.dumps(reader.load(sys.stdin.buffer.read().decode('utf8'))))`;

const PSYCH = `require 'yaml'; require 'json'
puts JSON.generate(YAML.safe_load(STDIN.read.force_encoding('UTF-8')))`;

const PERL = `use YAML::XS; use JSON::PP; binmode STDIN; local $/;
$YAML::XS::Boolean = 'JSON::PP';
print JSON::PP->new->ascii->allow_nonref->encode(YAML::XS::Load(<STDIN>))`;

const kubectl = new Kubernetes('1.36').kubectl;
const python = new PythonTool('kubernetes-validate');

/** The parsers that manifests meet: kubectl's, and those of the tools around it. */
export const PARSERS: readonly Parser[] = [
  // one object, because kubectl reads nothing else; annotating it locally makes it print what it read
  program('kubectl', async () => (await kubectl.locate()).path, ['annotate', '--local', '-f', '-', 'zz=1', '-o', 'json']),
  library('js-yaml', text => jsyaml.load(text)),
  library('yaml 1.1', text => yaml.parse(text, { version: '1.1' })),
  library('yaml 1.2', text => yaml.parse(text, { version: '1.2' })),
  program('PyYAML', () => python.interpreter(), ['-c', PYYAML('SafeLoader')]),
  program('libyaml', () => python.interpreter(), ['-c', PYYAML('CSafeLoader')]),
  program('ruamel 1.1', () => python.interpreter(), ['-c', RUAMEL('(1, 1)')]),
  program('ruamel 1.2', () => python.interpreter(), ['-c', RUAMEL('(1, 2)')]),
  program('psych', async () => (await ruby.locate()).path, ['-e', PSYCH]),
  { ...program('YAML::XS', async () => (await perl.locate()).path, ['-e', PERL]), typed: false },
];

function program(name: string, locate: () => Promise<string>, args: string[]): Parser {
  return {
    name,
    typed: true,
    prepare: async () => {
      const command = await locate();
      return text => {
        const { status, stdout, stderr, error } = spawnSync(command, args, { input: text, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
        if (error) { throw error; }
        if (status !== 0) { throw new Error(stderr.trim().split('\n').slice(-3).join(' ')); }
        return JSON.parse(stdout);
      };
    },
  };
}

function library(name: string, read: (text: string) => unknown): Parser {
  return { name, typed: true, prepare: async () => read };
}
