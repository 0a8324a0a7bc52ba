import { Config, Exposure, ModelServer, ModelServingApp, PlatformApp, PlatformChart, PlatformNamespace, Scaling, alicloud } from 'cdk8s-ml';
import { TerraformStack } from 'cdktf';

const app = new PlatformApp();
alicloud.Region.of('cn-hangzhou').useIn(app);

// The cluster in a network of its own, and a place for the model's images in the company's Enterprise registry.
const infra = new TerraformStack(app, 'infra');
const network = new alicloud.Network(infra, 'network', { zones: ['cn-hangzhou-h', 'cn-hangzhou-i'] });
const cluster = new alicloud.AckCluster(infra, 'cluster', { name: 'models', network, minNodes: 2, maxNodes: 6 });
const registry = new alicloud.ContainerRegistry(infra, 'models', { instanceId: 'cri-abc123', instanceName: 'acme' });
registry.addRepository('flask-app', 'The image classifier');

const chart = new PlatformChart(app, 'models', { cluster, namespace: 'models' });
new PlatformNamespace(chart, 'models');
new ModelServingApp(chart, 'flask-app', {
  server: ModelServer.flask({ image: registry.image('flask-app', process.env.IMAGE_TAG ?? '1.0'), healthPath: '/healthz' }),
  config: Config.fromLiterals({ MODEL_THRESHOLD: '0.7' }),
  scaling: Scaling.cpu({ min: 3, max: 10, targetUtilization: 60 }),
  exposure: Exposure.loadBalancer({ port: 5000, internal: true }),
});

app.synth();
