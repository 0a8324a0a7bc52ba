import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkResourceId } from './azurerm';
import { clusterNetwork } from './cluster-network';
import { checkResourceGroup, checkTags, checkUuid, checkZones } from './names';
import { osDisk } from './os-disk';
import { cpuMachine } from './vm-size';
import { checkBoolean } from '../../private/booleans';
import { invalid } from '../../private/errors';
import { checkCount, checkSeconds } from '../../private/numbers';
import { checkList, checkProps, Known } from '../../private/props';
import { isTerraformToken } from '../../private/terraform';
import { warn } from '../../private/warnings';
import type { AksAutoscaler, AksClusterProps } from '../aks-cluster-props';

const KNOWN: Known<AksClusterProps> = {
  resourceGroup: true,
  name: true,
  nodes: true,
  minNodes: true,
  maxNodes: true,
  machineType: true,
  userPool: true,
  systemNodes: true,
  systemMachineType: true,
  preset: true,
  kubernetesVersion: true,
  admins: true,
  tenantId: true,
  zones: true,
  skuTier: true,
  longTermSupport: true,
  upgradeChannel: true,
  nodeUpgradeChannel: true,
  privateCluster: true,
  authorizedIpRanges: true,
  subnetId: true,
  podCidr: true,
  serviceCidr: true,
  dnsServiceIp: true,
  outboundType: true,
  keda: true,
  logAnalytics: true,
  managedPrometheus: true,
  costAnalysis: true,
  autoscaler: true,
  hostEncryption: true,
  diskEncryptionSetId: true,
  tags: true,
};
const KNOWN_AUTOSCALER: Known<AksAutoscaler> = {
  expander: true,
  scaleDownUnneeded: true,
  scaleDownDelayAfterAdd: true,
  utilizationThreshold: true,
  maxProvisioningTime: true,
  balanceSimilarPools: true,
};

/** The oldest minor versions that AKS supported in November 2026, and those with long-term support. */
const OLDEST = 34;
const OLDEST_LONG_TERM = 31;

/** The pool for the cluster's own parts, and the one that stands in while it is replaced. */
export const SYSTEM_POOL = 'system';
export const SYSTEM_STAND_IN = 'systemtmp';

/** Checks what can be checked before anything of the cluster is made. */
export function checkClusterProps(cluster: Construct, props: AksClusterProps): void {
  checkProps(cluster, 'props', props, KNOWN);
  for (const prop of ['userPool', 'longTermSupport', 'privateCluster', 'keda', 'managedPrometheus', 'costAnalysis', 'hostEncryption'] as const) {
    checkBoolean(cluster, prop, props[prop]);
  }
  const { resourceGroup, preset, admins, tenantId, zones, skuTier, longTermSupport, costAnalysis } = props;
  const { upgradeChannel, nodeUpgradeChannel, logAnalytics } = props;
  checkResourceGroup(cluster, resourceGroup);
  oneOf(cluster, 'preset', preset, ['secure', 'hardened']);
  oneOf(cluster, 'skuTier', skuTier, ['Free', 'Standard', 'Premium']);
  oneOf(cluster, 'upgradeChannel', upgradeChannel, ['patch', 'stable', 'rapid', 'node-image', 'none']);
  oneOf(cluster, 'nodeUpgradeChannel', nodeUpgradeChannel, ['NodeImage', 'SecurityPatch', 'Unmanaged', 'None']);
  checkList(cluster, 'admins', admins).forEach((id, i) => checkUuid(cluster, `admins[${i}]`, id));
  if (tenantId !== undefined) { checkUuid(cluster, 'tenantId', tenantId); }
  checkZones(cluster, zones);
  if (longTermSupport && skuTier !== undefined && skuTier !== 'Premium') {
    throw invalid(cluster, 'skuTier', skuTier, 'be "Premium" with longTermSupport', 'leave it out');
  }
  if (costAnalysis && skuTier === 'Free') { throw invalid(cluster, 'costAnalysis', true, 'be left out in the tier "Free"', 'take the tier "Standard"'); }
  if (upgradeChannel === 'node-image' && nodeUpgradeChannel !== undefined && nodeUpgradeChannel !== 'NodeImage') {
    throw invalid(cluster, 'nodeUpgradeChannel', nodeUpgradeChannel, 'be "NodeImage" with the upgradeChannel "node-image"', 'leave one of them out');
  }
  if (logAnalytics !== undefined && typeof logAnalytics?.resourceId !== 'string') {
    throw invalid(cluster, 'logAnalytics', logAnalytics, 'be a LogAnalyticsWorkspace', 'for example new azure.LogAnalyticsWorkspace(...)');
  }
  if (props.userPool === false) {
    for (const prop of ['nodes', 'minNodes', 'maxNodes', 'machineType'] as const) {
      if (props[prop] !== undefined) { throw invalid(cluster, prop, props[prop], 'be left out when there is no pool for workloads', 'leave "userPool" out'); }
    }
  }
  checkVersion(cluster, props);
}

