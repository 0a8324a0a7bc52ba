import { Accelerator, azure, PlatformApp } from 'cdk8s-ml';
import { TerraformStack } from 'cdktf';
import type { Build } from './build';

export const build: Build = (outdir, pools) => {
  const app = new PlatformApp({ outdir: `${outdir}/dist`, terraformOutdir: outdir });
  const stack = new TerraformStack(app, 'infra');
  const resourceGroup = new azure.ResourceGroup(stack, 'platform', { location: 'westeurope' });
  const cluster = new azure.AksCluster(stack, 'cluster', { resourceGroup, userPool: false, podCidr: '10.64.0.0/10' });
  for (const pool of pools) { cluster.addGpuNodePool(pool, { accelerator: Accelerator.A100_80GB, maxNodes: 4, spot: true }); }
  return app;
};
