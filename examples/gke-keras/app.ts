import { Accelerator, Egress, Exposure, google, ModelServer, ModelServingApp, PlatformApp, PlatformChart, PlatformNamespace } from 'cdk8s-ml';
import { TerraformStack } from 'cdktf';

const app = new PlatformApp();
google.Project.of('my-project-123').useIn(app);

const infra = new TerraformStack(app, 'infra');
const cluster = new google.GkeCluster(infra, 'cluster', { name: 'keras', location: 'us-central1-a', nodes: 3, machineType: 'n1-standard-4' });
const gpus = cluster.addGpuNodePool('t4', { accelerator: Accelerator.T4, machineType: 'n1-standard-8', maxNodes: 2, spot: true });
const registry = new google.ArtifactRegistry(infra, 'images', { location: 'us-central1' });
registry.grantPull(cluster);

// Where the image is built and tried.
new google.BuildMachine(infra, 'build', { zone: 'us-central1-a', network: cluster.network });
new google.FirewallRule(infra, 'build-web', { network: cluster.network.networkId, sourceRanges: ['203.0.113.0/24'] });

const chart = new PlatformChart(app, 'keras', { namespace: 'keras', cluster });
new PlatformNamespace(chart, 'keras');
const keras = {
  // The app downloads the weights of ResNet50 when it starts.
  outbound: Egress.internet(),
  exposure: Exposure.loadBalancer({ port: 80 }),
};
new ModelServingApp(chart, 'keras-app', { ...keras, server: ModelServer.flask({ image: registry.image('keras-app', '1.0') }), replicas: 2 });
new ModelServingApp(chart, 'keras-gpu', { ...keras, server: ModelServer.flask({ image: registry.image('keras-app', '1.0-gpu') }), gpu: { pool: gpus } });

app.synth();
