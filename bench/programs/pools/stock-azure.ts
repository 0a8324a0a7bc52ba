import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { KubernetesCluster } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { KubernetesClusterNodePool } from '@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { App, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Build } from './build';

/** What `platform-azure` makes, with the provider's own classes on cdktf's own app. */
export const build: Build = (outdir, pools) => {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'infra');
  new AzurermProvider(stack, 'AzurermProvider', { features: [{}] });
  const group = new ResourceGroup(new Construct(stack, 'platform'), 'Resource', { name: 'platform', location: 'westeurope' });
  const scope = new Construct(stack, 'cluster');
  const current = new DataAzurermClientConfig(scope, 'Current');
  const cluster = new KubernetesCluster(scope, 'Resource', {
    name: 'infra-cluster',
    location: 'westeurope',
    resourceGroupName: group.name,
    dnsPrefix: 'infra-cluster',
    identity: { type: 'SystemAssigned' },
    skuTier: 'Standard',
    supportPlan: 'KubernetesOfficial',
    automaticUpgradeChannel: 'patch',
    nodeOsUpgradeChannel: 'NodeImage',
    roleBasedAccessControlEnabled: true,
    localAccountDisabled: true,
    azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true },
    azurePolicyEnabled: true,
    oidcIssuerEnabled: true,
    workloadIdentityEnabled: true,
    runCommandEnabled: true,
    imageCleanerEnabled: true,
    imageCleanerIntervalHours: 168,
    keyVaultSecretsProvider: { secretRotationEnabled: true },
    workloadAutoscalerProfile: { kedaEnabled: true },
    networkProfile: {
      networkPlugin: 'azure', networkPluginMode: 'overlay', networkPolicy: 'cilium', networkDataPlane: 'cilium', loadBalancerSku: 'standard', outboundType: 'loadBalancer',
      podCidr: '10.64.0.0/10',
    },
    autoScalerProfile: {
      expander: 'least-waste', maxNodeProvisioningTime: '15m', scaleDownDelayAfterAdd: '10m', scaleDownUnneeded: '10m', skipNodesWithLocalStorage: false,
    },
    defaultNodePool: {
      name: 'system',
      vmSize: 'Standard_D4ds_v5',
      nodeCount: 2,
      maxPods: 110,
      onlyCriticalAddonsEnabled: true,
      osDiskSizeGb: 128,
      osDiskType: 'Ephemeral',
      osSku: 'Ubuntu',
      temporaryNameForRotation: 'systemtmp',
      upgradeSettings: { maxSurge: '10%' },
    },
  });
  new RoleAssignment(scope, 'Admin', {
    principalId: current.objectId, roleDefinitionName: 'Azure Kubernetes Service RBAC Cluster Admin', scope: cluster.id,
  });
  for (const name of pools) {
    new KubernetesClusterNodePool(new Construct(scope, name), 'Resource', {
      name,
      kubernetesClusterId: cluster.id,
      mode: 'User',
      vmSize: 'Standard_NC24ads_A100_v4',
      autoScalingEnabled: true,
      minCount: 0,
      maxCount: 4,
      maxPods: 110,
      priority: 'Spot',
      evictionPolicy: 'Delete',
      spotMaxPrice: -1,
      gpuDriver: 'Install',
      osSku: 'Ubuntu',
      osDiskType: 'Managed',
      osDiskSizeGb: 512,
      nodeLabels: { 'node-pool': name, 'kubernetes.azure.com/scalesetpriority': 'spot' },
      nodeTaints: ['nvidia.com/gpu=present:NoSchedule', 'kubernetes.azure.com/scalesetpriority=spot:NoSchedule'],
      temporaryNameForRotation: `${name}tmp`,
      lifecycle: { ignoreChanges: ['node_count'] },
    });
  }
  new TerraformOutput(stack, 'cluster_name', { value: 'infra-cluster', description: 'The name of the cluster' });
  new TerraformOutput(stack, 'cluster_credentials_command', {
    value: 'az aks get-credentials --resource-group platform --name infra-cluster', description: 'The command that gives kubectl access to the cluster',
  });
  return app;
};
