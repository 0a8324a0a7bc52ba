import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from './child';
import { progress } from './progress';
import { bubblewrap, perl, promtool, ruby } from './toolchain/debian';
import { Kubernetes, kwok } from './toolchain/kubernetes';
import { PythonTool } from './toolchain/python';
import { Tool } from './toolchain/tool';
import { Verdict } from './verdict';

const COUNT = /^count ([a-z][a-z ]*): (\d+)$/;
const TOTALS = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

/** Those that mostly wait. */
export const WAITING_PARTS: ReadonlySet<string> = new Set(['downloaders']);

const kubernetes = new Kubernetes('1.36');

/** What several of them need, or a judge too, or what only one at a time can install. */
const TOOLS: Readonly<Record<string, readonly Tool[]>> = {
  kubeflow: [kubernetes.etcd, kubernetes.apiserver, kubernetes.kubectl, kubernetes.controllerManager, kubernetes.scheduler, kwok],
  parsers: [kubernetes.kubectl, new PythonTool('kubernetes-validate'), ruby, perl],
  programs: [kubernetes.etcd, kubernetes.apiserver, kubernetes.kubectl],
  queries: [promtool],
  starts: [bubblewrap],
};

/** The programs that have to be there before parts go on beside each other. */
export function toolsOf(part: string): readonly Tool[] {
  return TOOLS[part] ?? [];
}

/**
 * The folders with a `run` of their own: they judge something else than manifests.
 *
 * The last line they print is totals; a line such as `count programs generated: 500` adds to the report's numbers.
 */
export function partNames(): string[] {
  return fs.readdirSync(__dirname).filter((name) => fs.existsSync(path.join(__dirname, name, 'run'))).sort();
}

/** Runs one of them and shows what it prints. */
export async function hearPart(name: string): Promise<Verdict> {
  const start = Date.now();
  const waiting = progress(name);
  const { code, stdout, stderr } = await run(path.join(__dirname, name, 'run'), [], { cleansUp: true }).finally(() => waiting.done());
  const lines = stdout.trimEnd().split('\n');
  const totals = TOTALS.exec(lines.pop() ?? '');
  const shown = totals ? lines : (stdout + stderr).trimEnd().split('\n').slice(-20);
  const troubles = shown.filter((line) => !totals || /^\s*(failed|skipped)\b/.test(line));
  troubles.forEach((line) => console.log(`  ${line.trim()}`));
  const counted = lines.map((line) => COUNT.exec(line.trim())).filter((found) => found !== null);
  const [passed, failed, skipped] = totals ? totals.slice(1).map((count) => Number(count ?? 0)) : [0, 1, 0];
  const entries = (count: number) => Array.from({ length: count }, (_, index) => `${name} ${index + 1}`);
  return {
    judge: { name, proves: `conformance/${name}`, tools: [], judge: async () => [] },
    programs: {},
    passed: entries(passed),
    failed: entries(Math.max(failed, code === 0 ? 0 : 1)),
    skipped: entries(skipped),
    findings: troubles.filter((line) => !/^\s*skipped/.test(line)).map((line) => ({ check: name, subject: name, object: '*', message: line.trim() })),
    excused: [],
    seconds: (Date.now() - start) / 1000,
    counts: Object.fromEntries(counted.map(([, what, number]) => [what, Number(number)])),
  };
}
