import { existsSync, readFileSync } from 'fs';
import { cpus, platform } from 'os';
import type { Result, Table } from './measure';

/** What the figures were measured on and with. */
export function environmentOfRun(): { [about: string]: unknown } {
  const version = (name: string) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
  const packages = ['constructs', 'cdk8s', 'cdk8s-plus-27', 'cdk8s-cli', 'yaml', 'js-yaml', 'tsx', 'ts-node', 'typescript'];
  return {
    machine: { system: platform(), processors: cpus().length, node: process.versions.node },
    packages: Object.fromEntries(packages.map(name => [name, version(name)])),
  };
}

/** A result for a terminal. */
export function shown({ tables, targets }: Result): string {
  const lines = tables.flatMap(table => {
    const rows = [table.columns, ...table.rows];
    const widths = table.columns.map((_, i) => Math.max(...rows.map(row => row[i].length)));
    return [`\n${table.title}`, ...rows.map(row => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '))];
  });
  return [...lines, ...targets.map(({ what, is, atMost }) => `${is <= atMost ? 'met   ' : 'MISSED'} ${is} (at most ${atMost}): ${what}`)].join('\n');
}

/** The page with its tables, each between a pair of comments, brought up to date. */
export function page(file: string, results: { [measure: string]: Result }): string {
  let text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const tables = Object.values(results).flatMap(result => result.tables);
  const targets: Table = {
    title: 'Targets',
    columns: ['ratio', 'is', 'at most'],
    rows: Object.values(results).flatMap(result => result.targets).map(({ what, is, atMost }) => [what, String(is), String(atMost)]),
  };
  const { machine, packages } = environmentOfRun() as any;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`).join(', ');
  for (const [title, written] of [
    ...[...tables, targets].map(table => [table.title, markdown(table)]),
    ['Machine', `${machine.processors} processors, ${machine.system}, Node ${machine.node}, ${versions}.`],
  ]) {
    const [start, end] = [`<!-- ${title} -->`, '<!-- end -->'];
    const at = text.indexOf(start);
    if (at < 0) { throw new Error(`${file}: has no place for "${title}"; write ${start} and ${end}`); }
    text = `${text.slice(0, at)}${start}\n\n${written}\n\n${text.slice(text.indexOf(end, at))}`;
  }
  return text;
}

function markdown({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), `|${columns.map((_, i) => (i === 0 ? '---|' : '---:|')).join('')}`, ...rows.map(line)].join('\n');
}
