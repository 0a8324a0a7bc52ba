import { Size } from 'cdk8s';
import { Exposure, ModelServer, ModelServingApp, ModelSource, PlatformApp, PlatformChart, PlatformNamespace, azure } from 'cdk8s-ml';
import { AzurermBackend, TerraformStack } from 'cdktf';

const app = new PlatformApp();
const subscriptionId = '11111111-2222-3333-4444-555555555555';
azure.Subscription.of(subscriptionId).useIn(app);

// What is there already: the workspace in which models are registered, and the registry that the pipeline pushes to.
const tenantId = '99999999-8888-7777-6666-555555555555';
const storageAccountId = `/subscriptions/${subscriptionId}/resourceGroups/ml/providers/Microsoft.Storage/storageAccounts/acmemodels`;
const workspace = azure.MachineLearningWorkspace.of({ subscriptionId, tenantId, resourceGroup: 'ml', name: 'aml-onnx', storageAccountId });
const tag = process.env.IMAGE_TAG ?? 'dev';

for (const location of ['westeurope', 'eastus2']) {
  const infra = new TerraformStack(app, `infra-${location}`);
  // A pipeline's disk is gone after each run, so there the state is in a storage account.
  if (process.env.STATE_ACCOUNT) {
    new AzurermBackend(infra, { storageAccountName: process.env.STATE_ACCOUNT, containerName: 'terraform', key: `${location}.tfstate`, useAzureadAuth: true });
  }
  const group = new azure.ResourceGroup(infra, 'group', { name: `scoring-${location}`, location });
  const cluster = new azure.AksCluster(infra, 'cluster', { name: `scoring-${location}`, resourceGroup: group });
  const registry = azure.ContainerRegistry.fromAttributes(infra, 'registry', { name: 'acmeimages', resourceGroupName: 'shared' });
  registry.grantPull(cluster);

  // The pods sign in to the workspace and its storage with this: there is no client secret.
  const identity = new azure.WorkloadIdentity(infra, 'scorer', { cluster });
  workspace.grantRead(identity);

  const chart = new PlatformChart(app, `scoring-${location}`, { cluster, namespace: 'aml-aks-onnx' });
  new PlatformNamespace(chart, 'aml-aks-onnx');
  const server = ModelServer.flask({ image: registry.image('scorer', tag), healthPath: '/healthcheck', gunicorn: { app: 'scorer:app' } });

  // One service for every model of the workspace: it loads the one that a request names.
  new ModelServingApp(chart, 'scorer', {
    server,
    workspace,
    identity,
    replicas: 2,
    exposure: Exposure.loadBalancer({ port: 80, sourceRanges: ['203.0.113.0/24'] }),
  });

  // One model of the workspace, which is there before the server starts.
  new ModelServingApp(chart, 'claims', {
    server,
    identity,
    replicas: 2,
    model: ModelSource.azureMl({ workspace, name: 'claim_classifier_onnx_demo', version: '1', size: Size.mebibytes(50) }),
  });

  // One model straight from storage, without the workspace.
  new ModelServingApp(chart, 'fraud', {
    server,
    identity,
    replicas: 2,
    model: ModelSource.azureBlob('https://acmemodels.blob.core.windows.net/onnx/fraud/3', { size: Size.mebibytes(200) }),
  });
}

app.synth();
