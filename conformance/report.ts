import * as fs from 'node:fs';
import * as path from 'node:path';
import { Exception, Exceptions } from './exceptions';
import { Finding } from './judge';
import { nameOf, podTemplates } from './manifest';
import { Subject } from './subject';
import { definitionVersions } from './toolchain/definitions';
import { Verdict } from './verdict';

/** Everything the report says, as it is written to report.json. */
export interface Report {
  readonly date: string;
  readonly totals: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly numbers: Record<string, number>;
  readonly judges: {
    readonly name: string;
    readonly proves: string;
    readonly programs: Record<string, string>;
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly reason?: string;
    readonly seconds: number;
  }[];
  readonly findings: readonly (Finding & { readonly judge: string })[];
  readonly exceptions: readonly (Exception & { readonly covered: number })[];
  readonly staleExceptions: string[];
  readonly definitions: Record<string, string>;
  readonly subjects: { readonly name: string; readonly objects: string[] }[];
}

export function reportOf(verdicts: readonly Verdict[], subjects: readonly Subject[], exceptions: Exceptions, whole: boolean): Report {
  const spoke = verdicts.filter(({ reason }) => !reason).map(({ judge }) => judge.name);
  // A part of the subjects says nothing about the exceptions that the others need.
  const stale = whole ? exceptions.stale(spoke) : [];
  const sum = (count: (verdict: Verdict) => number) => verdicts.map(count).reduce((a, b) => a + b, 0);
  return {
    date: new Date().toISOString(),
    totals: {
      passed: sum(({ passed }) => passed.length) + (whole ? exceptions.entries.length - stale.length : 0),
      failed: sum(({ failed }) => failed.length) + stale.length,
      skipped: sum(({ skipped }) => skipped.length),
    },
    numbers: {
      subjects: subjects.length,
      objects: subjects.flatMap(({ objects }) => objects).length,
      pods: subjects.flatMap(({ objects }) => podTemplates(objects)).length,
      exceptions: exceptions.entries.length,
      findings: sum(({ findings }) => findings.length),
    },
    judges: verdicts.map(({ judge, programs, passed, failed, skipped, reason, seconds }) => ({
      name: judge.name,
      proves: judge.proves,
      programs: Object.fromEntries(Object.entries(programs).map(([name, { version, origin }]) => [name, `${version} (${origin})`])),
      passed: passed.length,
      failed: failed.length,
      skipped: skipped.length,
      reason,
      seconds: Math.round(seconds * 10) / 10,
    })),
    findings: verdicts.flatMap(({ judge, findings }) => findings.map((finding) => ({ judge: judge.name, ...finding }))),
    exceptions: exceptions.entries.map((entry) => ({ ...entry, covered: exceptions.usesOf(entry) })),
    staleExceptions: stale.map(({ judge, check, objects }) => `${judge} ${check} ${objects}`),
    definitions: definitionVersions(),
    subjects: subjects.map(({ name, objects }) => ({ name, objects: objects.map(nameOf) })),
  };
}

/** Writes report.json and index.html. */
export function writeReport(report: Report, folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'report.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  fs.writeFileSync(path.join(folder, 'index.html'), page(report));
}

function page(report: Report): string {
  const { totals, numbers, judges, findings, exceptions, subjects } = report;
  const verdict = totals.failed > 0 ? 'failed' : 'passed';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Conformance: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24 }
  table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem }
  th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #d8dee4 }
  td.number { text-align: right; font-variant-numeric: tabular-nums }
  .failed { color: #b3261e } .passed { color: #1a7f37 } .skipped { color: #9a6700 }
  pre { white-space: pre-wrap; margin: 0 } summary { cursor: pointer }
</style>
<h1>Conformance</h1>
<p class="${verdict}"><strong>${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped</strong> on ${report.date}</p>
<p>${Object.entries(numbers).map(([name, count]) => `${count} ${name}`).join(', ')}.</p>
<h2>Judges</h2>
${table(['Judge', 'Proves', 'Programs', 'Passed', 'Failed', 'Skipped', 'Seconds'], judges.map((judge) => [
  judge.name, judge.proves, Object.entries(judge.programs).map(([name, version]) => `${name} ${version}`).join(', ') + (judge.reason ? ` ${judge.reason}` : ''),
  judge.passed, judge.failed, judge.skipped, judge.seconds,
]))}
<h2>Findings</h2>
${findings.length === 0 ? '<p>None beyond the exceptions below.</p>' : table(['Subject', 'Object', 'Judge', 'Check', 'Message'],
  findings.map(({ subject, object, judge, check, message }) => [subject, object, judge, check, message]))}
<h2>Exceptions</h2>
${table(['Judge', 'Check', 'Objects', 'Reason', 'Covered'], exceptions.map(({ judge, check, objects, reason, covered }) => [judge, check, objects, reason, covered]))}
<h2>Subjects</h2>
${subjects.map(({ name, objects }) => `<details><summary>${escaped(name)} (${objects.length})</summary><pre>${escaped(objects.join('\n'))}</pre></details>`).join('\n')}
</html>
`;
}

function table(heads: string[], rows: (string | number)[][]): string {
  const cell = (value: string | number) => (typeof value === 'number' ? `<td class="number">${value}</td>` : `<td>${escaped(value)}</td>`);
  return `<table><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>
${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}
</table>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]!);
}
