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

/** A folder with a `run` of its own, which judges something else than manifests. */
interface Part {
  readonly proves: string;
  /** What it needs, made before parts go on beside each other, because only one at a time can make it. */
  readonly tools?: readonly Tool[];
  /** Whether it mostly waits, and so goes on beside everything else. */
  readonly waits?: boolean;
}

const { etcd, apiserver, kubectl, controllerManager, scheduler } = new Kubernetes('1.36');

/** All of them, by the names of their folders. */
export const PARTS: Readonly<Record<string, Part>> = {
  determinism: { proves: 'programs write the same bytes in Node 20, 22 and 24, in other locales, time zones and environments' },
  downloaders: { proves: 'what fetches weights is understood by the real tools, and fetches everything once, whole, or fails', waits: true },
  kubeflow: { proves: 'an apiserver takes what the example of Kubeflow writes, and its pods run', tools: [etcd, apiserver, kubectl, controllerManager, scheduler, kwok] },
  parsers: { proves: 'every YAML parser reads back what is printed', tools: [kubectl, new PythonTool('kubernetes-validate'), ruby, perl] },
  programs: { proves: 'random legal programs are written and accepted; with something made wrong they are refused in the library\'s words, or accepted and scheduled', tools: [etcd, apiserver, kubectl, scheduler] },
  queries: { proves: 'generated queries give one sample for two replicas, and are read as Prometheus reads them', tools: [promtool] },
  removals: { proves: 'what safety or sound running depends on can\'t be left out without a test that fails' },
  starts: { proves: 'servers start as they are written, answer their probes, lose no request when they stop and write nowhere else', tools: [bubblewrap] },
};

/** Runs one of them and shows what failed. */
export async function hearPart(name: string): Promise<Verdict> {
  const start = Date.now();
  const { proves, tools = [] } = PARTS[name];
  const waiting = progress(name);
  const { code, stdout, stderr } = await run(path.join(__dirname, name, 'run'), [], { cleansUp: true }).finally(() => waiting.done());
  const lines = stdout.trimEnd().split('\n');
  const totals = TOTALS.exec(lines.pop() ?? '');
  const { failures, skips } = totals ? told(lines) : { failures: [(stdout + stderr).trimEnd().split('\n').slice(-20).join('\n')], skips: [] };
  const counted = lines.map((line) => COUNT.exec(line.trim())).filter((found) => found !== null);
  const [passed, failed, skipped] = totals ? totals.slice(1).map((count) => Number(count ?? 0)) : [0, 1, 0];
  const located = await Promise.all(tools.map((tool) => tool.locate().then((found) => [[tool.name, found] as const], () => [])));
  return {
    name,
    proves,
    programs: Object.fromEntries(located.flat()),
    passed,
    failed: Math.max(failed, code === 0 ? 0 : 1),
    skipped,
    findings: failures.map((message) => ({ check: name, subject: name, object: '*', message })),
    excused: [],
    ...skips.length > 0 ? { reason: skips.join('; ') } : {},
    seconds: (Date.now() - start) / 1000,
    counts: Object.fromEntries(counted.map(([, what, number]) => [what, Number(number)])),
  };
}

/** What failed and what was skipped, each with the lines below it that are indented further. */
export function told(lines: readonly string[]): { readonly failures: string[]; readonly skips: string[] } {
  const all: string[] = [];
  let within = false;
  for (const line of lines) {
    const begins = /^ {2}(failed|skipped): /.test(line);
    if (begins) { all.push(line.trim()); } else if (within && line.startsWith('    ')) { all[all.length - 1] += `\n${line.slice(4)}`; }
    within = begins || (within && line.startsWith('    '));
  }
  const after = (word: string) => all.filter((text) => text.startsWith(word)).map((text) => text.slice(word.length));
  return { failures: after('failed: '), skips: after('skipped: ') };
}
