import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { LIBRARY, ROOT, SCRATCH } from './measure';
import { checkSame, coldLoad, Effort, growth, links, oneApp, printing, scale, Section } from './sections';

const HELP = `npm run bench -- [options]: measures the compiled library against what else there is, and writes docs/performance.md.

  --quick            one run each, small fleets, and nothing written
  --section <name>   only this section, and nothing written; may be repeated
  --help             print this
`;

const SECTIONS: { readonly [name: string]: (effort: Effort) => Section } = { load: coldLoad, one: oneApp, fleets: scale, growth, dependencies: links, printing };

function main(): void {
  const { values: options } = parseArgs({ options: { quick: { type: 'boolean' }, section: { type: 'string', multiple: true }, help: { type: 'boolean' } } });
  if (options.help) { return console.log(HELP); }
  if (!fs.existsSync(path.join(LIBRARY, 'index.js'))) { throw new Error(`${LIBRARY} is not compiled; run "npx projen compile" first`); }
  fs.mkdirSync(SCRATCH, { recursive: true });
  checkSame();
  const effort = options.quick ? { runs: 1, most: 100 } : { runs: 7, most: 1000 };
  const sections = Object.entries(SECTIONS).filter(([name]) => !options.section || options.section.includes(name)).map(([name, measureSection]) => {
    console.log(`measuring: ${name}`);
    return measureSection(effort);
  });
  const report = reportOf(sections);
  console.log(`\n${report}`);
  if (!options.quick && !options.section) { fs.writeFileSync(path.join(ROOT, 'docs', 'performance.md'), report); }
  const broken = sections.flatMap(section => section.promises).filter(({ most, measured }) => !(measured <= most));
  console.log(`${sections.flatMap(section => section.promises).length - broken.length} passed, ${broken.length} failed`);
  process.exitCode = broken.length > 0 && !options.quick ? 1 : 0;
}

function reportOf(sections: Section[]): string {
  const promises = sections.flatMap(section => section.promises);
  return [
    '# Performance',
    '',
    '`npm run bench` measures the compiled library and writes this page. Subjects are run by turns and the median counts, so the ratios of one table hold on other machines; the milliseconds don\'t.',
    '',
    `Node ${process.version}, ${os.cpus().length} processors, ${['cdk8s', 'cdk8s-plus-27'].map(name => `${name} ${versionOf(name)}`).join(', ')}.`,
    '',
    '## What is promised',
    '',
    ...table(['what', 'at most', 'measured'], promises.map(({ what, most, measured }) => [what, String(most), measured.toFixed(measured < 0.1 ? 4 : 2)])),
    ...sections.flatMap(section => section.tables).flatMap(({ title, note, head, rows }) => ['', `## ${title}`, '', ...(note ? [note, ''] : []), ...table(head, rows)]),
    '',
    '## Where the time goes',
    '',
    'cdk8s validates and orders the whole app once for every chart, walks every path through its dependency graph, and prints with a YAML library that builds a tree of every document. `PlatformApp` does each of these once:',
    '',
    '- It walks the tree, validates it, and orders charts and objects by one depth-first search over the edges.',
    '- It renders an object in one walk over its values. Classes with a `toJson` of their own, and apps with resolvers of their own, go the way of cdk8s.',
    '- It prints with an emitter that knows manifests: strings and lists of keys that were seen before are not looked at again.',
    '- It keeps one manifest in memory at a time.',
    '',
    'A test compares the parsed output of every one of these with that of `cdk8s.App` on the same trees.',
    '',
  ].join('\n');
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replace(/\|/g, '\\|').trim()).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function versionOf(name: string): string {
  return JSON.parse(fs.readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
}

main();
