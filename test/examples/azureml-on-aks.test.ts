import { spawnSync } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join, resolve } from 'path';
import { load } from 'js-yaml';

const example = resolve('examples/azureml-on-aks');
const stacks = readdirSync(join(example, 'expected/cdktf.out/stacks'));
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-example-'));

/** What the script runs, each written down in place of being done. Manifests come once an output is recorded. */
const TOOLS: Record<string, string> = {
  npx: `for s in ${stacks.join(' ')}; do
  r=\${s#infra-}
  mkdir -p "cdktf.out/stacks/$s"
  rm -rf "dist/scoring-$r"
  if grep -q client "terraform.$s.outputs.json" 2>/dev/null; then mkdir -p "dist/scoring-$r"; fi
done`,
  terraform: `case "$*" in
  *"output -json") [ ! -f applied ] || echo '{"scorer_client_id":{"value":"1"}}' ;;
  *"output -raw"*) echo az aks get-credentials ;;
  *apply*) touch applied ;;
esac`,
  az: '',
  kubelogin: '',
  kubectl: '[ "$1" != diff ] || exit ${DIFF:-1}',
};

beforeAll(() => {
  mkdirSync(join(folder, 'bin'));
  for (const [tool, does] of Object.entries(TOOLS)) {
    const file = join(folder, 'bin', tool);
    writeFileSync(file, `#!/bin/bash\necho "${tool} $*" >>log\n${does}\n`);
    chmodSync(file, 0o755);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the script; what it ran, without the paths, and how it ended. */
function deploy(what: string, env: NodeJS.ProcessEnv = {}): { status: number | null; ran: string[] } {
  rmSync(join(folder, 'log'), { force: true });
  const PATH = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`;
  const { status } = spawnSync('bash', [join(example, 'deploy.sh'), what], { cwd: folder, env: { ...process.env, PATH, ...env } });
  const log = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
  return { status, ran: log.map(line => line.replace(/-chdir=cdktf\.out\/stacks\//, '').split(' ').slice(0, 3).join(' ')) };
}

test('before there is a cluster, the script shows what Terraform would make and asks no cluster', () => {
  const { status, ran } = deploy('diff');
  expect(status).toBe(0);
  const perStack = (stack: string) => [`terraform ${stack} init`, `terraform ${stack} plan`, `terraform ${stack} output`];
  expect(ran).toEqual(['npx cdk8s synth', ...['infra-westeurope', 'infra-eastus2'].flatMap(perStack), 'npx cdk8s synth']);
});

test('it applies the clusters of all regions first, then what runs on them', () => {
  const { status, ran } = deploy('apply');
  expect(status).toBe(0);
  expect(ran.filter(line => /apply|synth|rollout/.test(line))).toEqual([
    'npx cdk8s synth', ...['infra-westeurope', 'infra-eastus2'].map(stack => `terraform ${stack} apply`), 'npx cdk8s synth',
    'kubectl apply --server-side', 'kubectl apply --server-side',
  ]);
  expect(ran.filter(line => line.startsWith('az '))).toHaveLength(stacks.length);
});

test('differences are no failure, but a diff that fails is', () => {
  expect(deploy('diff').status).toBe(0);
  expect(deploy('diff', { DIFF: '0' }).status).toBe(0);
  expect(deploy('diff', { DIFF: '2' }).status).not.toBe(0);
});

test('the pipeline builds the image under the tag that the program reads, and shows differences before it applies', () => {
  const { variables, stages } = load(readFileSync(join(example, 'azure-pipelines.yml'), 'utf8')) as any;
  expect(stages[0].jobs[0].steps[0].inputs).toMatchObject({ command: 'buildAndPush', repository: 'scorer', tags: variables.IMAGE_TAG });
  expect(Object.keys(stages[1])).toEqual(["${{ each step in split('diff,apply', ',') }}"]);
  expect(readFileSync(join(example, 'app.ts'), 'utf8')).toContain("registry.image('scorer', tag)");
  for (const name of ['IMAGE_TAG', 'STATE_ACCOUNT']) {
    expect(variables[name]).toBeTruthy();
    expect(readFileSync(join(example, 'app.ts'), 'utf8')).toContain(`process.env.${name}`);
  }
});
