import * as fs from 'fs';
import * as path from 'path';
import { PARTS, told } from '../../conformance/parts';

const FOLDER = path.join(__dirname, '..', '..', 'conformance');

test('every folder with a run of its own is a part', () => {
  const folders = fs.readdirSync(FOLDER).filter(name => fs.existsSync(path.join(FOLDER, name, 'run')));
  expect(Object.keys(PARTS).sort()).toEqual(folders.sort());
});

test('what failed and what was skipped is told with the lines that belong to it', () => {
  expect(told(['one', '  failed: a: b', '    and so did 2 others', '    again: run', '  passed: c', '    of no failure', '  skipped: d: not here', 'last'])).toEqual({
    failures: ['a: b\nand so did 2 others\nagain: run'],
    skips: ['d: not here'],
  });
});
