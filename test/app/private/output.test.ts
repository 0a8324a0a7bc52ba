import * as fs from 'fs';
import * as path from 'path';
import { Content, write } from '../../../src/app/private/output';
import { emptyFolder, filesIn } from '../support';

// the module itself, which takes a spy, and not what TypeScript makes of an import
const real = jest.requireActual<typeof fs>('fs');
function contents(files: { [file: string]: string }): Content[] {
  return Object.entries(files).map(([file, text]) => ({ path: file, texts: [Buffer.from(text)] }));
}

const read = (folder: string) => Object.fromEntries(filesIn(folder).map(file => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));

let outdir: string;
beforeEach(() => { outdir = path.join(emptyFolder(), 'dist'); });
afterEach(() => jest.restoreAllMocks());

test('writes files, also into folders, and nothing else that kubectl would apply', () => {
  write(outdir, contents({ 'a.yaml': 'a', 'east/b.yaml': 'b' }));
  expect(read(outdir)).toEqual({ 'a.yaml': 'a', 'east/b.yaml': 'b' });
  expect(fs.readdirSync(outdir).sort()).toEqual(['.cdk8s-ml-files', 'a.yaml', 'east']);
});

test('writes long and many texts whole', () => {
  const texts = Array.from({ length: 3000 }, (_, i) => `${i} ${'é'.repeat(i % 500)}\n`).concat('x'.repeat(1e6));
  write(outdir, [{ path: 'a.yaml', texts: texts.map(text => Buffer.from(text)) }]);
  expect(fs.readFileSync(path.join(outdir, 'a.yaml'), 'utf8')).toBe(texts.join(''));
});

describe('a later run', () => {
  test('removes what the last one wrote and this one does not, with folders that become empty', () => {
    write(outdir, contents({ 'a.yaml': 'a', 'east/one/b.yaml': 'b', 'west/c.yaml': 'c' }));
    fs.writeFileSync(path.join(outdir, 'west', 'mine.txt'), 'x');
    write(outdir, contents({ 'a.yaml': 'new' }));
    expect(read(outdir)).toEqual({ 'a.yaml': 'new', 'west/mine.txt': 'x' });
    expect(fs.existsSync(path.join(outdir, 'east'))).toBe(false);
  });

  test('leaves files of others, also of names that it would use', () => {
    fs.mkdirSync(outdir);
    fs.writeFileSync(path.join(outdir, 'theirs.k8s.yaml'), 'x');
    write(outdir, contents({ 'a.yaml': 'a' }));
    write(outdir, contents({ 'b.yaml': 'b' }));
    expect(read(outdir)).toEqual({ 'b.yaml': 'b', 'theirs.k8s.yaml': 'x' });
  });

  test('leaves what somebody changed since', () => {
    write(outdir, contents({ 'a.yaml': 'a' }));
    fs.writeFileSync(path.join(outdir, 'a.yaml'), 'by hand');
    write(outdir, contents({ 'b.yaml': 'b' }));
    expect(read(outdir)).toEqual({ 'a.yaml': 'by hand', 'b.yaml': 'b' });
  });

  test('leaves what a record names outside of the folder', () => {
    write(outdir, contents({ 'a.yaml': 'a' }));
    const outside = path.join(outdir, '..', 'outside.yaml');
    fs.writeFileSync(outside, 'a');
    const record = path.join(outdir, '.cdk8s-ml-files');
    const [digest] = fs.readFileSync(record, 'utf8').split(' ');
    fs.writeFileSync(record, `${digest}  ../outside.yaml\n${digest}  ${outside}\n${digest}  x/../../outside.yaml\nnonsense\n`);
    write(outdir, contents({ 'b.yaml': 'b' }));
    expect(fs.existsSync(outside)).toBe(true);
  });

  test('leaves a link of its file\'s name', () => {
    write(outdir, contents({ 'a.yaml': 'a' }));
    fs.renameSync(path.join(outdir, 'a.yaml'), path.join(outdir, 'real'));
    fs.symlinkSync('real', path.join(outdir, 'a.yaml'));
    write(outdir, contents({ 'b.yaml': 'b' }));
    expect(fs.lstatSync(path.join(outdir, 'a.yaml')).isSymbolicLink()).toBe(true);
  });
});

describe('a failure', () => {
  const before = { 'a.yaml': 'a', 'b.yaml': 'b', 'old.yaml': 'old' };
  const fail = () => { throw new Error('no space left'); };

  beforeEach(() => write(outdir, contents(before)));

  test('while files are written leaves what was there', () => {
    const original = real.writeSync;
    let count = 0;
    jest.spyOn(real, 'writeSync').mockImplementation((...args: any[]) => (++count === 2 ? fail() : (original as any)(...args)));
    expect(() => write(outdir, contents({ 'a.yaml': 'A', 'b.yaml': 'B' }))).toThrow('no space left');
    expect(read(outdir)).toEqual(before);
  });

  test('at the first file\'s place leaves what was there', () => {
    const original = real.renameSync;
    jest.spyOn(real, 'renameSync').mockImplementation((from, to) => (String(to).endsWith('a.yaml') ? fail() : original(from, to)));
    expect(() => write(outdir, contents({ 'a.yaml': 'A', 'b.yaml': 'B' }))).toThrow('no space left');
    expect(read(outdir)).toEqual(before);
  });

  test('comes before anything is in its place when a folder has a file\'s name', () => {
    fs.mkdirSync(path.join(outdir, 'c.yaml'));
    expect(() => write(outdir, contents({ 'a.yaml': 'A', 'c.yaml': 'C' }))).toThrow(/^PlatformApp\.outdir: got ".*"; must have no folder "c\.yaml", because a file of this name is to be written; remove it$/);
    expect(read(outdir)).toEqual(before);
  });

  test('between two files forgets none of them, so that the next run removes what is stale', () => {
    const original = real.renameSync;
    jest.spyOn(real, 'renameSync').mockImplementation((from, to) => (String(to).endsWith('d.yaml') ? fail() : original(from, to)));
    expect(() => write(outdir, contents({ 'c.yaml': 'C', 'd.yaml': 'D' }))).toThrow('no space left');
    expect(read(outdir)).toEqual({ ...before, 'c.yaml': 'C' });
    jest.restoreAllMocks();
    write(outdir, contents({ 'e.yaml': 'E' }));
    expect(read(outdir)).toEqual({ 'e.yaml': 'E' });
  });
});
