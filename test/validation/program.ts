import { ApiObject, Size } from 'cdk8s';
import {
  Accelerator, ExistingCluster, ExistingGpuPool, GpuPoolAttributes, GpuSharing, IGpuPool, INodePool, PlatformApp, PlatformChart, PlatformNamespace,
} from '../../src';

/** A pool of nodes without GPUs. */
export function nodes(poolName: string, attributes: Partial<INodePool> = {}): INodePool {
  return { poolName, minNodes: 1, maxNodes: 3, nodeLabels: { 'node-pool': poolName }, taints: [], ...attributes };
}

/** A pool of four nodes with an A100 each. */
export function gpus(poolName: string, attributes: Partial<GpuPoolAttributes> = {}): ExistingGpuPool {
  return new ExistingGpuPool({
    poolName, accelerator: Accelerator.A100_80GB, maxNodes: 4, nodeLabels: { 'node-pool': poolName }, nodeCpus: 24, nodeMemory: Size.gibibytes(220), ...attributes,
  });
}

/** A GPU pool of the program's own, whose pods share GPUs. */
export function sharedGpus(poolName: string, clients: number, resourceName: string): IGpuPool {
  const pool = gpus(poolName, { gpusPerNode: clients });
  return { ...pool, sharing: GpuSharing.timeSlicing(clients), scheduling: { ...pool.scheduling, resourceName } };
}

/** One cluster with some pools, and a chart for it. */
export class Program {
  public readonly app = new PlatformApp();
  public readonly cluster: ExistingCluster;
  public readonly chart: PlatformChart;

  public constructor(pools: { readonly gpuPools?: IGpuPool[]; readonly nodePools?: INodePool[]; readonly cloud?: string } = {}) {
    const { cloud, ...described } = pools;
    this.cluster = new ExistingCluster(this.app, 'prod', described);
    if (cloud) { Object.defineProperty(this.cluster, 'cloud', { value: cloud }); }
    this.chart = new PlatformChart(this.app, 'llm', { namespace: 'llm' });
    new PlatformNamespace(this.chart, 'llm');
  }

  /** An object as somebody would write it by hand. */
  public object(manifest: any): ApiObject {
    return new ApiObject(this.chart, `${manifest.kind}-${manifest.metadata.name}`, manifest);
  }

  /** A Deployment of one container. */
  public deployment(name: string, options: { pod?: any; container?: any; resources?: any; spec?: any } = {}): ApiObject {
    return this.object({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name },
      spec: {
        selector: { matchLabels: { app: name } },
        strategy: { type: 'Recreate' },
        ...options.spec,
        template: {
          metadata: { labels: { app: name } },
          spec: { ...options.pod, containers: [{ name: 'it', image: 'me/it:1', resources: options.resources, ...options.container }] },
        },
      },
    });
  }

  /** What the synthesis finds; each without the first line of the message around them. */
  public get errors(): string[] {
    try {
      this.app.synthYaml();
      return [];
    } catch (e) {
      return (e as Error).message.split('\n').slice(1).map(line => line.trim());
    }
  }

  /** What the synthesis warns of, as far as it is a rule's. */
  public get warnings(): string[] {
    this.app.synthYaml();
    return this.app.warnings.filter(warning => warning.endsWith(']'));
  }
}

/** The limits of a container with so many GPUs. */
export function asksFor(count: number, resource = 'nvidia.com/gpu'): any {
  return { limits: { [resource]: count } };
}

/** What places a pod on a pool that tolerates as it must. */
export function on(pool: string): any {
  return { nodeSelector: { 'node-pool': pool }, tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }] };
}
