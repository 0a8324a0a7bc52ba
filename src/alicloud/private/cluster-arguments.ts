import { Construct } from 'constructs';
import type { Arguments } from './alicloud';
import { checkBoolean } from '../../private/booleans';
import { checkCidr4, overlap } from '../../private/cidr';
import { invalid } from '../../private/errors';
import { checkProps, Known } from '../../private/props';
import { isTerraformToken } from '../../private/terraform';
import type { AckClusterProps } from '../ack-cluster-props';
import type { Network } from '../network';

const SERVICES = '172.16.0.0/16';
const KNOWN: Known<AckClusterProps> = {
  network: true,
  name: true,
  nodes: true,
  minNodes: true,
  maxNodes: true,
  machineType: true,
  userPool: true,
  kubernetesVersion: true,
  serviceCidr: true,
  publicEndpoint: true,
  deletionProtection: true,
  tags: true,
};

/** What every cluster has; they are installed when it is made, and later by resources of their own. */
const ADDONS: ReadonlyArray<{ readonly name: string; readonly config?: object; readonly disabled?: boolean }> = [
  { name: 'terway-eniip', config: { NetworkPolicy: 'true' } },
  { name: 'csi-plugin' },
  { name: 'csi-provisioner' },
  { name: 'metrics-server' },
  { name: 'managed-aliyun-acr-credential-helper' },
  { name: 'ack-node-problem-detector' },
  { name: 'ack-pod-identity-webhook' },
  // Its upstream has ended; an exposure brings what it needs.
  { name: 'nginx-ingress-controller', disabled: true },
];

/** Checks what can be checked before anything of the cluster is made. */
export function checkClusterProps(cluster: Construct, props: AckClusterProps): void {
  checkProps(cluster, 'props', props, KNOWN);
  for (const prop of ['userPool', 'publicEndpoint', 'deletionProtection'] as const) { checkBoolean(cluster, prop, props[prop]); }
  if (!Array.isArray(props.network?.vSwitchIds)) {
    throw invalid(cluster, 'network', props.network, 'be a network', 'for example new alicloud.Network(...)');
  }
  if (props.kubernetesVersion !== undefined && !isTerraformToken(props.kubernetesVersion) && !/^1\.\d{2}\.\d+-aliyun\.\d+$/.test(props.kubernetesVersion)) {
    throw invalid(cluster, 'kubernetesVersion', props.kubernetesVersion, 'be a version of ACK', 'for example "1.35.2-aliyun.1"');
  }
  const services = checkCidr4(cluster, 'serviceCidr', props.serviceCidr ?? SERVICES);
  const { cidr } = props.network as Partial<Network>;
  if (cidr !== undefined && overlap(cidr, services)) {
    throw invalid(cluster, 'serviceCidr', services, `have no addresses of its network, which has ${cidr}`, 'take another range');
  }
  if (!(props.userPool ?? true)) {
    const given = (['nodes', 'minNodes', 'maxNodes', 'machineType'] as const).find(prop => props[prop] !== undefined);
    if (given) { throw invalid(cluster, given, props[given], 'be left out when there is no pool for workloads', 'leave out userPool'); }
  }
}

/** What the cluster's resource says. */
export function clusterArguments(name: string, props: AckClusterProps, tags: { [key: string]: string } | undefined): Arguments {
  return {
    name,
    cluster_spec: 'ack.pro.small',
    version: props.kubernetesVersion,
    vswitch_ids: props.network.vSwitchIds,
    // Terway enforces network policies; Flannel doesn't.
    pod_vswitch_ids: props.network.podVSwitchIds,
    service_cidr: props.serviceCidr ?? SERVICES,
    proxy_mode: 'ipvs',
    new_nat_gateway: false,
    slb_internet_enabled: props.publicEndpoint ?? true,
    is_enterprise_security_group: true,
    enable_rrsa: true,
    deletion_protection: props.deletionProtection ?? true,
    // else the administrator's key is in Terraform's state
    skip_set_certificate_authority: true,
    tags,
    addons: ADDONS.map(({ name: addon, config, disabled }) => ({ name: addon, config: config && JSON.stringify(config), disabled })),
  };
}
