import { Construct } from 'constructs';
import { ICluster } from './cluster';
import type { INodePool } from './node-pool-contract';
import type { IGpuPool } from '../gpu';
import { knownPools } from './private/known-pools';
import { declareCluster } from '../private/declared-cluster';
import { checkId } from '../private/names';
import { checkProps } from '../private/props';

/** What describes a cluster that this program does not make. */
export interface ExistingClusterProps {
  /**
   * The cluster's name: lower case letters, digits and "-".
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Its pools of nodes without GPUs, so that what no node of them can hold is an error.
   *
   * @default - unknown
   */
  readonly nodePools?: INodePool[];
  /**
   * Its pools of nodes with GPUs.
   *
   * @default - unknown
   */
  readonly gpuPools?: IGpuPool[];
}

/** A cluster that this program does not make, named so that charts can be made for it. */
export class ExistingCluster extends Construct implements ICluster {
  public readonly name: string;
  public readonly nodePools: INodePool[];
  public readonly gpuPools: IGpuPool[];

  /** Throws when the name is not a DNS label, or a pool is none or described twice. */
  public constructor(scope: Construct, id: string, props: ExistingClusterProps = {}) {
    super(scope, checkId('ExistingCluster', id, scope));
    checkProps(this, 'props', props, { name: true, nodePools: true, gpuPools: true });
    this.name = props.name ?? id;
    const { nodePools, gpuPools } = knownPools(this, props);
    this.nodePools = nodePools;
    this.gpuPools = gpuPools;
    declareCluster(this);
  }
}
