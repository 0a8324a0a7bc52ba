import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { FETCH_HUGGING_FACE, FETCH_OBJECTS, fetchScript } from '../../../src/models/private/fetch-script';

let root: string;
beforeEach(() => { root = fs.mkdtempSync(path.join(os.tmpdir(), 'fetch-model-')); });
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const file = (...parts: string[]) => path.join(root, ...parts);
const read = (name: string) => fs.readFileSync(file('models/iris', name), 'utf8');
const complete = () => fs.existsSync(file('models/iris.complete'));
const calls = () => fs.existsSync(file('calls')) ? fs.readFileSync(file('calls'), 'utf8').trim().split('\n') : [];

/** Puts a program on the PATH; it notes its arguments first. */
function program(name: string, body: string): void {
  fs.mkdirSync(file('bin'), { recursive: true });
  fs.writeFileSync(file('bin', name), `#!/bin/sh\nprintf '${name}' >>"$ROOT/calls"\nprintf ' [%s]' "$@" >>"$ROOT/calls"\necho >>"$ROOT/calls"\n${body}\n`, { mode: 0o755 });
}

/** Starts the container's command as the kubelet does. */
function start(fetch: string, env: { [name: string]: string } = {}, args: string[] = []) {
  return spawnSync('/bin/sh', ['-c', fetchScript(fetch), 'fetch-model', ...args], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { PATH: `${file('bin')}:/usr/bin:/bin`, ROOT: root, HOME: file('home'), MODEL_FOLDER: file('models/iris'), MODEL_IDENTITY: 'gs://models/iris', ...env },
  });
}

describe('the marker', () => {
  const env = { MODEL_REMOTE: ':gcs:models/iris' };

  test('makes a second start download nothing', () => {
    program('rclone', 'echo weights >"$MODEL_FOLDER/model.bin"');
    expect(start(FETCH_OBJECTS, env, ['--checksum']).status).toBe(0);
    expect(read('model.bin')).toBe('weights\n');
    const second = start(FETCH_OBJECTS, env, ['--checksum']);
    expect(second.status).toBe(0);
    expect(second.stdout).toContain('gs://models/iris is already complete');
    expect(calls()).toEqual([`rclone [copy] [--checksum] [:gcs:models/iris] [${file('models/iris')}]`]);
  });

  test('is not set by an interrupted download, and the next start goes on with what is there', () => {
    program('rclone', 'if [ -f "$MODEL_FOLDER/a" ]; then echo 2 >"$MODEL_FOLDER/b"; else echo 1 >"$MODEL_FOLDER/a"; exit 1; fi');
    expect(start(FETCH_OBJECTS, env).status).toBe(1);
    expect(complete()).toBe(false);
    expect(start(FETCH_OBJECTS, env).status).toBe(0);
    expect([read('a'), read('b')]).toEqual(['1\n', '2\n']);
    expect(complete()).toBe(true);
  });

  test('is not set when the container is killed', () => {
    program('rclone', 'echo part >"$MODEL_FOLDER/a"; kill -9 $PPID');
    expect(start(FETCH_OBJECTS, env).signal).toBe('SIGKILL');
    expect(complete()).toBe(false);
  });

  test('is not set when nothing was downloaded', () => {
    program('rclone', ':');
    const { status, stderr } = start(FETCH_OBJECTS, env);
    expect([status, stderr]).toEqual([1, 'gs://models/iris: no file was downloaded\n']);
    expect(complete()).toBe(false);
  });

  test('of another model is worth nothing', () => {
    program('rclone', 'echo weights >"$MODEL_FOLDER/model.bin"');
    start(FETCH_OBJECTS, { ...env, MODEL_IDENTITY: 'gs://models/iris revision 1' });
    expect(start(FETCH_OBJECTS, { ...env, MODEL_IDENTITY: 'gs://models/iris revision 2' }).status).toBe(0);
    expect(calls()).toHaveLength(2);
  });
});

test('pods that start together on one volume download once', async () => {
  program('rclone', 'sleep 1; echo weights >"$MODEL_FOLDER/model.bin"');
  const both = [1, 2].map(() => `( ${'/bin/sh -c "$SCRIPT" fetch-model'} ) &`).join(' ');
  const { status } = spawnSync('/bin/sh', ['-c', `${both} wait`], {
    timeout: 30_000,
    env: {
      PATH: `${file('bin')}:/usr/bin:/bin`,
      ROOT: root,
      HOME: file('home'),
      SCRIPT: fetchScript(FETCH_OBJECTS),
      MODEL_FOLDER: file('models/iris'),
      MODEL_IDENTITY: 'x',
      MODEL_REMOTE: ':gcs:models/iris',
    },
  });
  expect(status).toBe(0);
  expect(calls()).toHaveLength(1);
});

