import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { cleanUpOnExit } from './child';
import { byCluster } from './clusters';
import { Exceptions, matches } from './exceptions';
import { allJudges } from './judges';
import { hearPart, PARTS } from './parts';
import { record } from './record';
import { reportOf, writeReport } from './report';
import { readExamples, readSubject, readSubjects, Subject } from './subject';
import { generateSubjects } from './subjects';
import { Tool } from './toolchain/tool';
import { hear, Verdict } from './verdict';
import { doAll } from './work';

const HELP = `conformance/run [options]: has real programs judge everything the library emits.

  --judge <name>       only this judge or part; may be repeated, and may hold *
  --subject <name>     only this subject; may be repeated, and may hold *
  --manifests <folder> judge this folder's YAML instead of the project's own; may be
                       repeated, and each is judged by itself
  --record             also keep the report of a whole run in conformance/results, and its
                       numbers in the README
  --list               print the judges, the parts and the subjects
  --help               print this

The report is written to conformance/report. Programs are built once and kept in
$CDK8S_ML_CACHE, or else ~/.cache/cdk8s-ml; those in $KUBEBUILDER_ASSETS or on PATH
are used where their version is the wanted one.
`;

const ROOT = path.join(__dirname, '..');
const REPORT = path.join(__dirname, 'report');

async function main(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      judge: { type: 'string', multiple: true },
      subject: { type: 'string', multiple: true },
      manifests: { type: 'string', multiple: true },
      record: { type: 'boolean' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (options.help) { return console.log(HELP); }

  if (options.record && (options.judge ?? options.subject ?? options.manifests)) { throw new Error('only a whole run can be recorded'); }

  cleanUpOnExit();
  const chosen = (patterns: string[] | undefined, name: string) => !patterns || patterns.some((pattern) => matches(pattern, name));
  const verdicts: Verdict[] = [];
  const all = options.manifests?.map((folder) => readSubject(folder, path.resolve(folder))) ?? ownSubjects(verdicts);
  const subjects = all.filter(({ name }) => chosen(options.subject, name));
  const judges = allJudges().filter(({ name }) => chosen(options.judge, name));
  const parts = options.manifests || options.subject ? [] : Object.keys(PARTS).filter((name) => chosen(options.judge, name));
  if (options.list) { return console.log([...judges.map(({ name }) => name), ...parts, ...subjects.map(({ name }) => name)].join('\n')); }
  if (judges.length + parts.length === 0 || subjects.length === 0) { throw new Error('there is no such judge or no such subject; --list prints them'); }

  const exceptions = Exceptions.read();
  await locateAll([...judges.flatMap(({ tools }) => tools), ...parts.flatMap((part) => PARTS[part].tools ?? [])]);
  const work = [
    ...judges.map((judge) => ({ name: judge.name, waits: judge.waits ?? false, run: () => hear(judge, subjects, exceptions) })),
    ...parts.map((part) => ({ name: part, waits: PARTS[part].waits ?? false, run: () => hearPart(part) })),
  ];
  verdicts.push(...await doAll(work, print));

  const report = reportOf(verdicts, subjects, exceptions, !options.manifests && !options.subject);
  writeReport(report, REPORT);
  if (options.record) { record(report); }
  for (const stale of report.staleExceptions) { console.log(`exceptions.json: nothing needs ${stale} any more; remove it`); }
  const { numbers, totals } = report;
  console.log(`\n${Object.entries(numbers).map(([what, number]) => `${number} ${what}`).join(', ')}; ${path.relative(ROOT, REPORT)}/index.html`);
  console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
  process.exitCode = totals.failed > 0 ? 1 : 0;
}

// What has to be built is built before anybody else could build it too.
async function locateAll(tools: readonly Tool[]): Promise<void> {
  for (const tool of tools) { await tool.locate().catch(() => undefined); } // who needs it says why it is not there
}

// The programs run first, and one that fails is a finding like any other.
function ownSubjects(verdicts: Verdict[]): Subject[] {
  const folder = path.join(REPORT, 'subjects');
  const start = Date.now();
  const findings = generateSubjects(folder);
  const generated = readSubjects('generated', folder);
  const verdict: Verdict = {
    name: 'synthesis',
    proves: 'every generated program synthesizes',
    programs: {},
    passed: generated.length,
    failed: findings.length,
    skipped: 0,
    findings,
    excused: [],
    seconds: (Date.now() - start) / 1000,
    counts: {},
  };
  verdicts.push(verdict);
  print(verdict);
  return [...readExamples(path.join(ROOT, 'examples')).flatMap(byCluster), ...generated];
}

function print({ name, passed, failed, skipped, findings, excused, reason, seconds }: Verdict): void {
  if (reason) { console.log(`  ${name}: ${reason}`); }
  for (const { subject, object, check, message } of findings) { console.log(`  ${subject} ${object}: ${check}: ${message}`); }
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped; ${excused.length} findings excused; ${seconds.toFixed(1)} s`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
