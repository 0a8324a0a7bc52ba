import { execFileSync } from 'child_process';
import { readdirSync } from 'fs';

/** What `npm pack` would put into the package. */
function packed(): { path: string; size: number }[] {
  const output = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  // npm 11 gives a list, npm 12 an object with a key per package
  const [report] = Object.values<any>(output);
  return report.files;
}

const all = packed();
const files = all.filter(({ path }) => !path.startsWith('node_modules/'));
const bundled = all.filter(({ path }) => path.startsWith('node_modules/'));

test('the package holds every compiled source, its declaration, and nothing else but the listed files', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts')).map(file => file.replace(/\.ts$/, ''));
  const expected = [
    '.jsii', 'LICENSE', 'README.md', 'package.json', 'testing.d.ts', 'testing.js',
    ...readdirSync('policies').map(file => `policies/${file}`),
    ...sources.flatMap(source => [`lib/${source}.js`, `lib/${source}.d.ts`]),
  ];
  expect(files.map(file => file.path).sort()).toEqual(expected.sort());
});

test('with it come what reads YAML, what judges by a JSON Schema, and nothing more', () => {
  const packages = bundled.map(({ path }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)![1]);
  expect([...new Set(packages)].sort()).toEqual(['@cfworker/json-schema', 'argparse', 'js-yaml']);
});

test('the package stays small', () => {
  const kilobytes = (some: typeof files) => some.reduce((sum, file) => sum + file.size, 0) / 1024;
  expect(kilobytes(files)).toBeLessThan(3000);
  expect(kilobytes(bundled)).toBeLessThan(1600);
});
