import { ChildProcess, spawn } from 'child_process';
import { createHash } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Duration, Lazy, Size } from 'cdk8s';
import { object } from './fixtures';
import { ManifestSource } from '../../src/kubeflow';

let folder: string;
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'manifests-')); });
afterEach(() => fs.rmSync(folder, { recursive: true }));

const MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ';
function file(name: string, text: string, mode = 0o644): string {
  const target = path.join(folder, name);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, text, { mode });
  return target;
}
const names = (source: ManifestSource) => source.load().manifests.map(manifest => manifest.metadata.name);

test('files are read in the order given, lists taken apart', () => {
  const a = file('a.yaml', `${MAP}a\n---\napiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: b}\n`);
  const b = file('b.json', JSON.stringify(object('v1', 'ConfigMap', 'c')));
  expect(names(ManifestSource.files(b, a))).toEqual(['c', 'a', 'b']);
});

test('a folder\'s files are read by name, without those left out', () => {
  file('b.yaml', `${MAP}b\n`);
  file('a.yml', `${MAP}a\n`);
  file('x-test.yaml', `${MAP}x\n`);
  file('deep/c.yaml', `${MAP}c\n`);
  file('README.md', 'no manifest');
  expect(names(ManifestSource.directory(folder, { exclude: ['*-test.yaml'] }))).toEqual(['a', 'b']);
  expect(names(ManifestSource.directory(folder, { recursive: true, exclude: ['x*'] }))).toEqual(['a', 'b', 'c']);
  expect(names(ManifestSource.directory(folder, { recursive: true, exclude: ['**/c.yaml', 'x?test.yaml'] }))).toEqual(['a', 'b']);
});

test('several sources follow each other, and objects aren\'t changed', () => {
  const given = object('v1', 'ConfigMap', 'a');
  const source = ManifestSource.all(ManifestSource.objects(given), ManifestSource.objects(object('v1', 'ConfigMap', 'b')));
  const { manifests } = source.load();
  manifests[0].metadata.name = 'changed';
  expect([given.metadata.name, manifests[1].metadata.name]).toEqual(['a', 'b']);
});

test('objects may have what is known later', () => {
  const given = object('v1', 'ConfigMap', 'a', undefined, { data: { late: Lazy.any({ produce: () => 'b' }) } });
  expect(ManifestSource.objects(given).load().manifests[0].data).toEqual({ late: 'b' });
});

const endless: any = object('v1', 'ConfigMap', 'a');
endless.data = endless;
test.each([
  [{ data: { a: undefined } }, 'ManifestSource.objects.manifests[0].data.a: got nothing; must be what a manifest can have: text, a number, true, false, null, a list or a plain object; convert it, or leave it out'],
  [{ list: [1, NaN] }, 'ManifestSource.objects.manifests[0].list[1]: got NaN; must be what a manifest can have'],
  [{ at: new Date(0) }, 'manifests[0].at: got a Date; must be what a manifest can have'], [{ f: () => 1 }, 'manifests[0].f: got a function; must be what a manifest can have'],
  [endless, 'manifests[0].data.data.data: got {"name":"a"}; must not refer to itself, nor be nested deeper than 200 levels'],
])('objects that no manifest can be are refused', (given, message) => {
  expect(() => ManifestSource.objects(given)).toThrow(message);
});

test('files that aren\'t there are refused', () => {
  expect(() => ManifestSource.files()).toThrow('ManifestSource.files.paths: got []; must name at least one file');
  expect(() => ManifestSource.files('')).toThrow('ManifestSource.files.paths[0]: got ""; must be a path');
  expect(() => ManifestSource.files('nowhere.yaml').load()).toThrow(/^ManifestSource\.files\.path: got "nowhere\.yaml"; must be a file that can be read; there is none in /);
  expect(() => ManifestSource.files(folder).load()).toThrow(/must be a file that can be read; it is a folder: use ManifestSource\.directory, or kustomize$/);
  expect(() => ManifestSource.directory('nowhere').load()).toThrow(/^ManifestSource\.directory\.path: got "nowhere"; must be a folder that can be read; there is none in /);
  expect(() => ManifestSource.directory(__filename).load()).toThrow(/must be a folder that can be read; it is a file: use ManifestSource\.files$/);
  expect(() => ManifestSource.directory(folder).load()).toThrow(/must hold files that end in \.yaml, \.yml or \.json; give the folder of the files/);
});

test.each([
  ['- 1', 'is [1]; must be a manifest, an object with apiVersion, kind and metadata'],
  ['kind: ConfigMap\nmetadata: {name: a}', '(a ConfigMap): has nothing as apiVersion; must have a text there'],
  ['apiVersion: v1\nmetadata: {name: a}', ': has nothing as kind; must have a text there'],
  ['apiVersion: v1\nkind: ConfigMap', '(a ConfigMap): has nothing as metadata.name; must have a text there'],
  ['apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization', 'is a kustomization, not a manifest; read its folder by ManifestSource.kustomize'],
])('what is no manifest is refused: %j', (text, message) => {
  expect(() => ManifestSource.files(file('a.yaml', `${MAP}a\n---\n${text}\n`)).load()).toThrow(message);
});

