import { Construct } from 'constructs';
import { checkGkeName, checkLocation } from './names';
import type { INodePool } from '../../cluster';
import { knownPools } from '../../cluster/private/known-pools';
import type { IGpuPool } from '../../gpu';
import { declareCluster } from '../../private/declared-cluster';
import { InvalidInputError, invalid, pathOf } from '../../private/errors';
import { checkId } from '../../private/names';
import { checkList, checkProps, Known } from '../../private/props';
import { checkLiteral, isTerraformToken } from '../../private/terraform';
import type { IGkeCluster } from '../gke-cluster-contract';
import type { GkeClusterAttributes } from '../gke-cluster-props';
import { Project } from '../project';

const KNOWN: Known<GkeClusterAttributes> = {
  name: true, location: true, projectId: true, nodeServiceAccount: true, nodePools: true, gpuPools: true, addons: true,
};

/** A cluster that another program made. */
export class DescribedGkeCluster extends Construct implements IGkeCluster {
  public readonly name: string;
  public readonly location: string;
  public readonly workloadPool: string;
  public readonly cloud: string = 'gke';
  public readonly nodePools: INodePool[];
  public readonly gpuPools: IGpuPool[];
  public readonly addons: string[];

  constructor(scope: Construct, id: string, private readonly attributes: GkeClusterAttributes) {
    super(scope, checkId('GkeCluster', id, scope, 'stack'));
    checkProps(this, 'attributes', attributes, KNOWN);
    this.name = checkGkeName(this, 'name', attributes.name);
    this.location = checkLocation(this, 'location', attributes.location);
    this.workloadPool = `${Project.of(attributes.projectId).projectId}.svc.id.goog`;
    const account = attributes.nodeServiceAccount;
    if (typeof account === 'string' && account !== '') { checkLiteral(this, 'nodeServiceAccount', account); }
    if (account !== undefined && !isTerraformToken(account) && !/^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/.test(account)) {
      throw invalid(this, 'nodeServiceAccount', account, 'be the address of a Google service account', 'for example "nodes@my-project.iam.gserviceaccount.com"');
    }
    const { nodePools, gpuPools } = knownPools(this, attributes);
    this.nodePools = nodePools;
    this.gpuPools = gpuPools;
    this.addons = [...checkList(this, 'addons', attributes.addons)];
    declareCluster(this);
  }

  public get nodeServiceAccount(): string {
    const account = this.attributes.nodeServiceAccount;
    if (account === undefined) {
      throw new InvalidInputError(`${pathOf(this)}.nodeServiceAccount: must be given for what is granted to its nodes; give the address of their service account`);
    }
    return account;
  }
}
