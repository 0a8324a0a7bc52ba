import { spawnSync } from 'child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { resolve } from 'path';
import { documentation, testSnippets } from '../snippets';

// jsii-rosetta compiles the README and doc comments of an assembly; a copy of ours gets the pages of docs/ as well
const STAGE = '.cache/snippets';
rmSync(STAGE, { recursive: true, force: true });
mkdirSync(`${STAGE}/tests`, { recursive: true });
for (const shared of ['lib', 'rosetta', 'package.json']) { symlinkSync(resolve(shared), resolve(STAGE, shared)); }

const page = (file: string) => ({ file, markdown: readFileSync(file, 'utf8') });
const pages = readdirSync('docs').filter(file => file.endsWith('.md')).sort().map(file => page(`docs/${file}`));
const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));
writeFileSync(`${STAGE}/.jsii`, JSON.stringify(documentation(assembly, page('README.md'), pages)));
run('jsii-rosetta', 'extract', STAGE, '--strict', '--batch', '1000');

// tests are compiled as they are
for (const { file, source } of [page('README.md'), ...pages].flatMap(testSnippets)) { writeFileSync(`${STAGE}/tests/${file}`, source); }
writeFileSync(`${STAGE}/tests/tsconfig.json`, JSON.stringify({
  extends: '../../../tsconfig.json',
  compilerOptions: {
    noEmit: true, rootDir: '../../..', types: ['jest', 'node'], paths: { 'cdk8s-ml': ['../../../lib'], 'cdk8s-ml/testing': ['../../../testing'] },
  },
  include: ['*.ts'],
}));
if (readdirSync(`${STAGE}/tests`).length > 1) { run('tsc', '-p', `${STAGE}/tests`); }

function run(command: string, ...args: string[]): void {
  if (spawnSync(command, args, { stdio: 'inherit' }).status !== 0) { process.exitCode = 1; }
}
