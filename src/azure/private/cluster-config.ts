import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Construct } from 'constructs';
import { checkProps } from '../../private/props';
import type { AksClusterProps } from '../aks-cluster-props';

export function checkClusterProps(cluster: Construct, props: AksClusterProps): void {
  checkProps(cluster, 'props', props, { resourceGroup: true, name: true, nodes: true, minNodes: true, maxNodes: true, machineType: true });
}

export function clusterConfig(_cluster: Construct, name: string, props: AksClusterProps): KubernetesClusterConfig {
  return {
    name,
    location: props.resourceGroup.location,
    resourceGroupName: props.resourceGroup.nameReference,
    dnsPrefix: name,
    skuTier: 'Standard',
    automaticUpgradeChannel: 'patch',
    nodeOsUpgradeChannel: 'NodeImage',
    azurePolicyEnabled: true,
    roleBasedAccessControlEnabled: true,
    localAccountDisabled: true,
    oidcIssuerEnabled: true,
    workloadIdentityEnabled: true,
    azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true },
    keyVaultSecretsProvider: { secretRotationEnabled: true },
    identity: { type: 'SystemAssigned' },
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', networkDataPlane: 'cilium', networkPolicy: 'cilium', loadBalancerSku: 'standard' },
    defaultNodePool: {
      name: 'system',
      vmSize: 'Standard_D4ds_v5',
      nodeCount: 2,
      maxPods: 110,
      onlyCriticalAddonsEnabled: true,
      osSku: 'Ubuntu',
      osDiskType: 'Ephemeral',
      osDiskSizeGb: 128,
      temporaryNameForRotation: 'systemtmp',
      upgradeSettings: { maxSurge: '10%' },
    },
  };
}
