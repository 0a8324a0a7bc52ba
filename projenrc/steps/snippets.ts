import { spawnSync } from 'child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { resolve } from 'path';
import { documentation } from '../snippets';

// jsii-rosetta compiles the README and doc comments of an assembly; a copy of ours gets the pages of docs/ as well
const STAGE = '.cache/snippets';
rmSync(STAGE, { recursive: true, force: true });
mkdirSync(STAGE, { recursive: true });
for (const shared of ['lib', 'rosetta', 'package.json']) { symlinkSync(resolve(shared), resolve(STAGE, shared)); }

const pages = readdirSync('docs').filter(file => file.endsWith('.md')).sort().map(file => ({ file: `docs/${file}`, markdown: readFileSync(`docs/${file}`, 'utf8') }));
const readme = { file: 'README.md', markdown: readFileSync('README.md', 'utf8') };
const assembly = documentation(JSON.parse(readFileSync('.jsii', 'utf8')), readme, pages);
writeFileSync(`${STAGE}/.jsii`, JSON.stringify(assembly));

const { status } = spawnSync('jsii-rosetta', ['extract', STAGE, '--strict', '--batch', '1000'], { stdio: 'inherit' });
process.exitCode = status ?? 1;
