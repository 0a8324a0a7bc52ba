import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { TerraformStack } from 'cdktf';
import { alicloud, PlatformApp } from '../../src';

const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

/** One stack, and what comes of it. */
export class Program {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-alicloud-'));
  public readonly app = new PlatformApp({
    outdir: join(this.folder, 'dist'), terraformOutdir: join(this.folder, 'cdktf.out'), recordedOutputs: join(this.folder, 'outputs'),
  });
  public readonly infra = new TerraformStack(this.app, 'infra');

  public constructor(region: string | undefined = 'cn-hangzhou') {
    folders.push(this.folder);
    if (region) { alicloud.Region.of(region).useIn(this.app); }
  }

  /** A cluster in a network of its own. */
  public cluster(props: Partial<alicloud.AckClusterProps> = {}): alicloud.AckCluster {
    const network = new alicloud.Network(this.infra, 'network', { zones: ['cn-hangzhou-h', 'cn-hangzhou-i'] });
    return new alicloud.AckCluster(this.infra, 'cluster', { network, ...props });
  }

  /** The Terraform JSON of the stack. */
  public terraform(): any {
    try {
      this.app.synth();
      return JSON.parse(readFileSync(join(this.folder, 'cdktf.out/stacks/infra/cdk.tf.json'), 'utf8'));
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  /** All resources of a type, by what they say. */
  public resources(type: string): any[] {
    return Object.values(this.terraform().resource[`alicloud_${type}`] ?? {});
  }
}
