import * as fs from 'fs';
import { TerraformStack } from 'cdktf';
import { loadAll } from 'js-yaml';
import { platform, terraformOf, yamlOf } from './support';
import { PlatformApp, PlatformChart, PlatformNamespace } from '../../src/app';
import { AksCluster, ContainerRegistry, MachineLearningWorkspace, ResourceGroup, WorkloadIdentity } from '../../src/azure';
import { Exposure } from '../../src/exposure';
import { ExistingIdentity } from '../../src/identity';
import { ModelSource } from '../../src/models';
import { ModelServer, ModelServingApp } from '../../src/serving';
import { emptyFolder } from '../app/support';

const UUID = '11111111-2222-3333-4444-555555555555';
const ATTRIBUTES = { subscriptionId: UUID, tenantId: UUID, resourceGroup: 'ml', name: 'aml-onnx' };

/** One scoring service for every model of a workspace, in two regions. */
function program(app: PlatformApp): void {
  const workspace = MachineLearningWorkspace.of(ATTRIBUTES);
  for (const location of ['westeurope', 'eastus2']) {
    const infra = new TerraformStack(app, `infra-${location}`);
    const group = new ResourceGroup(infra, 'group', { name: `scoring-${location}`, location });
    const registry = new ContainerRegistry(infra, 'registry', { resourceGroup: group, name: `scoring${location}` });
    const cluster = new AksCluster(infra, 'cluster', { resourceGroup: group });
    registry.grantPull(cluster);
    const identity = new WorkloadIdentity(infra, 'scorer', { cluster });
    workspace.grantRead(identity);
    const chart = new PlatformChart(app, `scoring-${location}`, { cluster, namespace: 'aml-aks-onnx' });
    new PlatformNamespace(chart, 'aml-aks-onnx');
    new ModelServingApp(chart, 'scorer', {
      server: ModelServer.flask({ image: registry.image('scorer', 'dev'), healthPath: '/healthcheck' }),
      workspace,
      identity,
      exposure: Exposure.loadBalancer({ port: 80 }),
    });
  }
}

test('one service in two regions, each with its own cluster, folder and identity', () => {
  const recordedOutputs = emptyFolder();
  for (const location of ['westeurope', 'eastus2']) {
    fs.writeFileSync(`${recordedOutputs}/terraform.infra-${location}.outputs.json`, JSON.stringify({ scorer_client_id: { value: `id-${location}` } }));
  }
  const app = platform({ recordedOutputs });
  program(app);
  const yaml = yamlOf(app);
  expect(app.heldBack).toEqual([]);
  expect(Object.keys(yaml)).toEqual(['infra-eastus2-cluster/scoring-eastus2.k8s.yaml', 'infra-westeurope-cluster/scoring-westeurope.k8s.yaml']);
  const objects = loadAll(yaml['infra-eastus2-cluster/scoring-eastus2.k8s.yaml']) as any[];
  const of = (kind: string) => objects.find(object => object.kind === kind);
  expect(of('ServiceAccount').metadata.annotations).toEqual({ 'azure.workload.identity/client-id': 'id-eastus2' });
  const pod = of('Deployment').spec.template;
  expect(pod.metadata.labels['azure.workload.identity/use']).toBe('true');
  expect(Object.fromEntries(pod.spec.containers[0].env.map((e: any) => [e.name, e.value]))).toMatchObject({
    AZURE_SUBSCRIPTION_ID: UUID, AZURE_TENANT_ID: UUID, AZUREML_ARM_SUBSCRIPTION: UUID, AZUREML_ARM_RESOURCEGROUP: 'ml', AZUREML_ARM_WORKSPACE_NAME: 'aml-onnx',
  });
  expect(of('Service').spec.ports).toEqual([expect.objectContaining({ port: 80 })]);
  const terraform = terraformOf(app, 'infra-eastus2');
  expect(Object.values(terraform.resource.azurerm_federated_identity_credential)[0].subject).toBe('system:serviceaccount:aml-aks-onnx:scorer');
  expect(Object.values(terraform.resource.azurerm_role_assignment).map(r => [r.role_definition_name, r.scope])).toEqual(expect.arrayContaining([
    ['Reader', `/subscriptions/${UUID}/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/aml-onnx`],
    ['Storage Blob Data Reader', `/subscriptions/${UUID}/resourceGroups/ml`],
  ]));
});

