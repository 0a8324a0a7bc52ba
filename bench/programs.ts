import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { dirname, resolve } from 'path';
import * as ts from 'typescript';
import type { Contender } from './processes';

/** Where everything is that a run makes. */
export const WORKSPACE = resolve('.cache/bench');

/** Compiles the programs, since compiling them while they run would be most of what is measured, and lets them find the library. */
export function prepare(library: string): void {
  if (!existsSync(`${library}/lib/index.js`)) { throw new Error(`${library}/lib/index.js: isn't there; compile the library first: npx projen compile`); }
  rmSync(`${WORKSPACE}/programs`, { recursive: true, force: true });
  for (const file of readdirSync('bench/programs', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))) {
    const target = `${WORKSPACE}/programs/${file.replace(/\.ts$/, '.js')}`;
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = ts.transpileModule(readFileSync(`bench/programs/${file}`, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(target, outputText);
  }
  const stub = `${WORKSPACE}/node_modules/cdk8s-ml`;
  rmSync(stub, { recursive: true, force: true });
  mkdirSync(stub, { recursive: true });
  writeFileSync(`${stub}/package.json`, JSON.stringify({ name: 'cdk8s-ml', main: resolve(library, 'lib/index.js'), types: resolve(library, 'lib/index.d.ts') }));
}

/** A compiled program of this folder as a contender. */
export function program(name: string, file: string, args: readonly string[], folder?: string): Contender {
  return { name, command: process.execPath, args: [`${WORKSPACE}/programs/${file}.js`, ...args, ...(folder ? [folder] : [])], outdir: folder };
}

export function outdir(...parts: string[]): string {
  return `${WORKSPACE}/out/${parts.join('-').replace(/[^a-z0-9-]+/gi, '-')}`;
}
