import { Egress, Exposure, ModelServer, ModelServingApp, PlatformApp, PlatformChart, PlatformNamespace } from 'cdk8s-ml';

const app = new PlatformApp();
const chart = new PlatformChart(app, 'keras', { namespace: 'keras' });
new PlatformNamespace(chart, 'keras');

// A Flask app with only POST /predict, on Flask's own port 5000, so its probes check the port and not a path.
new ModelServingApp(chart, 'keras-app', {
  server: ModelServer.flask({ image: 'docker.io/me/keras-app:1.0' }),
  // The app downloads the weights of ResNet50 when it starts.
  outbound: Egress.internet(),
  exposure: Exposure.loadBalancer({ port: 80 }),
});

app.synth();
