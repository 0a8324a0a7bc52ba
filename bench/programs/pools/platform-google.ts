import { Accelerator, google, PlatformApp } from 'cdk8s-ml';
import { TerraformStack } from 'cdktf';
import type { Build } from './build';

export const build: Build = (outdir, pools) => {
  const app = new PlatformApp({ outdir: `${outdir}/dist`, terraformOutdir: outdir });
  google.Project.of('my-project').useIn(app);
  const stack = new TerraformStack(app, 'infra');
  const network = google.Network.fromAttributes(stack, 'network', {
    network: 'shared', subnetwork: 'gke', podsRangeName: 'pods', servicesRangeName: 'services',
  });
  const cluster = new google.GkeCluster(stack, 'cluster', { location: 'us-central1-a', network, webhookPorts: [], userPool: false });
  for (const pool of pools) { cluster.addGpuNodePool(pool, { accelerator: Accelerator.A100_80GB, maxNodes: 4, spot: true }); }
  return app;
};
