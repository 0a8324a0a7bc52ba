import type { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Construct, IConstruct } from 'constructs';
import { withAzurerm } from './azurerm';
import { grant } from './role';
import { cdktf, stackOf } from '../../private/terraform';
import { idOf } from '../../private/terraform-references';
import type { IResourceGroup } from '../resource-group';

/** The identity that a control plane acts with: the one that Azure makes with it, until something needs one that is there before. */
export class ClusterIdentity {
  /** The object id, of whichever it is when Terraform's files are written. */
  public readonly principalId: string;
  private own?: { readonly principalId: string };

  constructor(
    private readonly cluster: Construct & { readonly name: string },
    private readonly resource: KubernetesCluster,
    private readonly group: IResourceGroup,
  ) {
    // Read once, because cdktf keeps in the reference itself what another stack knows it by.
    const { principalId } = resource.identity;
    const late = {
      creationStack: [],
      // manifests ask it, too
      originStack: stackOf(cluster),
      resolve: () => this.own?.principalId ?? principalId,
      toString: () => 'principalId',
    };
    this.principalId = cdktf().Token.asString(late);
  }

  /**
   * Lets the control plane use a capacity reservation group. Returns what a pool of it must come after.
   *
   * Azure takes reservations only for clusters whose identity is one of their own.
   *
   * @see https://learn.microsoft.com/azure/aks/use-capacity-reservation-groups
   */
  public useReservation(groupId: string): IConstruct[] {
    const { principalId } = this.own ??= this.makeOwn();
    return [grant(this.cluster, idOf(this.cluster, 'Reservation', groupId), { scope: groupId, role: 'Contributor', principalId })];
  }

  private makeOwn(): { readonly principalId: string } {
    const { group, resource } = this;
    const { id, principalId } = withAzurerm(this.cluster, ({ userAssignedIdentity }) => new userAssignedIdentity.UserAssignedIdentity(this.cluster, 'Identity', {
      name: `${this.cluster.name}-control-plane`, resourceGroupName: group.nameReference, location: group.location, tags: resource.tagsInput,
    }));
    resource.putIdentity({ type: 'UserAssigned', identityIds: [id] });
    return { principalId };
  }
}
