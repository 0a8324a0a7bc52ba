import { Config, ModelServer, ModelServingApp, PlatformApp, PlatformChart, PlatformNamespace, Scaling } from 'cdk8s-ml';

const app = new PlatformApp();
const chart = new PlatformChart(app, 'iris', { namespace: 'iris' });
new PlatformNamespace(chart, 'namespace', { name: 'iris' });

new ModelServingApp(chart, 'iris', {
  server: ModelServer.flask({ image: `docker.io/me/iris:${process.env.IMAGE_TAG ?? '1.4'}` }),
  config: Config.fromLiterals({ MODEL_THRESHOLD: '0.7' }),
  scaling: Scaling.cpu({ min: 3, max: 10, targetUtilization: 60 }),
});

app.synth();
