import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

test('a source is loaded when it is used, and the table of models with it', () => {
  const program = `
    const { ModelSource } = require(${JSON.stringify(path.join(__dirname, '..', '..', 'src', 'models'))});
    const loaded = () => Object.keys(require.cache).filter(file => /models.private/.test(file)).map(file => file.replace(/.*private.|\\.ts$/g, ''));
    const before = loaded();
    ModelSource.inImage('/m');
    console.log(JSON.stringify({ before, after: loaded() }));
  `;
  const { before, after } = JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', '--input-type=commonjs', '-e', program], { encoding: 'utf8' }));
  expect(before).toEqual(['access']);
  expect(after).toEqual(expect.arrayContaining(['in-image', 'paths']));
  expect(after).not.toContain('model-table');
  expect(after).not.toContain('hugging-face');
});
