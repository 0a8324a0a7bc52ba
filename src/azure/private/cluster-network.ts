import type { KubernetesClusterConfig } from '@cdktf/provider-azurerm/lib/kubernetes-cluster';
import { Construct } from 'constructs';
import { checkResourceId } from './azurerm';
import type { ICluster } from '../../cluster';
import { checkAddress, checkCidr, checkCidrs, contains, overlap } from '../../private/cidr';
import { invalid } from '../../private/errors';
import { isTerraformToken } from '../../private/terraform';
import type { AksClusterProps } from '../aks-cluster-props';

const OUTBOUND = ['loadBalancer', 'managedNATGateway', 'userAssignedNATGateway', 'userDefinedRouting'];

/** AKS's own, when nothing is said. */
const PODS = '10.244.0.0/16';
const SERVICES = '10.0.0.0/16';

/** The network of a cluster: pods in a network of their own, on Cilium. */
export function clusterNetwork(
  cluster: Construct, props: AksClusterProps,
): Pick<KubernetesClusterConfig, 'networkProfile' | 'privateClusterEnabled' | 'apiServerAccessProfile'> {
  const isPrivate = props.privateCluster ?? props.preset === 'hardened';
  const { authorizedIpRanges, subnetId, podCidr, serviceCidr, dnsServiceIp, outboundType } = props;
  if (authorizedIpRanges !== undefined) {
    checkCidrs(cluster, 'authorizedIpRanges', authorizedIpRanges);
    if (authorizedIpRanges.length === 0) { throw invalid(cluster, 'authorizedIpRanges', [], 'have a range, because without one all may reach the control plane', 'leave it out if that is meant'); }
    authorizedIpRanges.forEach((range, i) => ofVersion4(cluster, `authorizedIpRanges[${i}]`, range));
    if (isPrivate) { throw invalid(cluster, 'authorizedIpRanges', authorizedIpRanges, 'be left out for a private cluster, which no address of the internet reaches'); }
  }
  if (subnetId !== undefined) { checkResourceId(cluster, 'subnetId', subnetId, 'Microsoft.Network/virtualNetworks/subnets'); }
  if (outboundType !== undefined && !OUTBOUND.includes(outboundType)) { throw invalid(cluster, 'outboundType', outboundType, `be one of ${OUTBOUND.join(', ')}`); }
  if (subnetId === undefined && (outboundType === 'userAssignedNATGateway' || outboundType === 'userDefinedRouting')) {
    throw invalid(cluster, 'outboundType', outboundType, 'be given together with "subnetId", whose gateway or routes it uses', 'give the subnet');
  }
  if (subnetId !== undefined && outboundType === 'managedNATGateway') {
    throw invalid(cluster, 'outboundType', outboundType, 'be left out or another with "subnetId", because AKS makes a gateway for a network of its own only', 'take "userAssignedNATGateway"');
  }
  for (const prop of ['podCidr', 'serviceCidr'] as const) {
    if (props[prop] !== undefined) { ofVersion4(cluster, prop, checkCidr(cluster, prop, props[prop]!)); }
  }
  if (overlap(podCidr ?? PODS, serviceCidr ?? SERVICES)) {
    throw invalid(cluster, podCidr === undefined ? 'serviceCidr' : 'podCidr', podCidr ?? serviceCidr,
      `not share addresses with ${podCidr === undefined ? `those of pods, ${PODS}` : `those of Services, ${serviceCidr ?? SERVICES}`}`, 'take another range');
  }
  if ((serviceCidr === undefined) !== (dnsServiceIp === undefined)) {
    const [given, other] = serviceCidr === undefined ? ['dnsServiceIp', 'serviceCidr'] as const : ['serviceCidr', 'dnsServiceIp'] as const;
    throw invalid(cluster, given, props[given], `be given together with "${other}"`, `give "${other}", too`);
  }
  if (serviceCidr !== undefined && !contains(serviceCidr, checkAddress(cluster, 'dnsServiceIp', dnsServiceIp!))) {
    throw invalid(cluster, 'dnsServiceIp', dnsServiceIp, `be an address of serviceCidr, ${serviceCidr}`);
  }
  if (serviceCidr !== undefined && !isTerraformToken(serviceCidr) && contains(`${serviceCidr.split('/')[0]}/31`, dnsServiceIp!)) {
    throw invalid(cluster, 'dnsServiceIp', dnsServiceIp, 'not be one of the first two addresses, which are the network\'s and the API server\'s', 'take the tenth');
  }
  return {
    networkProfile: {
      networkPlugin: 'azure',
      networkPluginMode: 'overlay',
      networkDataPlane: 'cilium',
      networkPolicy: 'cilium',
      loadBalancerSku: 'standard',
      outboundType: outboundType ?? 'loadBalancer',
      podCidr,
      serviceCidr,
      dnsServiceIp,
    },
    privateClusterEnabled: isPrivate || undefined,
    apiServerAccessProfile: authorizedIpRanges && { authorizedIpRanges },
  };
}

/**
 * Says when pods have no addresses on some of the nodes that a cluster can have: in an overlay network each node takes a /24.
 *
 * @see https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay#ip-address-planning
 */
export function checkPodRange(cluster: ICluster, podCidr: string | undefined): string[] {
  const range = podCidr ?? PODS;
  if (isTerraformToken(range)) { return []; }
  const nodes = [...cluster.nodePools, ...cluster.gpuPools].reduce((sum, { maxNodes }) => sum + maxNodes, 0);
  const room = Math.floor(2 ** (24 - Number(range.split('/')[1])));
  if (nodes <= room) { return []; }
  const [which, verb] = podCidr === undefined ? [`AKS's own, ${PODS},`, 'give'] : ['it', 'take'];
  return [invalid(cluster, 'podCidr', podCidr, `have a /24 for each of the ${nodes} nodes that its pools can have, and ${which} has ${room}`,
    `${verb} a larger range, of /${24 - Math.ceil(Math.log2(nodes))}, or lower maxNodes of pools`).message];
}

function ofVersion4(cluster: Construct, prop: string, range: string): void {
  if (!isTerraformToken(range) && range.includes(':')) { throw invalid(cluster, prop, range, 'be a range of IPv4 addresses'); }
}
