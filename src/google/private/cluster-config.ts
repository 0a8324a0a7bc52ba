import type { ContainerClusterConfig } from '@cdktf/provider-google/lib/container-cluster';
import { Construct } from 'constructs';
import { checkLocation, checkResourceLabels, checkZone, isRegion, regionOf } from './names';
import { checkNetworkRegion } from './network-use';
import { checkBoolean } from '../../private/booleans';
import { checkCidr4, checkCidrs, overlap } from '../../private/cidr';
import { invalid } from '../../private/errors';
import { checkPort } from '../../private/numbers';
import { checkList, checkProps, Known } from '../../private/props';
import { checkLiteral, isTerraformToken } from '../../private/terraform';
import { ReleaseChannel, type GkeClusterProps } from '../gke-cluster-props';
import type { INetwork, Network } from '../network';

const KNOWN: Known<GkeClusterProps> = {
  location: true,
  name: true,
  nodes: true,
  minNodes: true,
  maxNodes: true,
  machineType: true,
  userPool: true,
  zones: true,
  network: true,
  releaseChannel: true,
  kubernetesVersion: true,
  privateEndpoint: true,
  authorizedNetworks: true,
  controlPlaneCidr: true,
  webhookPorts: true,
  multiNetworking: true,
  binaryAuthorization: true,
  databaseEncryptionKey: true,
  securityGroup: true,
  deletionProtection: true,
  labels: true,
};

export const CONTROL_PLANE_CIDR = '172.16.0.0/28';
export const WEBHOOK_PORTS = [8443, 9443, 15017];
const KEY = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;

/** Checks what can be checked before anything of the cluster is made. */
export function checkClusterProps(cluster: Construct, props: GkeClusterProps): void {
  checkProps(cluster, 'props', props, KNOWN);
  checkLocation(cluster, 'location', props.location);
  for (const prop of ['userPool', 'privateEndpoint', 'multiNetworking', 'binaryAuthorization', 'deletionProtection'] as const) { checkBoolean(cluster, prop, props[prop]); }
  const channels: string[] = Object.values(ReleaseChannel);
  if (props.releaseChannel !== undefined && !channels.includes(props.releaseChannel)) {
    throw invalid(cluster, 'releaseChannel', props.releaseChannel, `be one of ReleaseChannel: ${channels.join(', ')}`);
  }
  const { kubernetesVersion: version, databaseEncryptionKey: key, securityGroup: group } = props;
  if (version !== undefined && !isTerraformToken(version) && !(typeof version === 'string' && /^1\.\d{2}(\.\d+(-gke\.\d+)?)?$/.test(version))) {
    throw invalid(cluster, 'kubernetesVersion', version, 'be a version of GKE', 'for example "1.35"');
  }
  checkZones(cluster, props);
  const cidr = checkCidr4(cluster, 'controlPlaneCidr', props.controlPlaneCidr ?? CONTROL_PLANE_CIDR);
  if (!cidr.endsWith('/28') && !isTerraformToken(cidr)) { throw invalid(cluster, 'controlPlaneCidr', cidr, 'be a range of 16 addresses, which ends with /28', `for example "${CONTROL_PLANE_CIDR}"`); }
  if (props.authorizedNetworks !== undefined) { checkCidrs(cluster, 'authorizedNetworks', props.authorizedNetworks).forEach((range, i) => checkCidr4(cluster, `authorizedNetworks[${i}]`, range)); }
  checkList(cluster, 'webhookPorts', props.webhookPorts).forEach((port, i) => checkPort(cluster, `webhookPorts[${i}]`, port));
  if (props.network !== undefined && typeof props.network?.subnetworkId !== 'string') {
    throw invalid(cluster, 'network', props.network, 'be a network', 'for example google.Network.fromAttributes(...)');
  }
  if (key !== undefined && !isTerraformToken(checkLiteral(cluster, 'databaseEncryptionKey', key)) && !KEY.test(key)) {
    throw invalid(cluster, 'databaseEncryptionKey', key, 'be the path of a key of Cloud KMS', 'for example "projects/p/locations/l/keyRings/r/cryptoKeys/k"');
  }
  if (group !== undefined && !isTerraformToken(group) && !/^gke-security-groups@[a-z0-9.-]+$/.test(group)) {
    throw invalid(cluster, 'securityGroup', group, 'be "gke-security-groups@" and a domain', 'for example "gke-security-groups@example.com"');
  }
  if (!(props.userPool ?? true)) {
    const given = (['nodes', 'minNodes', 'maxNodes', 'machineType'] as const).find(prop => props[prop] !== undefined);
    if (given) { throw invalid(cluster, given, props[given], 'be left out when there is no pool for workloads', 'leave out userPool'); }
  }
}

