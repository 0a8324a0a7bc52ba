import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { onceAbandoned } from './starters';

/** What a finished program left behind. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Whether it cleans up by itself when it is asked to end, and so is not killed. */
  readonly cleansUp?: boolean;
  /** After so many seconds it is ended; 40 minutes if it says nothing. */
  readonly seconds?: number;
  /** Called with each line of standard error as it comes. */
  readonly onLine?: (line: string) => void;
}

/** How much garbage programs written in Go let lie, in per cent of what they use: memory is there, and time is not. */
const SHORT_LIVED = '400';
const LONG_LIVED = '300';

/** A program that hangs is told apart from one that takes long after so many minutes. */
const MINUTES = 40;

const running = new Map<ChildProcess, NodeJS.Signals>();
const folders = new Set<string>();

/** Runs a program to its end; a non-zero exit code is a result, not an error. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { GOGC: SHORT_LIVED, ...process.env, ...options.env },
      stdio: 'pipe',
      detached: true, // its own group, so that what it started ends with it
    });
    const last = options.cleansUp ? 'SIGTERM' : 'SIGKILL';
    running.set(child, last);
    const { seconds = MINUTES * 60 } = options;
    let late = '';
    const limit = setTimeout(() => {
      late = `, after ${seconds} s`;
      end(child, last);
    }, seconds * 1000);
    const stdout: Buffer[] = [];
    let stderr = '';
    let partial = '';
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
      const lines = (partial + chunk).split('\n');
      partial = lines.pop()!;
      lines.forEach((line) => options.onLine?.(line));
    });
    child.stdin.on('error', () => undefined); // a program may end before it has read everything
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => {
      running.delete(child);
      clearTimeout(limit);
      reject(error);
    });
    child.on('close', (code, signal) => {
      running.delete(child);
      clearTimeout(limit);
      const ended = signal ?? (late && last);
      resolve({ code: code ?? 128, stdout: Buffer.concat(stdout).toString('utf8'), stderr: ended ? `${stderr}\nended by ${ended}${late}` : stderr });
    });
  });
}

/** A program that runs until it is stopped. */
export class Daemon {
  public readonly ended: Promise<number>;
  private readonly child: ChildProcess;

  constructor(public readonly name: string, command: string, args: readonly string[], private readonly log: string) {
    // The shell's pipe closes when this process ends in whatever way, SIGKILL included; then the daemon is told to end too.
    const guard = 'exec 3<&0 </dev/null; { cat <&3 >/dev/null; kill -TERM $$; } 2>/dev/null & exec 3<&-; exec "$@"';
    const out = fs.openSync(log, 'a');
    this.child = spawn('/bin/sh', ['-c', guard, 'sh', command, ...args], { stdio: ['pipe', out, out], detached: true, env: { GOGC: LONG_LIVED, ...process.env } });
    fs.closeSync(out);
    running.set(this.child, 'SIGKILL');
    this.child.stdin!.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      this.child.on('error', () => resolve(127));
      this.child.on('exit', (code) => {
        running.delete(this.child);
        this.child.stdin!.destroy();
        resolve(code ?? 128);
      });
    });
  }

  public get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The end of its log, for an error message. */
  public tail(lines = 15): string {
    return fs.readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  /** Asks it to end, and insists after ten seconds. */
  public async stop(): Promise<void> {
    if (!this.alive) { return; }
    end(this.child, 'SIGTERM');
    const insist = setTimeout(() => end(this.child, 'SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(insist);
  }
}

/** A folder of its own under the system's temporary one, removed when the process ends. */
export function temporaryFolder(purpose: string): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `cdk8s-ml-${purpose}-`));
  folders.add(folder);
  return folder;
}

export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
}

/** Leaves nothing behind, however the process ends; without those who started it, it ends too. */
export function cleanUpOnExit(): void {
  const clean = () => {
    running.forEach((signal, child) => end(child, signal));
    folders.forEach((folder) => {
      try {
        removeFolder(folder);
      } catch (error) {
        console.error(`${folder} could not be removed: ${(error as Error).message}`);
      }
    });
  };
  process.on('exit', clean);
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) {
    process.on(signal, () => process.exit(code));
  }
  onceAbandoned(() => process.exit(143));
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-child.pid!, signal);
  } catch {
    // it ended by itself in between
  }
}