test('sources that are none are refused', () => {
  expect(() => ManifestSource.all()).toThrow('ManifestSource.all.sources: got []; must name at least one source');
  expect(() => ManifestSource.all('a.yaml' as any)).toThrow('ManifestSource.all.sources[0]: got "a.yaml"; must be a ManifestSource; for example ManifestSource.files("kubeflow.yaml")');
});

describe('kustomize', () => {
  const program = (script: string) => file('kustomize', `#!/bin/sh\n${script}\n`, 0o755);
  const built = (script: string, options = {}) => ManifestSource.kustomize('example', { executable: program(script), ...options });

  test('is run with the folder and the flags, and what it prints is read', () => {
    const log = path.join(folder, 'log');
    const source = built(`echo "$@ $MIRROR" > ${log}; echo "# Warning: old" >&2; printf '${MAP.replace(/\n/g, '\\n')}a\\n'`, {
      loadRestrictionsNone: true, enableHelm: true, flags: ['--reorder', 'none'], env: { MIRROR: 'here' },
    });
    expect(names(source)).toEqual(['a']);
    expect(fs.readFileSync(log, 'utf8')).toBe('build --load-restrictor LoadRestrictionsNone --enable-helm --reorder none example here\n');
  });

  test('that is missing is named', () => {
    expect(() => ManifestSource.kustomize('example', { executable: 'no-such-program' }).load()).toThrow(
      'kustomize example (no-such-program build example): there is no program "no-such-program"; install kustomize or kubectl, or name it: { executable: "..." }');
  });

  test('that fails says why in its own words, without the warnings', () => {
    expect(() => built('echo "# Warning: old" >&2; echo "Error: no such resource" >&2; exit 1').load()).toThrow(/failed with exit code 1: Error: no such resource$/);
    expect(() => built('kill -9 $$').load()).toThrow(/failed with SIGKILL$/);
    expect(() => built('head -c 5000 /dev/zero | tr \'\\0\' x >&2; exit 3').load()).toThrow(/failed with exit code 3: … x{2000}$/);
  });

  test('that takes too long, prints too much, or only a part is refused', () => {
    expect(() => built('exec sleep 20', { timeout: Duration.seconds(1) }).load()).toThrow(/took longer than 1 s; raise "timeout"$/);
    expect(() => built('head -c 2000000 /dev/zero', { maxOutput: Size.mebibytes(1) }).load()).toThrow(/printed more than 1048576 bytes; raise "maxOutput"$/);
    expect(() => built('printf "apiVersion: v1\\nkind: Conf"').load()).toThrow(/its output is cut, it ends in the middle of a line$/);
    expect(() => built('true').load()).toThrow(/printed nothing$/);
  });

  test('that can\'t be run says why', () => {
    expect(() => ManifestSource.kustomize('example', { executable: file('plain', 'no program') }).load()).toThrow(/can't be run: /);
  });

  test.each([
    [{ executable: '' }, 'executable: got ""; must be a path'], [{ flags: [1] }, 'flags[0]: got 1; must be a string'],
    [{ timeout: Duration.seconds(0) }, 'timeout: got "0s"; must be a Duration of whole seconds from 1 to 86400'],
    [{ maxOutput: 1 }, 'maxOutput: got 1; must be a Size'], [{ env: [] }, 'env: got []; must be an object of strings'], [{ helm: true }, 'helm: got true; must be a property that there is'],
  ])('refuses the options %j', (options, message) => {
    expect(() => ManifestSource.kustomize('example', options as any)).toThrow(message);
  });
});

describe('a KfDef', () => {
  const kfdef = (applications: any) => file('kfdef.json', JSON.stringify({ apiVersion: 'kfdef.apps.kubeflow.org/v1', kind: 'KfDef', metadata: { name: 'kf' }, spec: { applications } }));
  const application = (name: string, more = {}) => ({ name, kustomizeConfig: { repoRef: { name: 'manifests', path: name }, ...more } });
  const echo = () => file('kustomize', `#!/bin/sh\nfor last; do :; done\nprintf '${MAP.replace(/\n/g, '\\n')}%s\\n' "$(basename $last)"\n`, 0o755);

  test('is built application by application, without what reports its use', () => {
    const source = ManifestSource.kfdef(kfdef([application('istio'), application('spartakus'), application('stacks')]), 'manifests', { executable: echo() });
    expect(names(source)).toEqual(['istio', 'stacks']);
    const chosen = ManifestSource.kfdef(kfdef([application('istio'), application('spartakus')]), 'manifests', { executable: echo(), exclude: ['istio'] });
    expect(names(chosen)).toEqual(['spartakus']);
  });

  test.each([
    [undefined, {}, 'must be a KfDef with a list spec.applications'],
    [[application('a')], { exclude: ['b'] }, 'has no application "b" to exclude; it has a'],
    [[{ name: 'a' }], {}, 'application "a" has no kustomizeConfig.repoRef.path'],
    [[application('a', { overlays: ['x'] })], {}, 'application "a" has overlays, which only kfctl can apply; write a kustomization that does, and use ManifestSource.kustomize'],
    [[application('a', { parameters: [{}] })], {}, 'application "a" has parameters, which only kfctl can apply'],
  ])('that says %j is refused', (applications, options, message) => {
    expect(() => ManifestSource.kfdef(kfdef(applications), 'manifests', { executable: echo(), ...options }).load()).toThrow(message);
  });
});

describe('an address', () => {
  const TEXT = `${MAP}a\n`;
  const sha256 = createHash('sha256').update(TEXT).digest('hex');
  let server: ChildProcess;
  let base: string;

  // another process, because a source waits for its answer
  beforeAll(async () => {
    const program = `require('http').createServer((q, r) => {
      if (q.url.startsWith('/slow')) { return; }
      if (q.url.startsWith('/gone')) { r.statusCode = 404; return r.end(); }
      r.end(q.url.startsWith('/none') ? 'text' : q.url === '/big' ? 'x'.repeat(3000000) : ${JSON.stringify(TEXT)});
    }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
    server = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    base = await new Promise(resolve => server.stdout!.once('data', port => resolve(`http://127.0.0.1:${String(port).trim()}`)));
  });
  afterAll(() => { server.kill(); });

  test('is fetched, and must be what was pinned', () => {
    expect(names(ManifestSource.url(`${base}/a`, { sha256: sha256.toUpperCase() }))).toEqual(['a']);
    expect(names(ManifestSource.url(`${base}/a`, { allowUnpinned: true }))).toEqual(['a']);
    expect(() => ManifestSource.url(`${base}/a`, { sha256: '0'.repeat(64) }).load()).toThrow(
      `must be the digest of what ${base}/a sends, ${sha256}; find out why the file has changed, then change the digest`);
  });

  test('that doesn\'t answer well is refused', () => {
    const load = (where: string, options = {}) => ManifestSource.url(where, { allowUnpinned: true, ...options }).load();
    expect(() => load(`${base}/gone`)).toThrow(`${base}/gone: can't be fetched: the server answered 404 Not Found`);
    expect(() => load(`${base}/big`, { maxSize: Size.mebibytes(1) })).toThrow(`${base}/big: can't be fetched: it has more than 1048576 bytes; raise "maxSize"`);
    expect(() => load(`${base}/slow`, { timeout: Duration.seconds(1) })).toThrow(`${base}/slow: took longer than 1 s; raise "timeout"`);
    expect(() => load('http://127.0.0.1:9/')).toThrow(/^http:\/\/127\.0\.0\.1:9\/: can't be fetched: fetch failed/);
  });

  test('is told without what lets one read it', () => {
    const signed = (place: string, options: any = { allowUnpinned: true }) => () => ManifestSource.url(`${base}${place}?sv=1&sig=abc%2Fdef`, options).load();
    expect(signed('/gone')).toThrow(`${base}/gone?…: can't be fetched: the server answered 404 Not Found`);
    expect(signed('/slow', { allowUnpinned: true, timeout: Duration.seconds(1) })).toThrow(`${base}/slow?…: took longer than 1 s`);
    expect(signed('/a', { sha256: '0'.repeat(64) })).toThrow(`must be the digest of what ${base}/a?… sends, ${sha256}`);
    expect(signed('/none')).toThrow(`${base}/none?…, document 1: is "text"; must be a manifest`);
  });

  test('with a user or a password is refused, and they are not told', () => {
    const rule = 'must have no user and no password, because whoever reads the program or the list of processes reads them; fetch the file before, and read it by ManifestSource.files';
    for (const user of ['me:hunter2', 'hunter2', ':hunter2', 'a@b:hunter2']) {
      expect(() => ManifestSource.url(`https://${user}@a.example/x?sig=hunter2`, { allowUnpinned: true })).toThrow(`ManifestSource.url.url: got "https://a.example/x?…"; ${rule}`);
    }
    expect(() => ManifestSource.url('ftp://me:hunter2@a.example/x?sig=hunter2')).toThrow('got "ftp://a.example/x?…"; must be an address that starts with https:// or http://');
  });

  test.each([
    ['manifests.yaml', {}, 'ManifestSource.url.url: got "manifests.yaml"; must be an address that starts with https:// or http://'],
    ['file:///a', { allowUnpinned: true }, 'must be an address that starts with https:// or http://'],
    ['https://a.example', {}, 'ManifestSource.url.sha256: got nothing; must be the SHA-256 of the file, because the server may send another one tomorrow'],
    ['https://a.example', { sha256: 'abc' }, 'must be 64 hexadecimal digits'],
    ['https://a.example', { allowUnpinned: true, timeout: 5 }, 'timeout: got 5; must be a Duration'],
    ['https://a.example', { allowUnpinned: true, maxSize: 5 }, 'maxSize: got 5; must be a Size'],
  ])('%s with %j is refused', (where, options, message) => {
    expect(() => ManifestSource.url(where, options as any)).toThrow(message);
  });
});
