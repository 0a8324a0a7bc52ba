import { cpSync, existsSync, readFileSync, readdirSync } from 'fs';
import { basename, join } from 'path';
import { Consumer, commandsIn, filesIn, optionalPeersOf, textOf } from './consumer';
import { OPTIONAL_PEERS } from '../../../projenrc/peers';

const MINUTES = 60_000;
const readme = readFileSync('README.md', 'utf8');
const examples = existsSync('examples')
  ? readdirSync('examples').filter(name => existsSync(`examples/${name}/cdk8s.yaml`) && optionalPeersOf(name).length === 0)
  : [];
const consumer = new Consumer();

beforeAll(() => {
  const tarball = Consumer.pack(consumer.directory);
  for (const [file, content] of Object.entries(filesIn(readme))) { consumer.write(file, content); }
  for (const command of commandsIn(readme).filter(line => line.startsWith('npm i'))) {
    consumer.run(command.replace(/ cdk8s-ml\b/, ` ${tarball}`));
  }
  for (const name of examples) {
    cpSync(`examples/${name}`, join(consumer.directory, 'examples', name), {
      recursive: true, filter: file => !['node_modules', 'dist', 'expected', 'package-lock.json'].includes(basename(file)),
    });
  }
  const needs = Object.assign({}, ...examples.map(name => JSON.parse(consumer.read(`examples/${name}/package.json`)).devDependencies));
  consumer.run(`npm install --no-save --no-audit --no-fund ${Object.entries(needs).map(([name, range]) => `"${name}@${range}"`).join(' ')}`);
}, 10 * MINUTES);

afterAll(() => consumer.remove());

test('npm installs the library without its optional peers', () => {
  expect(consumer.has('node_modules/cdk8s-ml/lib/index.js')).toBe(true);
  expect(OPTIONAL_PEERS.filter(peer => consumer.has(`node_modules/${peer}`))).toEqual([]);
});

test('the first program of the README synthesizes', () => {
  consumer.run('npx cdk8s synth');
  expect(Object.keys(consumer.folder('dist'))).not.toEqual([]);
}, 2 * MINUTES);

test('the first program of the README type-checks strictly, declarations of the library included', () => {
  consumer.write('tsconfig.json', JSON.stringify({
    compilerOptions: { strict: true, skipLibCheck: false, noEmit: true, module: 'node16', target: 'es2022', lib: ['es2022'], types: ['node'] },
    include: ['main.ts'],
  }));
  consumer.run('npx tsc -p .');
}, 2 * MINUTES);

test('an ES module can import every export by name', () => {
  consumer.write('names.mjs', 'import * as ml from "cdk8s-ml"; import { createRequire } from "node:module";\n' +
    'const names = Object.keys(createRequire(import.meta.url)("cdk8s-ml"));\n' +
    'console.log(JSON.stringify(names.filter(name => !(name in ml))));');
  expect(JSON.parse(consumer.run('node names.mjs'))).toEqual([]);
});

describe.each(examples)('example %s', name => {
  const folder = `examples/${name}`;

  test('synthesizes what is committed', () => {
    consumer.run('npx cdk8s synth', {}, folder);
    expect(consumer.folder(`${folder}/dist`)).toEqual(textOf(`${folder}/expected`));
  }, 2 * MINUTES);

  test('passes its own tests, the library\'s declarations being checked', () => {
    expect(JSON.parse(consumer.read(`${folder}/tsconfig.json`)).compilerOptions.skipLibCheck).not.toBe(true);
    consumer.run('npm test', { CI: 'true' }, folder);
  }, 5 * MINUTES);
});
