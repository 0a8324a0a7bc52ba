import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Size } from 'cdk8s';
import { ExistingIdentity } from '../../../src/identity';
import { ModelSource } from '../../../src/models';
import { FETCH_AZURE_ML } from '../../../src/models/private/fetch-azure-ml';
import { fetchScript } from '../../../src/models/private/fetch-script';
import { bound, envOf } from '../bound';

const UUID = '11111111-2222-3333-4444-555555555555';
const identity = ExistingIdentity.azure({ clientId: UUID });
const workspace = { subscriptionId: UUID, tenantId: UUID, resourceGroup: 'ml', name: 'aml', bindWorkload: () => ({ env: {} }) };

test('a container asks the workspace where the model is and downloads it', () => {
  const { binding, init } = bound(ModelSource.azureMl({ workspace, name: 'fraud', version: '3', size: Size.gibibytes(1) }), { identity });
  expect(binding).toMatchObject({ location: '/mnt/models/fraud', modelName: 'fraud', outboundPorts: [443] });
  expect(init).toMatchObject({ name: 'fetch-model', image: 'docker.io/rclone/rclone:1.76.0' });
  expect(init.args).toEqual(expect.arrayContaining(['--checksum', '--azureblob-env-auth']));
  expect(envOf(init)).toMatchObject({
    MODEL_WORKSPACE: `/subscriptions/${UUID}/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/aml`,
    MODEL_NAME: 'fraud',
    MODEL_VERSION: '3',
    MODEL_IDENTITY: `azureml:${UUID}/ml/aml/fraud:3`,
  });
});

test.each<[any, string]>([
  [{ workspace: 'aml' }, 'ModelSource.azureMl.workspace: got "aml"; must be a workspace of Azure Machine Learning; for example azure.MachineLearningWorkspace.of({ ... })'],
  [{ name: '../x' }, 'ModelSource.azureMl.name: got "../x"; must be 1 to 255 letters, digits, "-", "_" and ".", and start with a letter or digit'],
  [{ version: 'latest' }, 'ModelSource.azureMl.version: got "latest"; must be the version\'s name; for example "3"'],
  [{ region: 'x' }, 'ModelSource.azureMl.options.region: got "x"; must be a property that there is'],
])('refuses %j', (options, message) => {
  expect(() => ModelSource.azureMl({ workspace, name: 'fraud', version: '3', ...options })).toThrow(message);
});

test('a workload without an identity can\'t read it', () => {
  expect(() => bound(ModelSource.azureMl({ workspace, name: 'fraud', version: '3' }))).toThrow(
    'lab.identity: got nothing; must be given, because the model fraud of the workspace aml is read with it; for example new azure.WorkloadIdentity(...)');
});

describe('the download', () => {
  let root: string;
  beforeEach(() => { root = fs.mkdtempSync(path.join(os.tmpdir(), 'fetch-model-')); });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  /** Starts the container's command with a network that answers so. */
  function start(answers: { token?: string; model?: string; datastore?: string }, env: { [name: string]: string } = {}) {
    const file = (name: string, body: string, mode = 0o644) => fs.writeFileSync(path.join(root, name), body, { mode });
    file('token', 'the-jwt');
    file('wget', `#!/bin/sh
printf '%s\\n' "$*" >>"${root}/asked"
case "$*" in
*/oauth2/*) cat <<'EOF'
${answers.token ?? '{"token_type": "Bearer", "access_token": "the-token"}'}
EOF
;;
*/models/*) cat <<'EOF'
${answers.model ?? '{"id":"x","properties":{"modelType":"custom_model","modelUri":"azureml://subscriptions/s/resourceGroups/ml/workspaces/aml/datastores/blobs/paths/models/fraud"}}'}
EOF
;;
*) cat <<'EOF'
${answers.datastore ?? '{\n "properties": {\n  "accountName": "account",\n  "containerName": "container"\n }\n}'}
EOF
;;
esac`, 0o755);
    file('rclone', `#!/bin/sh\nprintf '%s\\n' "$*" >>"${root}/copied"\necho weights >"$MODEL_FOLDER/model.onnx"\n`, 0o755);
    const run = spawnSync('/bin/sh', ['-c', fetchScript(FETCH_AZURE_ML), 'fetch-model', '--checksum'], {
      encoding: 'utf8',
      env: {
        PATH: `${root}:/usr/bin:/bin`, HOME: root, MODEL_FOLDER: path.join(root, 'models/fraud'), MODEL_IDENTITY: 'fraud:3', MODEL_WORKSPACE: '/subscriptions/s/w',
        MODEL_NAME: 'fraud', MODEL_VERSION: '3', AZURE_CLIENT_ID: 'id', AZURE_TENANT_ID: 'tenant', AZURE_FEDERATED_TOKEN_FILE: path.join(root, 'token'), ...env,
      },
    });
    const lines = (name: string) => (fs.existsSync(path.join(root, name)) ? fs.readFileSync(path.join(root, name), 'utf8').trim().split('\n') : []);
    return { status: run.status, stderr: run.stderr, asked: lines('asked'), copied: lines('copied') };
  }

  test('follows the workspace to the container of blobs', () => {
    const { status, asked, copied } = start({});
    expect(status).toBe(0);
    expect(asked[0]).toContain('https://login.microsoftonline.com/tenant/oauth2/v2.0/token');
    expect(asked[0]).toContain('client_assertion=the-jwt');
    expect(asked[1]).toContain('Authorization: Bearer the-token https://management.azure.com/subscriptions/s/w/models/fraud/versions/3?api-version=');
    expect(asked[2]).toContain('/datastores/blobs?api-version=');
    expect(copied).toEqual([`copy --checksum --azureblob-account=account :azureblob:container/models/fraud ${root}/models/fraud`]);
  });

  test.each<[string, Parameters<typeof start>, string]>([
    ['no identity', [{}, { AZURE_FEDERATED_TOKEN_FILE: '' }], 'fraud:3: the pod has no identity: its service account needs one, and the cluster its webhook'],
    ['no token', [{ token: '{}' }], 'fraud:3: the identity got no token'],
    ['no model', [{ model: '{}' }], 'fraud:3: the workspace does not say where the model is'],
    ['a model elsewhere', [{ model: '{"modelUri":"https://example.com/a"}' }], 'fraud:3: is at https://example.com/a, which is no datastore'],
    ['another store', [{ datastore: '{}' }], 'fraud:3: the datastore blobs is no container of blobs'],
  ])('says what is wrong: %s', (_, args, message) => {
    const { status, stderr, copied } = start(...args);
    expect([status, stderr.trim(), copied]).toEqual([1, message, []]);
  });
});