describe('secrets of Azure', () => {
  test('are read from their files', () => {
    program('rclone', 'printf "%s|%s" "$RCLONE_AZUREBLOB_KEY" "$RCLONE_AZUREBLOB_SAS_URL" >"$MODEL_FOLDER/seen"');
    fs.writeFileSync(file('key'), 'c2VjcmV0\n');
    expect(start(FETCH_OBJECTS, { MODEL_REMOTE: ':azureblob:llm', MODEL_ACCOUNT_KEY_FILE: file('key') }).status).toBe(0);
    expect(read('seen')).toBe('c2VjcmV0|');
  });

  test.each(['sv=2024&sig=a%2Fb', '?sv=2024&sig=a%2Fb\n'])('a signature %j becomes the container\'s address', signature => {
    program('rclone', 'printf "%s" "$RCLONE_AZUREBLOB_SAS_URL" >"$MODEL_FOLDER/seen"');
    fs.writeFileSync(file('sas'), signature);
    start(FETCH_OBJECTS, { MODEL_REMOTE: ':azureblob:llm', MODEL_SAS_FILE: file('sas'), MODEL_CONTAINER_URL: 'https://acme.blob.core.windows.net/llm' });
    expect(read('seen')).toBe('https://acme.blob.core.windows.net/llm?sv=2024&sig=a%2Fb');
  });
});

