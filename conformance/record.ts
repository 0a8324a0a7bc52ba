import * as fs from 'node:fs';
import * as path from 'node:path';
import { Report, writeReport } from './report';

const RESULTS = path.join(__dirname, 'results');
const README = path.join(__dirname, '..', 'README.md');
const PLACE = /(<!-- Judged -->\n)[^]*?(<!-- end -->)/;
const SHOWN = [
  'objects applied', 'objects admitted', 'pods scheduled', 'connections tried', 'resources planned', 'node pools planned', 'programs generated', 'inputs refused', 'findings',
];

/** Keeps a report in the repository, and its numbers in the README. */
export function record(report: Report): void {
  writeReport(report, RESULTS);
  fs.writeFileSync(README, readmeWith(report, fs.readFileSync(README, 'utf8')));
}

/** The README with a report's numbers. */
export function readmeWith({ date, numbers, totals }: Report, readme: string): string {
  if (!PLACE.test(readme)) { throw new Error('README.md has no place for the numbers: <!-- Judged --> and <!-- end -->'); }
  const rows = SHOWN.filter((name) => numbers[name] !== undefined).map((name) => `| ${name} | ${numbers[name].toLocaleString('en')} |`);
  const heads = `| on ${date.slice(0, 10)} | |\n|---|--:|`;
  const checks = `| checks | ${totals.passed.toLocaleString('en')} passed, ${totals.failed} failed, ${totals.skipped} skipped |`;
  return readme.replace(PLACE, `$1${[heads, ...rows, checks].join('\n')}\n$2`);
}
