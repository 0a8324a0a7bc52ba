import { execFileSync } from 'child_process';
import { resolve } from 'path';

interface Load {
  /** Files of ours that `require('cdk8s-ml')` reads. */
  readonly own: Record<string, number>;
  /** Files of others that it reads and its required peers do not. */
  readonly others: string[];
  /** All that is loaded in the end. */
  readonly all: string[];
}

/** Loads the built library in a fresh process, after its required peers. */
function load(): Load {
  const program = `
    for (const peer of ['constructs', 'cdk8s', 'cdk8s-plus-27']) require(peer);
    const before = new Set(Object.keys(require.cache));
    require(${JSON.stringify(resolve('.'))});
    const lib = ${JSON.stringify(resolve('lib'))};
    const all = Object.keys(require.cache), added = all.filter(file => !before.has(file));
    const size = file => require('fs').statSync(file).size;
    console.log(JSON.stringify({
      own: Object.fromEntries(added.filter(file => file.startsWith(lib)).map(file => [file.slice(lib.length + 1), size(file)])),
      others: added.filter(file => !file.startsWith(lib)),
      all,
    }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }));
}

const { own, others, all } = load();

test('loading the library loads nothing of cdktf or a provider', () => {
  expect(all.filter(file => /node_modules\/(cdktf|@cdktf)\//.test(file))).toEqual([]);
});

test('loading the library loads nothing that its required peers do not load', () => {
  expect(others).toEqual([]);
});

test('loading the library reads one file of its own, and a small one', () => {
  // Deterministic stand-ins for the time, which is promised to stay within 1.10 of the peers'.
  // Raise the limit only for what the first program needs; the rest is loaded where it is used.
  expect(Object.keys(own)).toEqual(['index.js']);
  expect(own['index.js'] / 1024).toBeLessThanOrEqual(140);
});

test('a file that is loaded by its path has the classes of the library', () => {
  const library = require(resolve('.'));
  expect(require(resolve('lib/serving/model-serving-app')).ModelServingApp).toBe(library.ModelServingApp);
  expect(library.ModelServer.flask({ image: 'docker.io/me/iris:1.4' })).toBeInstanceOf(library.ModelServer);
});

test('an ES module can import every export by name', () => {
  const names = Object.keys(require(resolve('.')));
  const program = `import * as library from ${JSON.stringify(resolve('lib/index.js'))}; console.log(JSON.stringify(Object.keys(library)))`;
  expect(JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }))).toEqual(expect.arrayContaining(names));
});
