import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { installed } from '../../conformance/toolchain/installation';

let folder: string;
beforeAll(() => { jest.spyOn(console, 'log').mockImplementation(); });
beforeEach(() => { folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'installation-')), 'tool'); });
afterEach(() => fs.rmSync(path.dirname(folder), { recursive: true }));

const slowly = () => [['sh', '-c', `echo once >> ${folder}/log; sleep 0.3; echo done >> ${folder}/log`]];
const log = () => fs.readFileSync(path.join(folder, 'log'), 'utf8');

test('two that want the same folder make it once, and both get it complete', async () => {
  const logs = await Promise.all([1, 2].map(async () => {
    await installed('it', folder, slowly());
    return log();
  }));
  expect(logs).toEqual(['once\ndone\n', 'once\ndone\n']);
  expect(fs.readdirSync(path.dirname(folder))).toEqual(['tool']);
});

test('what a run that ended left half made is made anew', async () => {
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'log'), 'half\n');
  fs.writeFileSync(`${folder}.lock`, '2147483646'); // nobody has this id
  await installed('it', folder, slowly());
  expect(log()).toBe('once\ndone\n');
});

test('what could not be made says why, and does not count as made', async () => {
  await expect(installed('it', folder, [['sh', '-c', 'echo no room >&2; exit 1']])).rejects.toThrow('it is not available: no room');
  await expect(installed('it', folder, [['no-such-program']])).rejects.toThrow('it is not available: spawn no-such-program ENOENT');
  expect(fs.existsSync(`${folder}.lock`)).toBe(false);
});
