import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'fs';
import { dirname } from 'path';

/** What one run of a program took, in milliseconds, and its own report: its parts, and its peak memory in MB. */
export interface Sample {
  readonly wall: number;
  /** Of the processors, with its children; 0 where that can't be told. */
  readonly cpu: number;
  readonly [part: string]: number;
}

/** One of the programs that are compared. */
export interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly folder?: string;
  /** Where it writes its output; removed before each run. */
  readonly outdir?: string;
  readonly env?: { readonly [name: string]: string };
}

// Node parses extra certificates at each start, and the CLI of cdk8s asks the registry for a newer version of itself.
const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
export const environment = { ...inherited, CDK8S_CHECK_UPGRADE: 'false' };

/** Runs a program once. Throws when it fails. */
export function run({ name, command, args, folder, outdir, env }: Contender): Sample {
  if (outdir) {
    rmSync(outdir, { recursive: true, force: true });
    mkdirSync(dirname(outdir), { recursive: true });
  }
  const before = processorTime();
  const start = performance.now();
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, env: { ...environment, ...env }, encoding: 'utf8', maxBuffer: 2 ** 30 });
  const wall = performance.now() - start;
  if (status !== 0) { throw new Error(`${name}: ${error?.message ?? (signal ? `ended by ${signal}` : stderr.slice(-2000))}`); }
  const report = /^\{.*\}$/m.exec(stdout)?.[0];
  return { ...(report ? JSON.parse(report) : {}), wall, cpu: processorTime() - before };
}

/** The time of the processors that ended children took, in milliseconds. */
function processorTime(): number {
  const file = '/proc/self/stat';
  if (!existsSync(file)) { return 0; }
  const fields = readFileSync(file, 'utf8').split(') ')[1].split(' ');
  // user and system time, in ticks of 10 ms
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** Runs each program so many times, in turns, because a machine gets slower and faster over minutes. */
export function inTurns(contenders: readonly Contender[], rounds: number, progress: (text: string) => void): Map<string, Sample[]> {
  const samples = new Map<string, Sample[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    for (const contender of contenders) {
      progress(`${round}/${rounds} ${contender.name}`);
      samples.get(contender.name)!.push(run(contender));
    }
  }
  return samples;
}
