import * as path from 'node:path';
import { TerraformStack } from 'cdktf';
import { catalogue } from './catalogue';
import { presets } from './presets';
import { alicloud, azure, google, PlatformApp } from '../../../src';

/** Programs by name that write nothing for Kubernetes. */
export type Stacks = Record<string, (stack: TerraformStack) => void>;

export const STACKS: Record<string, Stacks> = { catalogue, presets };

/** Writes what one program synthesizes for Terraform. */
export function synthesizeStack(outdir: string, build: (stack: TerraformStack) => void): void {
  const app = new PlatformApp({ outdir, terraformOutdir: path.join(outdir, 'cdktf.out') });
  azure.Subscription.of('11111111-2222-3333-4444-555555555555').useIn(app);
  google.Project.of('models-123').useIn(app);
  alicloud.Region.of('cn-hangzhou').useIn(app);
  build(new TerraformStack(app, 'infra'));
  app.synth();
}
