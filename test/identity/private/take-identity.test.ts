import { TerraformStack } from 'cdktf';
import { alicloud, azure, google, ModelServer, ModelServingApp, PlatformApp, PlatformChart, PlatformNamespace } from '../../../src';
import { ICluster } from '../../../src/cluster';
import { ExistingIdentity, IWorkloadIdentity } from '../../../src/identity';
import { emptyFolder } from '../../app/support';

/** Clusters of three clouds in one program. */
class Clouds {
  public readonly app = new PlatformApp({ outdir: emptyFolder(), terraformOutdir: emptyFolder(), recordedOutputs: emptyFolder() });
  public readonly infra = new TerraformStack(this.app, 'infra');
  private readonly group = new azure.ResourceGroup(this.infra, 'group', { location: 'westeurope' });
  private readonly charts = new Map<ICluster, PlatformChart>();

  public constructor() {
    google.Project.of('my-project').useIn(this.app);
    alicloud.Region.of('cn-hangzhou').useIn(this.app);
  }

  public aks(id: string) { return new azure.AksCluster(this.infra, id, { resourceGroup: this.group }); }
  public gke(id: string) { return new google.GkeCluster(this.infra, id, { location: 'us-central1-a' }); }
  public ack(id: string) {
    return new alicloud.AckCluster(this.infra, id, { network: new alicloud.Network(this.infra, `${id}-network`, { zones: ['cn-hangzhou-h'] }) });
  }

  /** What is wrong with a workload of a cluster. */
  public serve(cluster: ICluster, identity: IWorkloadIdentity, id = 'm'): void {
    let chart = this.charts.get(cluster);
    if (!chart) {
      chart = new PlatformChart(this.app, `lab-${cluster.name}`, { namespace: 'lab', cluster });
      new PlatformNamespace(chart, 'lab');
      this.charts.set(cluster, chart);
    }
    new ModelServingApp(chart, id, { server: ModelServer.custom({ image: 'me/it:1', port: 8080 }), identity });
  }

  public get errors(): string[] {
    try {
      this.app.synthYaml();
      return [];
    } catch (e) {
      return (e as Error).message.split('\n').slice(1).map(line => line.trim());
    }
  }
}

test('an identity of another cluster is refused, whichever cloud\'s', () => {
  const clouds = new Clouds();
  const [a, b, gke, ack] = [clouds.aks('a'), clouds.aks('b'), clouds.gke('gke'), clouds.ack('ack')];
  clouds.serve(b, new azure.WorkloadIdentity(clouds.infra, 'of-a', { cluster: a }));
  clouds.serve(gke, new alicloud.WorkloadIdentity(clouds.infra, 'of-ack', { cluster: ack }));
  clouds.serve(ack, new google.WorkloadIdentity(clouds.infra, 'of-gke', { cluster: gke }));
  const message = (at: string, identity: string, own: string, other: string) => `lab-infra-${at}/m.identity: got "infra/${identity}"; must be an identity of "infra-${own}", `
    + `the cluster that it runs in, and this one trusts "infra-${other}" only; make a WorkloadIdentity with that cluster`;
  expect(clouds.errors).toEqual([message('b', 'of-a', 'b', 'a'), message('gke', 'of-ack', 'gke', 'ack'), message('ack', 'of-gke', 'ack', 'gke')]);
});

test('an identity of its own cluster passes, as does one that exists', () => {
  const clouds = new Clouds();
  const [a, b] = [clouds.aks('a'), clouds.aks('b')];
  clouds.serve(a, new azure.WorkloadIdentity(clouds.infra, 'of-a', { cluster: a }));
  clouds.serve(b, ExistingIdentity.azure({ clientId: '00000000-0000-0000-0000-000000000000' }));
  expect(clouds.errors).toEqual([]);
});

test('Google\'s identities are of all clusters of a project', () => {
  const clouds = new Clouds();
  const [one, two] = [clouds.gke('one'), clouds.gke('two')];
  const other = google.GkeCluster.fromAttributes(clouds.infra, 'other', { name: 'other', location: 'us-central1-a', projectId: 'other-project' });
  const identity = new google.WorkloadIdentity(clouds.infra, 'scorer', { cluster: one });
  clouds.serve(one, identity, 'a');
  clouds.serve(two, identity, 'b');
  expect(clouds.errors).toEqual([]);
  clouds.serve(other, identity);
  expect(clouds.errors).toEqual([expect.stringContaining('must be an identity of "other", the cluster that it runs in, and this one trusts "infra-one" only')]);
});

test('an identity of a user\'s own class may say its cluster', () => {
  const clouds = new Clouds();
  const [a, b] = [clouds.aks('a'), clouds.aks('b')];
  clouds.serve(b, { cluster: a, bindServiceAccount: () => ({}) } as IWorkloadIdentity);
  clouds.serve(b, { cluster: 'b', bindServiceAccount: () => ({}) } as IWorkloadIdentity, 'n');
  expect(clouds.errors).toEqual([expect.stringContaining('lab-infra-b/m.identity: got an object that refers to itself; must be an identity of "infra-b"')]);
});