function checkVersion(cluster: Construct, { kubernetesVersion, longTermSupport }: AksClusterProps): void {
  if (kubernetesVersion === undefined || isTerraformToken(kubernetesVersion)) { return; }
  const minor = typeof kubernetesVersion === 'string' ? /^1\.(\d{2})(\.\d{1,2})?$/.exec(kubernetesVersion)?.[1] : undefined;
  if (minor === undefined) { throw invalid(cluster, 'kubernetesVersion', kubernetesVersion, 'be a version such as "1.35" or "1.35.2"'); }
  const oldest = longTermSupport ? OLDEST_LONG_TERM : OLDEST;
  if (Number(minor) < oldest) {
    throw invalid(cluster, 'kubernetesVersion', kubernetesVersion, `be 1.${oldest} or newer, because AKS doesn't support older ones${longTermSupport ? '' : ' without long-term support'}`,
      !longTermSupport && Number(minor) >= OLDEST_LONG_TERM ? 'set longTermSupport, or take a newer one' : 'take a newer one');
  }
}

function oneOf(cluster: Construct, prop: string, value: string | undefined, allowed: readonly string[]): void {
  if (value !== undefined && !isTerraformToken(value) && !allowed.includes(value)) { throw invalid(cluster, prop, value, `be one of ${allowed.map(a => `"${a}"`).join(', ')}`); }
}

/** Whether disks are encrypted on the hosts. */
export function encryptsOnHost(props: AksClusterProps): boolean {
  return props.hostEncryption ?? props.preset === 'hardened';
}

/** The cluster's resource, the pool for its own parts included. */
export function clusterConfig(cluster: Construct, name: string, props: AksClusterProps): KubernetesClusterConfig {
  const hardened = props.preset === 'hardened';
  const channel = props.upgradeChannel ?? 'patch';
  const keys = props.diskEncryptionSetId;
  return {
    name,
    location: props.resourceGroup.location,
    resourceGroupName: props.resourceGroup.nameReference,
    dnsPrefix: dnsPrefix(name),
    kubernetesVersion: props.kubernetesVersion,
    skuTier: props.skuTier ?? (props.longTermSupport ? 'Premium' : 'Standard'),
    supportPlan: props.longTermSupport ? 'AKSLongTermSupport' : 'KubernetesOfficial',
    automaticUpgradeChannel: channel === 'none' ? undefined : channel,
    nodeOsUpgradeChannel: props.nodeUpgradeChannel ?? 'NodeImage',
    azurePolicyEnabled: true,
    roleBasedAccessControlEnabled: true,
    localAccountDisabled: true,
    oidcIssuerEnabled: true,
    workloadIdentityEnabled: true,
    runCommandEnabled: !hardened,
    imageCleanerEnabled: true,
    imageCleanerIntervalHours: 168,
    costAnalysisEnabled: props.costAnalysis || undefined,
    diskEncryptionSetId: keys === undefined ? undefined : checkResourceId(cluster, 'diskEncryptionSetId', keys, 'Microsoft.Compute/diskEncryptionSets'),
    azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true, adminGroupObjectIds: props.admins, tenantId: props.tenantId },
    keyVaultSecretsProvider: { secretRotationEnabled: true },
    identity: { type: 'SystemAssigned' },
    autoScalerProfile: autoscaler(cluster, props.autoscaler ?? {}),
    workloadAutoscalerProfile: props.keda ?? true ? { kedaEnabled: true } : undefined,
    omsAgent: props.logAnalytics && { logAnalyticsWorkspaceId: props.logAnalytics.resourceId, msiAuthForMonitoringEnabled: true },
    monitorMetrics: props.managedPrometheus ? {} : undefined,
    ...clusterNetwork(cluster, props),
    defaultNodePool: systemPool(cluster, props),
    tags: checkTags(cluster, 'tags', props.tags),
    lifecycle: changesVersion(channel, props.kubernetesVersion) ? { ignoreChanges: ['kubernetes_version'] } : undefined,
  };
}

