import * as fs from 'fs';
import * as path from 'path';
import { TerraformStack } from 'cdktf';
import { PlatformApp, PlatformAppProps } from '../../src/app';
import { AksCluster, AksClusterProps, ResourceGroup } from '../../src/azure';
import { emptyFolder, filesIn } from '../app/support';

/** What a stack's Terraform JSON says. */
export interface Terraform {
  readonly resource: { readonly [type: string]: { readonly [id: string]: any } };
  readonly [block: string]: any;
}

/** An app that writes to folders of its own. */
export function platform(props: PlatformAppProps = {}): PlatformApp {
  return new PlatformApp({ outdir: emptyFolder(), terraformOutdir: emptyFolder(), recordedOutputs: emptyFolder(), ...props });
}

/** Writes an app and reads what Terraform is to read of a stack. */
export function terraformOf(app: PlatformApp, stack = 'infra'): Terraform {
  app.synth();
  return JSON.parse(fs.readFileSync(path.join(app.terraformOutdir, 'stacks', stack, 'cdk.tf.json'), 'utf8'));
}

/** Writes an app and reads its YAML, by file. */
export function yamlOf(app: PlatformApp): { [file: string]: string } {
  app.synth();
  return Object.fromEntries(filesIn(app.outdir).map(file => [file, fs.readFileSync(path.join(app.outdir, file), 'utf8')]));
}

/** The only resource of a type. */
export function only(terraform: Terraform, type: string): any {
  const all = Object.values(terraform.resource[type] ?? {});
  expect(all).toHaveLength(1);
  return all[0];
}

/** A stack with a resource group, and an AKS cluster in it. */
export function cluster(props: Partial<AksClusterProps> = {}, app = platform()) {
  const stack = new TerraformStack(app, 'infra');
  const group = new ResourceGroup(stack, 'group', { name: 'ailab', location: 'westeurope' });
  return { app, stack, group, cluster: new AksCluster(stack, 'cluster', { resourceGroup: group, ...props }) };
}

/** A pool of AKS by its name. */
export function poolOf(terraform: Terraform, name: string): any {
  return Object.values(terraform.resource.azurerm_kubernetes_cluster_node_pool).find(pool => pool.name === name);
}
