import { ChildProcess, spawn } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { run } from '../../../conformance/child';

const PROGRAM = ['--import', require.resolve('tsx'), path.join(__dirname, 'program.ts')];

/** Starts the program, and answers the folder that it has made. */
async function folderOf(child: ChildProcess): Promise<string> {
  child.stdout!.setEncoding('utf8');
  for await (const text of child.stdout!) { return String(text).trim(); }
  throw new Error('it said nothing');
}

/** The processes that it started, by what they hold on to. */
function left(): string[] {
  return fs.readdirSync('/proc').filter(pid => /^\d+$/.test(pid)).filter(pid => {
    try {
      return /^sleep\0(61|62|63|64)\.0417\0/.test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      return false;
    }
  });
}

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !holds(); i++) { await new Promise(resolve => setTimeout(resolve, 100)); }
  expect(holds()).toBe(true);
}

/** Sends a signal when all that the program starts is there, and waits until nothing of it is. */
async function leavesNothing(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const folder = await folderOf(child);
  await until(() => left().length === 3);
  child.kill(signal);
  await until(() => left().length === 0 && !fs.existsSync(folder));
}

const onLinux = fs.existsSync('/proc/self/cmdline') ? test : test.skip;

onLinux.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a run that gets %s leaves no process and no folder', async signal => {
  const child = spawn(process.execPath, PROGRAM, { stdio: ['ignore', 'pipe', 'inherit'] });
  await leavesNothing(child, signal);
}, 60_000);

onLinux('a run whose starter is killed leaves no process and no folder', async () => {
  const starter = spawn('sh', ['-c', '"$@" & wait', 'sh', process.execPath, ...PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
  await leavesNothing(starter, 'SIGKILL');
}, 60_000);

onLinux('a run leaves nothing when one is killed that stands further off, as npm does', async () => {
  const starter = spawn('sh', ['-c', 'sh -c \'"$@" & wait\' sh "$@" & wait', 'sh', process.execPath, ...PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  await leavesNothing(starter, 'SIGKILL');
}, 60_000);

onLinux('a program that hangs is ended with what it started, and its end says after how long', async () => {
  const { code, stderr } = await run('sh', ['-c', 'sleep 64.0417 & sleep 64.0417'], { seconds: 0.5 });
  expect(code).not.toBe(0);
  expect(stderr).toContain('ended by SIGKILL, after 0.5 s');
  await until(() => left().length === 0);
}, 60_000);
