import { cpSync, existsSync, readdirSync } from 'fs';
import { basename, join } from 'path';
import { Consumer, optionalPeersOf, textOf } from './consumer';

const MINUTES = 60_000;
const examples = readdirSync('examples').filter(name => existsSync(`examples/${name}/cdk8s.yaml`) && optionalPeersOf(name).length > 0);
const consumer = new Consumer();

// One installation with what any of them needs.
beforeAll(() => {
  const tarball = Consumer.pack(consumer.directory);
  for (const name of examples) {
    cpSync(`examples/${name}`, join(consumer.directory, 'examples', name), {
      recursive: true, filter: file => !['node_modules', 'dist', 'cdktf.out', 'expected', 'package-lock.json'].includes(basename(file)),
    });
  }
  const manifests = examples.map(name => JSON.parse(consumer.read(`examples/${name}/package.json`)));
  const { 'cdk8s-ml': _, ...needs } = Object.assign({}, ...manifests.flatMap(({ dependencies, devDependencies }) => [dependencies, devDependencies]));
  consumer.write('package.json', JSON.stringify({ private: true }));
  consumer.run(`npm install --no-audit --no-fund "${tarball}" ${Object.entries(needs).map(([name, range]) => `"${name}@${range}"`).join(' ')}`);
}, 10 * MINUTES);

afterAll(() => consumer.remove());

test('there are such examples', () => {
  expect(examples).not.toEqual([]);
});

describe.each(examples)('example %s', name => {
  const folder = `examples/${name}`;

  test('synthesizes what is committed, manifests and Terraform', () => {
    consumer.run('npx cdk8s synth', {}, folder);
    const { terraform, manifests } = halves(textOf(`${folder}/expected`));
    expect(consumer.folder(`${folder}/dist`)).toEqual(manifests);
    expect(consumer.folder(`${folder}/cdktf.out`)).toMatchObject(terraform);
    expect(Object.keys(terraform)).not.toEqual([]);
  }, 2 * MINUTES);

  test('type-checks, the library\'s declarations and the providers\' included', () => {
    expect(JSON.parse(consumer.read(`${folder}/tsconfig.json`)).compilerOptions.skipLibCheck).not.toBe(true);
    consumer.run('npm test', { CI: 'true' }, folder);
  }, 5 * MINUTES);
});

/** What is expected in dist, and in cdktf.out, whose files are kept in a folder of that name. */
function halves(files: Record<string, string>): { manifests: Record<string, string>; terraform: Record<string, string> } {
  const entries = Object.entries(files);
  const inFolder = (file: string) => file.startsWith('cdktf.out/');
  return {
    manifests: Object.fromEntries(entries.filter(([file]) => !inFolder(file))),
    terraform: Object.fromEntries(entries.filter(([file]) => inFolder(file)).map(([file, text]) => [file.slice('cdktf.out/'.length), text])),
  };
}
