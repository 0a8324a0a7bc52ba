import { Duration, Size } from 'cdk8s';
import type { TerraformStack } from 'cdktf';
import type { Stacks } from '.';
import { Accelerator, alicloud, azure, google } from '../../../src';

const IDS = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shared/providers';
const KEYS = 'projects/models-123/locations/us-central1/keyRings/models/cryptoKeys';
const TAGS = { team: 'vision' };

/** What a program says that leaves the choice to the library, the same with all that can be said for safety, and every other setting of a cluster. */
export const presets: Stacks = {
  'aks-secure': (stack) => {
    const resourceGroup = group(stack);
    const cluster = new azure.AksCluster(stack, 'cluster', { resourceGroup });
    cluster.addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB });
    const registry = new azure.ContainerRegistry(stack, 'registry', { resourceGroup, name: 'models123' });
    registry.grantPull(cluster);
  },
  'aks-hardened': (stack) => {
    const resourceGroup = group(stack);
    const cluster = new azure.AksCluster(stack, 'cluster', {
      resourceGroup,
      preset: azure.AksPreset.HARDENED,
      logAnalytics: new azure.LogAnalyticsWorkspace(stack, 'logs', { resourceGroup }),
      diskEncryptionSetId: `${IDS}/Microsoft.Compute/diskEncryptionSets/models`,
    });
    cluster.addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB });
    const registry = new azure.ContainerRegistry(stack, 'registry', {
      resourceGroup, name: 'models123', publicAccess: false, zoneRedundant: true, replicas: ['northeurope'], retentionDays: 30, dataEndpoint: true,
    });
    registry.grantPull(cluster);
  },
  'aks-settings': (stack) => {
    const resourceGroup = group(stack, TAGS);
    const cluster = new azure.AksCluster(stack, 'cluster', {
      resourceGroup,
      minNodes: 1,
      maxNodes: 5,
      machineType: 'Standard_D8ds_v5',
      systemNodes: 3,
      admins: ['00000000-1111-2222-3333-444444444444'],
      tenantId: '99999999-1111-2222-3333-444444444444',
      zones: ['1', '2', '3'],
      upgradeChannel: 'stable',
      nodeUpgradeChannel: 'SecurityPatch',
      authorizedIpRanges: ['203.0.113.0/24'],
      subnetId: `${IDS}/Microsoft.Network/virtualNetworks/shared/subnets/models`,
      podCidr: '10.244.0.0/16',
      serviceCidr: '10.2.0.0/16',
      dnsServiceIp: '10.2.0.10',
      outboundType: 'userAssignedNATGateway',
      logAnalytics: new azure.LogAnalyticsWorkspace(stack, 'logs', { resourceGroup, retentionDays: 90, tags: TAGS }),
      managedPrometheus: true,
      costAnalysis: true,
      autoscaler: {
        expander: 'priority',
        scaleDownUnneeded: Duration.minutes(20),
        scaleDownDelayAfterAdd: Duration.minutes(5),
        utilizationThreshold: 0.4,
        maxProvisioningTime: Duration.minutes(25),
        balanceSimilarPools: true,
      },
      tags: TAGS,
    });
    cluster.addNodePool('batch', { nodes: 2, machineType: 'Standard_E8ds_v5', diskSize: Size.gibibytes(256) });
    cluster.addNodePool('cheap', { spot: true, maxNodes: 5 });
    const identity = new azure.WorkloadIdentity(stack, 'identity', { cluster, tags: TAGS });
    identity.grantBlobRead(`${IDS}/Microsoft.Storage/storageAccounts/models123`);
    identity.grantSecretsRead(`${IDS}/Microsoft.KeyVault/vaults/models`);
    const address = new azure.PublicIp(stack, 'address', { resourceGroup, dnsLabel: 'models', zones: ['1', '2', '3'], tags: TAGS });
    address.grantUse(cluster);
    const found = azure.ContainerRegistry.fromAttributes(stack, 'shared', { name: 'shared123', resourceGroupName: 'shared' });
    found.grantPull(cluster);
  },
  'aks-private': (stack) => {
    const resourceGroup = azure.ResourceGroup.fromName(stack, 'group', 'models');
    new azure.AksCluster(stack, 'cluster', { resourceGroup, privateCluster: true, longTermSupport: true, kubernetesVersion: '1.34', keda: false, nodes: 2 });
  },
  'gke-secure': (stack) => {
    const cluster = new google.GkeCluster(stack, 'cluster', { location: 'us-central1' });
    cluster.addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB, zones: ['us-central1-a'] });
    new google.ArtifactRegistry(stack, 'images', { location: 'us-central1' }).grantPull(cluster);
  },
  'gke-hardened': (stack) => {
    const cluster = new google.GkeCluster(stack, 'cluster', {
      location: 'us-central1',
      privateEndpoint: true,
      authorizedNetworks: ['10.0.0.0/8'],
      binaryAuthorization: true,
      databaseEncryptionKey: `${KEYS}/secrets`,
      securityGroup: 'gke-security-groups@example.com',
    });
    cluster.addGpuNodePool('gpu', { accelerator: Accelerator.A100_80GB, zones: ['us-central1-a'] });
    new google.ArtifactRegistry(stack, 'images', { location: 'us-central1', immutableTags: true }).grantPull(cluster);
  },
  'gke-settings': (stack) => {
    const network = new google.Network(stack, 'network', {
      region: 'europe-west4', nodesCidr: '10.10.0.0/20', podsCidr: '10.20.0.0/14', servicesCidr: '10.30.0.0/20',
    });
    const cluster = new google.GkeCluster(stack, 'cluster', {
      location: 'europe-west4',
      zones: ['europe-west4-a', 'europe-west4-b'],
      nodes: 4,
      machineType: 'n2-standard-8',
      network,
      releaseChannel: google.ReleaseChannel.STABLE,
      kubernetesVersion: '1.34',
      controlPlaneCidr: '172.16.1.0/28',
      webhookPorts: [8443],
      multiNetworking: true,
      deletionProtection: false,
      labels: TAGS,
    });
    cluster.addNodePool('batch', { nodes: 2, machineType: 'e2-standard-8', diskSize: Size.gibibytes(256) });
    cluster.addNodePool('cheap', { spot: true, maxNodes: 5 });
    const identity = new google.WorkloadIdentity(stack, 'identity', { cluster });
    identity.grantBucketRead('models-123');
    identity.grantRole('roles/monitoring.viewer');
    new google.FirewallRule(stack, 'web', { network: network.networkId, sourceRanges: ['203.0.113.0/24'] });
    new google.BuildMachine(stack, 'build', { zone: 'europe-west4-a', network, diskSize: Size.gibibytes(200), publicAddress: true });
  },
  'ack': (stack) => {
    const network = new alicloud.Network(stack, 'network', { zones: ['cn-hangzhou-h', 'cn-hangzhou-i'], cidr: '10.1.0.0/16', tags: TAGS });
    const cluster = new alicloud.AckCluster(stack, 'cluster', { network, nodes: 2, publicEndpoint: true, tags: TAGS });
    cluster.addNodePool('batch', { maxNodes: 5 });
    new alicloud.ContainerRegistry(stack, 'registry', { instanceId: 'cri-1', instanceName: 'models' }).addRepository('iris', 'A model of irises');
  },
};

function group(stack: TerraformStack, tags?: Record<string, string>): azure.ResourceGroup {
  return new azure.ResourceGroup(stack, 'group', { name: 'models', location: 'westeurope', tags });
}
