import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

export const ROOT = path.join(__dirname, '..');
/** Where everything that is measured writes to. */
export const SCRATCH = path.join(ROOT, '.cache', 'bench');
/** The compiled library. */
export const LIBRARY = process.env.BENCH_LIBRARY ?? path.join(ROOT, 'lib');

/** Something to measure: a command, and what must be there before each run of it. */
export interface Subject {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** At most this many runs, for what takes minutes. */
  readonly runs?: number;
}

/** What was measured of a subject. */
export interface Measured {
  readonly name: string;
  /** The median of the wall times, in milliseconds. */
  readonly ms: number;
  readonly min: number;
  /** The median of the processor times of the process and its children, in milliseconds. */
  readonly cpu: number;
  /** What the program printed of itself in its last run. */
  readonly said: { readonly [key: string]: number };
}

/** A program of this folder, run by the Node that runs this. */
export function program(name: string, file: string, ...args: Array<string | number>): Subject {
  return { name, command: process.execPath, args: [path.join(__dirname, 'programs', file), ...args.map(String)] };
}

/** A fresh folder for the output of one run. */
let outputs = 0;
export function output(): string {
  return path.join(SCRATCH, 'out', String(++outputs));
}

/**
 * Measures subjects run by turns, so that what else the machine does meets all of them: only ratios within one call mean something.
 *
 * A subject's argument "OUT" becomes a path that is new in each run.
 */
export function measure(subjects: readonly Subject[], runs: number): Map<string, Measured> {
  const samples = new Map(subjects.map(subject => [subject.name, { wall: [] as number[], cpu: [] as number[], said: {} }]));
  for (let run = 0; run < runs; run++) {
    for (const subject of subjects) {
      if (run >= (subject.runs ?? runs)) { continue; }
      const sample = samples.get(subject.name)!;
      const { wall, cpu, stdout } = once(subject);
      sample.wall.push(wall);
      sample.cpu.push(cpu);
      sample.said = parsed(stdout);
    }
  }
  fs.rmSync(path.join(SCRATCH, 'out'), { recursive: true, force: true });
  return new Map([...samples].map(([name, { wall, cpu, said }]) => [name, { name, ms: median(wall), min: Math.min(...wall), cpu: median(cpu), said }]));
}

function once({ name, command, args, cwd }: Subject): { wall: number; cpu: number; stdout: string } {
  fs.mkdirSync(path.join(SCRATCH, 'out'), { recursive: true });
  const before = childTime();
  const start = process.hrtime.bigint();
  const { status, stdout, stderr, error } = spawnSync(command, args.map(arg => (arg === 'OUT' ? output() : arg)), {
    cwd, encoding: 'utf8', env: environment(), maxBuffer: 2 ** 30,
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  if (error || status !== 0) { throw new Error(`${name} failed: ${error?.message ?? stderr}`); }
  return { wall, cpu: childTime() - before, stdout };
}

/** The processor time that ended children took; not a number where there is no /proc. */
function childTime(): number {
  const file = '/proc/self/stat';
  if (!fs.existsSync(file)) { return NaN; }
  const fields = fs.readFileSync(file, 'utf8').split(') ')[1].split(' ');
  // user and system time, in ticks of 10 ms
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** Node reads extra certificates at every start, and the cdk8s CLI asks for new versions: neither is to be measured. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...rest } = process.env;
  return { ...rest, CDK8S_CHECK_UPGRADE: 'false', BENCH_LIBRARY: LIBRARY, NODE_OPTIONS: '' };
}

function parsed(stdout: string): { [key: string]: number } {
  const last = stdout.trim().split('\n').pop() ?? '';
  return last.startsWith('{') ? JSON.parse(last) : {};
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
