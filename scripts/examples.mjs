// Synthesizes every example with the built library. With `--update`, what they write becomes what is expected of them.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The examples that can be synthesized, by folder. */
export const examples = existsSync('examples') ? readdirSync('examples').filter(name => existsSync(`examples/${name}/cdk8s.yaml`)).map(name => `examples/${name}`) : [];

// The examples import the library by its name, as a user's program does. Not a link to this folder: tools that walk it would never end.
if (examples.length > 0) {
  const stub = 'examples/node_modules/cdk8s-ml';
  rmSync(stub, { recursive: true, force: true });
  mkdirSync(stub, { recursive: true });
  writeFileSync(`${stub}/package.json`, JSON.stringify({ name: 'cdk8s-ml', main: '../../../lib/index.js', types: '../../../lib/index.d.ts' }));
  for (const file of ['testing.js', 'testing.d.ts']) { writeFileSync(`${stub}/${file}`, readFileSync(file, 'utf8').replace('./lib', '../../../lib')); }
}

/** Synthesizes one example; returns what went wrong, or what it wrote: file by file, the objects. */
export function synthesize(folder) {
  rmSync(`${folder}/cdktf.out`, { recursive: true, force: true });
  const env = { ...process.env, PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH}`, CDK8S_CHECK_UPGRADE: 'false' };
  const { status, stdout, stderr } = spawnSync('cdk8s', ['synth'], { cwd: folder, env, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) { return { error: `${stdout}${stderr}`.trim() }; }
  const files = readdirSync(`${folder}/dist`, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.yaml')).sort();
  return { warnings: stderr.trim(), files: files.map(file => ({ path: `${folder}/dist/${file}`, objects: objectsIn(readFileSync(`${folder}/dist/${file}`, 'utf8')) })) };
}

/** The objects of a manifest, such as "Deployment iris". */
function objectsIn(manifest) {
  return manifest.split(/^---$/m).map(text => [text.match(/^kind: (.*)$/m)?.[1], text.match(/^ {2}name: (.*)$/m)?.[1]].join(' '));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const folder of examples) {
    const { error, warnings } = synthesize(folder);
    console.log(error ? `${folder}: ${error}` : `${folder}: synthesized${warnings ? `\n${warnings}` : ''}`);
    if (error) { process.exitCode = 1; continue; }
    if (process.argv.includes('--update')) {
      rmSync(`${folder}/expected`, { recursive: true, force: true });
      cpSync(`${folder}/dist`, `${folder}/expected`, { recursive: true, filter: file => !file.includes('/.') });
      const stacks = `${folder}/cdktf.out/stacks`;
      for (const stack of existsSync(stacks) ? readdirSync(stacks) : []) {
        cpSync(`${stacks}/${stack}/cdk.tf.json`, `${folder}/expected/cdktf.out/stacks/${stack}/cdk.tf.json`);
      }
    }
  }
}
