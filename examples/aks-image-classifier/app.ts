import { Duration } from 'cdk8s';
import { AutoscaledFrontend, Exposure, ModelServer, ModelServingApp, PlatformApp, PlatformChart, PlatformNamespace, Rollout, azure } from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-27';
import { TerraformStack } from 'cdktf';

const app = new PlatformApp();

// The cluster, whose nodes for the lab grow from one to three, and the registry that it pulls from.
const infra = new TerraformStack(app, 'infra');
const group = new azure.ResourceGroup(infra, 'group', { name: 'ailab', location: 'eastus' });
const registry = new azure.ContainerRegistry(infra, 'registry', { resourceGroup: group, name: 'ailabimages' });
const cluster = new azure.AksCluster(infra, 'cluster', { resourceGroup: group, minNodes: 1, maxNodes: 3 });
registry.grantPull(cluster);

const lab = new PlatformChart(app, 'lab', { namespace: 'image-classifier' });
new PlatformNamespace(lab, 'image-classifier');

const rollout = Rollout.rolling({ maxSurge: 1, maxUnavailable: 1, minReady: Duration.seconds(5) });

// The model: a container exported from Custom Vision, which listens on port 80.
const back = new ModelServingApp(lab, 'azure-ai-back', {
  server: ModelServer.customVision({ image: registry.image('model-img', 'v1') }),
  rollout,
});

// The web application: it finds the model's address in the environment variable "mymodel".
new AutoscaledFrontend(lab, 'azure-ai-front', {
  image: registry.image('app-img', 'v1'),
  port: 8080,
  backends: { mymodel: back },
  cpu: { request: Cpu.millis(250), limit: Cpu.millis(500) },
  minReplicas: 3,
  maxReplicas: 10,
  targetCpuUtilization: 50,
  rollout,
  exposure: Exposure.loadBalancer({ port: 8080 }),
});

app.synth();
