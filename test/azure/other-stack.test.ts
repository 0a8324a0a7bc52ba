import { TerraformStack } from 'cdktf';
import { cluster } from './support';
import { AksCluster, ContainerRegistry, LogAnalyticsWorkspace, PublicIp, ResourceGroup, WorkloadIdentity } from '../../src/azure';
import { Capacity, NodePool } from '../../src/cluster';
import { refused, useAttributes } from '../support/terraform';

const RESERVED = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/r/providers/Microsoft.Compute/capacityReservationGroups/june';

test.each([[false], [true]])('every attribute can be used in another stack (with a reservation: %p)', reserved => {
  const { app, stack, group, cluster: aks } = cluster();
  if (reserved) { aks.addNodePool('reserved', { capacity: Capacity.reservation(RESERVED) }); }
  const made = [
    aks, group,
    new ContainerRegistry(stack, 'mlmodels', { resourceGroup: group }),
    new PublicIp(stack, 'ip', { resourceGroup: group }),
    new LogAnalyticsWorkspace(stack, 'logs', { resourceGroup: group }),
    new WorkloadIdentity(stack, 'scorer', { cluster: aks }),
    AksCluster.fromAttributes(stack, 'prod', { name: 'prod', resourceGroupName: 'prod', location: 'westeurope' }),
    ContainerRegistry.fromAttributes(stack, 'theirs', { name: 'theirs', resourceGroupName: 'prod' }),
    ResourceGroup.fromName(stack, 'found', 'prod'),
  ];
  const used = useAttributes(new TerraformStack(app, 'other'), made);
  expect(used).toEqual(expect.arrayContaining([
    'cluster-kubeletObjectId', 'cluster-oidcIssuerUrl', 'cluster-principalId', 'cluster-resourceId', 'group-nameReference', 'ip-address', 'scorer-clientId',
    'prod-kubeletObjectId', 'theirs-resourceId', 'found-location',
  ]));
  expect(refused(app)).toEqual([]);
});

test('a pool of another stack comes after its reservation by the cluster\'s stack, because Terraform knows no order of single resources between stacks', () => {
  const { app, stack, cluster: aks } = cluster();
  const other = new TerraformStack(app, 'other');
  new NodePool(other, 'reserved', { cluster: aks, capacity: Capacity.reservation(RESERVED) });
  expect(refused(app)).toEqual([]);
  expect(other.dependsOn(stack)).toBe(true);
});
