import * as fs from 'node:fs';
import * as path from 'node:path';
import { run } from '../child';
import { Observation, Plan } from './plan';
import { bubblewrap } from '../toolchain/debian';
import { MissingTool } from '../toolchain/tool';

// A network and users of its own; what runs in it ends with this process, however that ends.
const NETWORK = ['--die-with-parent', '--unshare-user', '--uid', '0', '--gid', '0', '--cap-add', 'ALL', '--unshare-net', '--dev-bind', '/', '/'];

/** Throws a MissingTool where this machine doesn't let anyone make containers. */
export async function checkSandbox(): Promise<void> {
  const { path: program } = await bubblewrap.locate();
  const nested = ['bwrap', '--unshare-user', '--uid', '65532', '--unshare-pid', '--as-pid-1', '--ro-bind', '/', '/', '--proc', '/proc', 'true'];
  const { code, stderr } = await run(program, [...NETWORK, ...nested]);
  if (code !== 0) { throw new MissingTool('bwrap', `this machine lets it make no containers: ${stderr.trim()}`); }
}

/** Leads a pod through its life, in a network of its own. */
export async function leadLife(plan: Plan, heavy = false): Promise<readonly Observation[]> {
  const { path: program } = await bubblewrap.locate();
  const file = path.join(plan.scratch, 'plan.json');
  fs.writeFileSync(file, JSON.stringify(plan));
  const command = [program, ...NETWORK, process.execPath, '--import', 'tsx', path.join(__dirname, 'inside.ts'), file];
  const [first, ...rest] = heavy ? ['nice', '-n', '19', ...command] : command;
  const { code, stdout, stderr } = await run(first, rest);
  if (code !== 0) { return [{ check: 'leads a life', trouble: stderr.trim().split('\n').slice(0, 5).join(' | ') }]; }
  return JSON.parse(stdout.trimEnd().split('\n').pop()!);
}