function checkZones(cluster: Construct, { location, zones }: GkeClusterProps): void {
  if (zones === undefined) { return; }
  if (!isRegion(location)) { throw invalid(cluster, 'zones', zones, 'be left out, because the location is a zone', 'take the region as the location'); }
  checkList(cluster, 'zones', zones).forEach((zone, i) => {
    checkZone(cluster, `zones[${i}]`, zone);
    if (regionOf(zone) !== location) { throw invalid(cluster, `zones[${i}]`, zone, `be in ${location}`, `for example "${location}-a"`); }
    if (zones.indexOf(zone) < i) { throw invalid(cluster, `zones[${i}]`, zone, 'be in the list once', 'remove it'); }
  });
}

/** What the program knows of a network must be fit for the cluster: its region, and none of its addresses the control plane's. */
export function checkNetwork(cluster: Construct, { controlPlaneCidr = CONTROL_PLANE_CIDR, network, location }: GkeClusterProps): void {
  if (network) { checkNetworkRegion(cluster, network, location, 'the cluster'); }
  const taken = (network as Partial<Network> | undefined)?.cidrs?.find(cidr => overlap(cidr, controlPlaneCidr));
  if (taken !== undefined) {
    throw invalid(cluster, 'controlPlaneCidr', controlPlaneCidr, `have no addresses of its network, which has ${taken}`, 'take another range of 16 addresses');
  }
}

/** What the cluster's resource says. */
export function clusterConfig(
  cluster: Construct,
  name: string,
  props: GkeClusterProps,
  made: { network: INetwork; serviceAccount: string; workloadPool: string; networkTag: string },
): ContainerClusterConfig {
  const { network } = made;
  const resourceLabels = labelsOf(cluster, props);
  return {
    name,
    location: props.location,
    nodeLocations: props.zones,
    network: network.networkId,
    subnetwork: network.subnetworkId,
    networkingMode: 'VPC_NATIVE',
    ipAllocationPolicy: { clusterSecondaryRangeName: network.podsRangeName, servicesSecondaryRangeName: network.servicesRangeName },
    datapathProvider: 'ADVANCED_DATAPATH',
    enableMultiNetworking: props.multiNetworking ? true : undefined,
    // Dataplane V2 enforces policies itself, and refuses the older add-on.
    networkPolicy: { enabled: false },
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: props.privateEndpoint ?? false,
      masterIpv4CidrBlock: props.controlPlaneCidr ?? CONTROL_PLANE_CIDR,
    },
    masterAuthorizedNetworksConfig: authorized(props),
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    minMasterVersion: props.kubernetesVersion,
    releaseChannel: { channel: props.releaseChannel ?? ReleaseChannel.REGULAR },
    workloadIdentityConfig: { workloadPool: made.workloadPool },
    enableShieldedNodes: true,
    enableIntranodeVisibility: true,
    enableLegacyAbac: false,
    binaryAuthorization: props.binaryAuthorization ? { evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' } : undefined,
    databaseEncryption: props.databaseEncryptionKey === undefined ? undefined : { state: 'ENCRYPTED', keyName: props.databaseEncryptionKey },
    authenticatorGroupsConfig: props.securityGroup === undefined ? undefined : { securityGroup: props.securityGroup },
    gatewayApiConfig: { channel: 'CHANNEL_STANDARD' },
    addonsConfig: { gcsFuseCsiDriverConfig: { enabled: true }, gcePersistentDiskCsiDriverConfig: { enabled: true } },
    loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS'] },
    monitoringConfig: {
      enableComponents: ['SYSTEM_COMPONENTS', 'DEPLOYMENT', 'POD', 'HPA', 'CADVISOR', 'KUBELET', 'DCGM', 'JOBSET'], managedPrometheus: { enabled: true },
    },
    deletionProtection: props.deletionProtection ?? true,
    resourceLabels,
    // The default pool can't be changed later without the cluster, so that it goes at once, and pools are resources of their own.
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: {
      serviceAccount: made.serviceAccount,
      oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
      tags: [made.networkTag],
      metadata: { 'disable-legacy-endpoints': 'true' },
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      workloadMetadataConfig: { mode: 'GKE_METADATA' },
    },
    lifecycle: { ignoreChanges: ['node_config', 'initial_node_count'] },
  };
}

/** Labels that every resource of the cluster has. */
export function labelsOf(cluster: Construct, { labels }: GkeClusterProps): { [key: string]: string } {
  return { 'managed-by': 'cdk8s-ml', ...checkResourceLabels(cluster, 'labels', labels) };
}

function authorized({ authorizedNetworks, privateEndpoint }: GkeClusterProps): ContainerClusterConfig['masterAuthorizedNetworksConfig'] {
  if (authorizedNetworks === undefined && !privateEndpoint) { return undefined; }
  return { cidrBlocks: (authorizedNetworks ?? []).map(cidrBlock => ({ cidrBlock })) };
}
