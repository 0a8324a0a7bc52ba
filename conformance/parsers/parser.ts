import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as jsyaml from 'js-yaml';
import * as yaml from 'yaml';

/** A program or library that reads YAML. */
export interface Parser {
  readonly name: string;
  /** How to get it, for who lacks it. */
  readonly get: string;
  /** Whether it tells numbers and booleans from strings. */
  readonly typed: boolean;
  /** What it reads; undefined when it is not here. */
  read(text: string): unknown;
}

const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

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

/** The parsers that manifests meet: kubectl's, and those of the tools around it. */
export const PARSERS: readonly Parser[] = [
  // one object, because kubectl reads nothing else; annotating it locally makes it print what it read
  program('kubectl', 'apt-get install kubectl, or https://kubernetes.io/docs/tasks/tools', 'kubectl', ['annotate', '--local', '-f', '-', 'zz=1', '-o', 'json']),
  library('js-yaml', text => jsyaml.load(text)),
  library('yaml 1.1', text => yaml.parse(text, { version: '1.1' })),
  library('yaml 1.2', text => yaml.parse(text, { version: '1.2' })),
  program('PyYAML', 'apt-get install python3-yaml', PYTHON, ['-c', PYYAML('SafeLoader')]),
  program('libyaml', 'apt-get install python3-yaml', PYTHON, ['-c', PYYAML('CSafeLoader')]),
  program('ruamel 1.1', 'apt-get install python3-ruamel.yaml', PYTHON, ['-c', RUAMEL('(1, 1)')]),
  program('ruamel 1.2', 'apt-get install python3-ruamel.yaml', PYTHON, ['-c', RUAMEL('(1, 2)')]),
  program('psych', 'apt-get install ruby', 'ruby', ['-e', PSYCH]),
  { ...program('YAML::XS', 'apt-get install libyaml-libyaml-perl', 'perl', ['-e', PERL]), typed: false },
];

function program(name: string, get: string, command: string, args: string[]): Parser {
  return {
    name,
    get,
    typed: true,
    read: text => {
      const { status, stdout, stderr, error } = spawnSync(command, args, { input: text, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
      if (error || /No module named|cannot load such file|Can't locate/.test(stderr)) { return undefined; }
      if (status !== 0) { throw new Error(stderr.trim().split('\n').slice(-3).join(' ')); }
      return JSON.parse(stdout);
    },
  };
}

function library(name: string, read: (text: string) => unknown): Parser {
  return { name, get: 'npm install', typed: true, read };
}