describe('Hugging Face', () => {
  const env = { MODEL_REPOSITORY: 'acme/iris', MODEL_REVISION: 'abc' };
  const SHA256 = 'b2f64b6a0e4e3c3c1bcd9f0c0f3b5d4e8a1f'; // only its length matters where it must not match
  /** What the real CLI leaves: the files, and for each a note of the commit, the checksum and the time. */
  const DOWNLOAD = `
    notes="$MODEL_FOLDER/.cache/huggingface/download"
    mkdir -p "$notes/sub dir" "$MODEL_FOLDER/sub dir"
    if [ ! -f "$notes/model.safetensors.metadata" ]; then
      printf weights >"$MODEL_FOLDER/model.safetensors"
      printf 'abc\\n%s\\n1\\n' "$(printf weights | sha256sum | cut -d' ' -f1)" >"$notes/model.safetensors.metadata"
    fi
    printf '{}' >"$MODEL_FOLDER/sub dir/config.json"
    printf 'abc\\n%s\\n1\\n' 9e26dfeeb6e641a33dae4961196235bdb965b21b >"$notes/sub dir/config.json.metadata"
  `;

  test('is asked with the revision and each pattern', () => {
    program('hf', DOWNLOAD);
    expect(start(FETCH_HUGGING_FACE, { ...env, MODEL_INCLUDE: '*.json\n*.safetensors', MODEL_EXCLUDE: 'original/*' })).toMatchObject({ status: 0, stderr: '' });
    expect(calls()).toEqual([
      `hf [download] [acme/iris] [--local-dir=${file('models/iris')}] [--revision=abc] [--include=*.json] [--include=*.safetensors] [--exclude=original/*]`,
    ]);
    expect(complete()).toBe(true);
  });

  test('is asked through the CLI\'s old name where there is no new one', () => {
    program('huggingface-cli', DOWNLOAD);
    expect(start(FETCH_HUGGING_FACE, { ...env, MODEL_EXCLUDE: 'original/*\n*.bin' })).toMatchObject({ status: 0, stderr: '' });
    expect(calls()).toEqual([
      `huggingface-cli [download] [acme/iris] [--local-dir=${file('models/iris')}] [--revision=abc] [--exclude] [original/*] [*.bin]`,
    ]);
  });

  test('is asked for the default branch without a revision or patterns', () => {
    program('hf', DOWNLOAD);
    start(FETCH_HUGGING_FACE, { MODEL_REPOSITORY: 'acme/iris' });
    expect(calls()).toEqual([`hf [download] [acme/iris] [--local-dir=${file('models/iris')}]`]);
  });

  test('patterns are not expanded to files of the container', () => {
    program('hf', DOWNLOAD);
    start(FETCH_HUGGING_FACE, { ...env, MODEL_INCLUDE: '/bin/*' });
    expect(calls()[0]).toContain('[--include=/bin/*]');
  });

  test('a damaged large file is removed, with its note, and nothing else', () => {
    program('hf', `${DOWNLOAD}\nif [ ! -f "$ROOT/damaged" ]; then printf Weights >"$MODEL_FOLDER/model.safetensors"; touch "$ROOT/damaged"; fi`);
    const first = start(FETCH_HUGGING_FACE, env);
    expect(first.status).not.toBe(0);
    expect(first.stderr).toMatch(/model\.safetensors is damaged: its checksum is [0-9a-f]{64}, not [0-9a-f]{64}/);
    expect(complete()).toBe(false);
    expect(fs.existsSync(file('models/iris/model.safetensors'))).toBe(false);
    expect(fs.existsSync(file('models/iris/.cache/huggingface/download/model.safetensors.metadata'))).toBe(false);
    expect(read('sub dir/config.json')).toBe('{}');
    expect(start(FETCH_HUGGING_FACE, env).status).toBe(0);
    expect(read('model.safetensors')).toBe('weights');
    expect(complete()).toBe(true);
  });

  test('a damaged small file is found by git\'s checksum', () => {
    program('hf', `${DOWNLOAD}\nprintf '[]' >"$MODEL_FOLDER/sub dir/config.json"`);
    const { status, stderr } = start(FETCH_HUGGING_FACE, env);
    expect(status).not.toBe(0);
    expect(stderr).toContain('config.json is damaged: its checksum is');
    expect(stderr).toContain('not 9e26dfeeb6e641a33dae4961196235bdb965b21b');
  });

  test('a file that is missing is no complete model', () => {
    program('hf', `${DOWNLOAD}\nrm "$MODEL_FOLDER/model.safetensors"`);
    const { status, stderr } = start(FETCH_HUGGING_FACE, env);
    expect(status).not.toBe(0);
    expect(stderr).toContain('model.safetensors is damaged: its checksum is missing');
  });

  test('a hub that gives no checksums is believed, and said so', () => {
    program('hf', `${DOWNLOAD}\nprintf 'abc\\n${SHA256}\\n1\\n' >"$MODEL_FOLDER/.cache/huggingface/download/model.safetensors.metadata"`);
    const { status, stderr } = start(FETCH_HUGGING_FACE, env);
    expect([status, stderr]).toEqual([0, `${file('models/iris/model.safetensors')}: the hub gave no checksum\n`]);
  });

  test('a failed download is no complete model', () => {
    program('hf', `${DOWNLOAD}\nexit 7`);
    expect(start(FETCH_HUGGING_FACE, env).status).toBe(7);
    expect(complete()).toBe(false);
  });

  test('a repository of which no file matches is no complete model', () => {
    program('hf', ':');
    expect(start(FETCH_HUGGING_FACE, { ...env, MODEL_IDENTITY: 'acme/iris' })).toMatchObject({ status: 1, stderr: 'acme/iris: no file was downloaded\n' });
  });
});

test.each([['FETCH_HUGGING_FACE', FETCH_HUGGING_FACE], ['FETCH_OBJECTS', FETCH_OBJECTS]])('what users write is never a command in %s', (_, fetch) => {
  const evil = '$(touch "$ROOT/owned"); `touch "$ROOT/owned"`; "; touch "$ROOT/owned" #';
  program('hf', ':');
  program('rclone', ':');
  const names = ['IDENTITY', 'REPOSITORY', 'REVISION', 'INCLUDE', 'EXCLUDE', 'REMOTE', 'CONTAINER_URL'];
  start(fetch, Object.fromEntries(names.map(name => [`MODEL_${name}`, evil])), [evil]);
  expect(calls()).toHaveLength(1);
  expect(fs.existsSync(file('owned'))).toBe(false);
});

test.each([['FETCH_HUGGING_FACE', FETCH_HUGGING_FACE], ['FETCH_OBJECTS', FETCH_OBJECTS]])('Kubernetes leaves %s as it is', (_, fetch) => {
  // In a command it replaces $(NAME) by a variable that the container has, and $$ by $.
  expect(fetchScript(fetch)).not.toMatch(/\$\$|\$\([A-Z_]+\)/);
});