test('a chart of several clusters names its own', () => {
  const app = platform();
  program(app);
  const chart = new PlatformChart(app, 'lost', { namespace: 'lost' });
  new PlatformNamespace(chart, 'lost');
  expect(() => app.synth()).toThrow('lost.cluster: got nothing; must name one of the program\'s clusters ("infra-westeurope-cluster", "infra-eastus2-cluster"); '
    + 'pass "cluster" to its PlatformChart');
});

test('one model of the workspace is fixed in the program', () => {
  const app = platform();
  const stack = new TerraformStack(app, 'infra');
  const cluster = new AksCluster(stack, 'cluster', { resourceGroup: new ResourceGroup(stack, 'group', { location: 'westeurope' }) });
  const identity = new WorkloadIdentity(stack, 'scorer', { cluster });
  const workspace = MachineLearningWorkspace.of({ ...ATTRIBUTES, storageAccountId: `/subscriptions/${UUID}/resourceGroups/ml/providers/Microsoft.Storage/storageAccounts/models` });
  workspace.grantRead(identity);
  const served = new ModelServingApp(new PlatformChart(app, 'lab', { namespace: 'lab' }), 'fraud', {
    server: ModelServer.flask({ image: 'docker.io/me/fraud:1' }), model: ModelSource.azureMl({ workspace, name: 'fraud', version: '3' }), identity,
  });
  expect(served.deployment.initContainers).toHaveLength(1);
  expect(Object.values(terraformOf(app).resource.azurerm_role_assignment).map(r => r.scope))
    .toContain(`/subscriptions/${UUID}/resourceGroups/ml/providers/Microsoft.Storage/storageAccounts/models`);
});

test('a workspace that nobody can read is refused', () => {
  const app = platform();
  expect(() => new ModelServingApp(new PlatformChart(app, 'lab', { namespace: 'lab' }), 'fraud', {
    server: ModelServer.flask({ image: 'docker.io/me/fraud:1' }), workspace: MachineLearningWorkspace.of(ATTRIBUTES),
  })).toThrow('lab/fraud.identity: got nothing; must be given, because the workspace is read with it; for example new azure.WorkloadIdentity(...), '
    + 'or give a credential as one of "secrets"');
  expect(() => new ModelServingApp(new PlatformChart(app, 'lab2', { namespace: 'lab' }), 'fraud', {
    server: ModelServer.flask({ image: 'docker.io/me/fraud:1' }), workspace: 'aml' as any,
  })).toThrow('lab2/fraud.workspace: got "aml"; must be a workspace of models; for example azure.MachineLearningWorkspace.of({ ... })');
});

test('an identity that this program doesn\'t make can\'t be given roles by it', () => {
  const identity = ExistingIdentity.azure({ clientId: UUID });
  expect(() => MachineLearningWorkspace.of(ATTRIBUTES).grantRead(identity as any)).toThrow('MachineLearningWorkspace.identity: got a ExistingIdentity; '
    + 'must be a WorkloadIdentity of azure that this program makes, because only such can be given roles; '
    + `assign "Reader" on /subscriptions/${UUID}/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/aml-onnx and `
    + `"Storage Blob Data Reader" on /subscriptions/${UUID}/resourceGroups/ml where the identity is made`);
});

test.each<[any, string]>([
  [{ subscriptionId: 'x' }, 'MachineLearningWorkspace.subscriptionId: got "x"; must be a UUID'],
  [{ tenantId: 'x' }, 'MachineLearningWorkspace.tenantId: got "x"; must be a UUID'],
  [{ resourceGroup: '' }, 'MachineLearningWorkspace.resourceGroup: got ""; must be at most 90 letters'],
  [{ name: 'ml' }, 'MachineLearningWorkspace.name: got "ml"; must be 3 to 33 letters, digits, "-" and "_"; rename it'],
  [{ storageAccountId: 'models' }, 'MachineLearningWorkspace.storageAccountId: got "models"; must be the id of a storage account; leave it out when you don\'t know it'],
])('refuses %j', (attributes, message) => {
  expect(() => MachineLearningWorkspace.of({ ...ATTRIBUTES, ...attributes })).toThrow(message);
});
