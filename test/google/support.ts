import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { TerraformStack } from 'cdktf';
import { google, PlatformApp } from '../../src';

const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

/** One stack, and what comes of it. */
export class Program {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-ml-google-'));
  public readonly app = new PlatformApp({
    outdir: join(this.folder, 'dist'), terraformOutdir: join(this.folder, 'cdktf.out'), recordedOutputs: join(this.folder, 'outputs'),
  });
  public readonly infra: TerraformStack;

  public constructor(project: string | undefined = 'my-project') {
    folders.push(this.folder);
    if (project) { google.Project.of(project).useIn(this.app); }
    this.infra = new TerraformStack(this.app, 'infra');
  }

  /** A zonal cluster, unless it is said otherwise. */
  public cluster(props: Partial<google.GkeClusterProps> = {}): google.GkeCluster {
    return new google.GkeCluster(this.infra, 'cluster', { location: 'us-central1-a', ...props });
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
    return Object.values(this.terraform().resource[`google_${type}`] ?? {});
  }

  /** The pool of a name. */
  public pool(name: string): any {
    return this.resources('container_node_pool').find(pool => pool.name === name);
  }
}