/** Whether upgrades make the version another than the one that was given, to which Terraform would then go back. */
function changesVersion(channel: string, version: string | undefined): boolean {
  if (version === undefined) { return false; }
  return ['stable', 'rapid'].includes(channel) || (channel === 'patch' && /^\d+\.\d+\.\d+$/.test(version));
}

function dnsPrefix(name: string): string {
  return name.slice(0, 54).replace(/-+$/, '').replace(/^(?=.$)/, 'a');
}

function systemPool(cluster: Construct, props: AksClusterProps): KubernetesClusterConfig['defaultNodePool'] {
  const machine = cpuMachine(cluster, 'systemMachineType', props.systemMachineType ?? 'Standard_D4ds_v5');
  if (/^Standard_B\d/.test(machine.name)) {
    throw invalid(cluster, 'systemMachineType', machine.name, 'not be of the B series, whose CPUs the cluster\'s own parts use up', 'for example "Standard_D4ds_v5"');
  }
  if (machine.cpus !== undefined && machine.cpus < 4) {
    warn(cluster, `systemMachineType ${machine.name} has fewer than the 4 CPUs that AKS advises for the cluster's own parts; take Standard_D4ds_v5`);
  }
  const nodes = checkCount(cluster, 'systemNodes', props.systemNodes ?? 2, 1, 1000);
  if (nodes < 2) { warn(cluster, 'systemNodes is 1, so the cluster\'s own parts, such as DNS, are gone while its node is replaced; take 2 or more'); }
  return {
    name: SYSTEM_POOL,
    vmSize: machine.name,
    nodeCount: nodes,
    maxPods: 110,
    onlyCriticalAddonsEnabled: true,
    osSku: 'Ubuntu',
    ...osDisk(cluster, {}, { cpus: machine.cpus, local: machine.localDisk }),
    hostEncryptionEnabled: encryptsOnHost(props) || undefined,
    temporaryNameForRotation: SYSTEM_STAND_IN,
    upgradeSettings: { maxSurge: '10%' },
    vnetSubnetId: props.subnetId,
    zones: props.zones,
    tags: props.tags,
  };
}

function autoscaler(cluster: Construct, profile: AksAutoscaler): KubernetesClusterConfig['autoScalerProfile'] {
  checkProps(cluster, 'autoscaler', profile, KNOWN_AUTOSCALER);
  oneOf(cluster, 'autoscaler.expander', profile.expander, ['least-waste', 'most-pods', 'priority', 'random']);
  checkBoolean(cluster, 'autoscaler.balanceSimilarPools', profile.balanceSimilarPools);
  const { utilizationThreshold: threshold } = profile;
  if (threshold !== undefined && !(typeof threshold === 'number' && threshold > 0 && threshold < 1)) {
    throw invalid(cluster, 'autoscaler.utilizationThreshold', threshold, 'be more than 0 and less than 1');
  }
  const time = (prop: 'scaleDownUnneeded' | 'scaleDownDelayAfterAdd' | 'maxProvisioningTime', usual: Duration) => {
    const seconds = checkSeconds(cluster, `autoscaler.${prop}`, profile[prop] ?? usual, 60, 86_400);
    if (seconds % 60 !== 0) { throw invalid(cluster, `autoscaler.${prop}`, `${seconds}s`, 'be whole minutes'); }
    return `${seconds / 60}m`;
  };
  return {
    expander: profile.expander ?? 'least-waste',
    scaleDownUnneeded: time('scaleDownUnneeded', Duration.minutes(10)),
    scaleDownDelayAfterAdd: time('scaleDownDelayAfterAdd', Duration.minutes(10)),
    scaleDownUtilizationThreshold: threshold === undefined ? undefined : String(threshold),
    maxNodeProvisioningTime: time('maxProvisioningTime', Duration.minutes(15)),
    balanceSimilarNodeGroups: profile.balanceSimilarPools,
    // the scratch folders of model servers would keep every node for ever
    skipNodesWithLocalStorage: false,
  };
}
