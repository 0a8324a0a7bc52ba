import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { emptyFolder, filesIn } from './support';

const ROOT = path.join(__dirname, '..', '..');
const PROGRAM = path.join(__dirname, 'program.ts');

/** What the program writes when it is run in some way. */
function written(env: { [name: string]: string } = {}, cwd = ROOT): { [file: string]: string } {
  const outdir = path.join(emptyFolder(), 'dist');
  const { status, stderr } = spawnSync(process.execPath, ['--import', require.resolve('tsx'), PROGRAM], {
    cwd, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: process.env.HOME, TSX_TSCONFIG_PATH: path.join(ROOT, 'tsconfig.json'), CDK8S_OUTDIR: outdir, ...env },
  });
  if (status !== 0) { throw new Error(stderr); }
  return Object.fromEntries(filesIn(outdir).map(file => [file, fs.readFileSync(path.join(outdir, file), 'utf8')]));
}

let expected: { [file: string]: string };
beforeAll(() => { expected = written(); }, 60000);

test('the program writes something', () => {
  expect(Object.keys(expected)).toEqual([expect.stringMatching(/^index-/), expect.stringMatching(/^spaces-i-/)]);
});

test.each<[string, { [name: string]: string }]>([
  ['in a Turkish locale', { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' }],
  ['in no locale', { LC_ALL: 'C' }],
  ['in another time zone', { TZ: 'Asia/Kathmandu' }],
  ['with cdk8s\'s own switches', { CDK8S_DISABLE_SORT: '1', CDK8S_LEGACY_HASH: '1' }],
  ['with its properties in another order', { REVERSED: '1' }],
])('the same %s', (_, env) => {
  expect(written(env)).toEqual(expected);
}, 60000);

test('the same from another folder', () => {
  expect(written({}, emptyFolder())).toEqual(expected);
}, 60000);
