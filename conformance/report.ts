import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Exception, Exceptions } from './exceptions';
import { Finding } from './judge';
import { nameOf, podTemplates } from './manifest';
import { page } from './report-page';
import { Subject } from './subject';
import { definitionVersions } from './toolchain/definitions';
import { Verdict } from './verdict';

/** Everything the report says, as it is written to report.json. */
export interface Report {
  readonly date: string;
  readonly totals: { readonly passed: number; readonly failed: number; readonly skipped: number };
  /** What was dealt with in all, such as objects applied and pods scheduled. */
  readonly numbers: Record<string, number>;
  readonly machine: { readonly cores: number; readonly node: string; readonly seconds: number };
  readonly judges: {
    readonly name: string;
    readonly proves: string;
    readonly programs: Record<string, string>;
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly reason?: string;
    readonly seconds: number;
    readonly counts: Record<string, number>;
  }[];
  readonly findings: readonly (Finding & { readonly judge: string })[];
  readonly exceptions: readonly (Exception & { readonly covered: number })[];
  readonly staleExceptions: string[];
  readonly definitions: Record<string, string>;
  readonly subjects: { readonly name: string; readonly objects: string[] }[];
}

export function reportOf(verdicts: readonly Verdict[], subjects: readonly Subject[], exceptions: Exceptions, whole: boolean): Report {
  const spoke = verdicts.filter(({ reason }) => !reason).map(({ name }) => name);
  // A part of the subjects says nothing about the exceptions that the others need.
  const stale = whole ? exceptions.stale(spoke) : [];
  const sum = (count: (verdict: Verdict) => number) => verdicts.map(count).reduce((a, b) => a + b, 0);
  return {
    date: new Date().toISOString(),
    totals: {
      passed: sum(({ passed }) => passed) + (whole ? exceptions.entries.length - stale.length : 0),
      failed: sum(({ failed }) => failed) + stale.length,
      skipped: sum(({ skipped }) => skipped),
    },
    numbers: {
      subjects: subjects.length,
      objects: subjects.flatMap(({ objects }) => objects).length,
      pods: subjects.flatMap(({ objects }) => podTemplates(objects)).length,
      ...added(verdicts.map(({ counts }) => counts)),
      exceptions: exceptions.entries.length,
      findings: sum(({ findings }) => findings.length),
    },
    machine: { cores: os.availableParallelism(), node: process.version, seconds: rounded(process.uptime()) },
    judges: verdicts.map(({ name, proves, programs, passed, failed, skipped, reason, seconds, counts }) => ({
      name,
      proves,
      programs: Object.fromEntries(Object.entries(programs).map(([program, { version, origin }]) => [program, `${version} (${origin})`])),
      passed,
      failed,
      skipped,
      reason,
      seconds: rounded(seconds),
      counts,
    })),
    findings: verdicts.flatMap(({ name, findings }) => findings.map((finding) => ({ judge: name, ...finding }))),
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

/** Numbers of the same name, added up. */
function added(all: readonly Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [name, number] of all.flatMap((counts) => Object.entries(counts))) { total[name] = (total[name] ?? 0) + number; }
  return total;
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
