import type { ContainerRegistryConfig } from '@cdktf/provider-azurerm/lib/container-registry';
import { Construct } from 'constructs';
import { checkLocation, checkName, checkResourceGroup, checkTags } from './names';
import { checkBoolean } from '../../private/booleans';
import { checkCidrs } from '../../private/cidr';
import { invalid } from '../../private/errors';
import { checkCount } from '../../private/numbers';
import { checkList, checkProps, Known } from '../../private/props';
import type { ContainerRegistryProps } from '../container-registry';

const KNOWN: Known<ContainerRegistryProps> = {
  resourceGroup: true,
  name: true,
  sku: true,
  replicas: true,
  zoneRedundant: true,
  publicAccess: true,
  allowedIpRanges: true,
  retentionDays: true,
  dataEndpoint: true,
  anonymousPull: true,
  tags: true,
};

export const REGISTRY_NAME = /^[a-zA-Z0-9]{5,50}$/;
export const REGISTRY_NAME_RULE = 'be 5 to 50 letters and digits';

/** Checks a registry's properties and says what Terraform makes of them. */
export function registryConfig(registry: Construct, props: ContainerRegistryProps): ContainerRegistryConfig {
  checkProps(registry, 'props', props, KNOWN);
  const { resourceGroup: group, sku: given, replicas, zoneRedundant, publicAccess } = props;
  const { allowedIpRanges, retentionDays, dataEndpoint, anonymousPull } = props;
  checkResourceGroup(registry, group);
  for (const prop of ['zoneRedundant', 'publicAccess', 'dataEndpoint', 'anonymousPull'] as const) { checkBoolean(registry, prop, props[prop]); }
  if (given !== undefined && !['Basic', 'Standard', 'Premium'].includes(given)) { throw invalid(registry, 'sku', given, 'be one of "Basic", "Standard", "Premium"'); }
  const others = checkList(registry, 'replicas', replicas).map((location, i) => checkLocation(registry, `replicas[${i}]`, location));
  const asks = (['replicas', 'zoneRedundant', 'allowedIpRanges', 'retentionDays', 'dataEndpoint'] as const).filter(prop => props[prop] !== undefined && props[prop] !== false);
  const needs = asks.find(prop => prop !== 'replicas' || others.length > 0) ?? (publicAccess === false ? 'publicAccess' as const : undefined);
  if (needs && given !== undefined && given !== 'Premium') {
    throw invalid(registry, needs, props[needs], `be left out with the SKU "${given}"`, 'take the SKU "Premium"');
  }
  const sku = given ?? (needs ? 'Premium' : 'Standard');
  if (anonymousPull && sku === 'Basic') { throw invalid(registry, 'anonymousPull', true, 'be left out with the SKU "Basic"', 'take the SKU "Standard"'); }
  if (publicAccess === false && allowedIpRanges) {
    throw invalid(registry, 'allowedIpRanges', allowedIpRanges, 'be left out when the internet does not reach the registry', 'leave out one of the two');
  }
  others.forEach((location, i) => {
    if (location === group.location) { throw invalid(registry, `replicas[${i}]`, location, 'be another region than the registry\'s own', 'remove it'); }
    if (others.indexOf(location) < i) { throw invalid(registry, `replicas[${i}]`, location, 'be in the list once', 'remove it'); }
  });
  if (allowedIpRanges !== undefined) {
    checkList(registry, 'allowedIpRanges', allowedIpRanges);
    if (allowedIpRanges.length === 0) { throw invalid(registry, 'allowedIpRanges', [], 'have a range', 'leave it out to allow all, or set publicAccess to false to allow none'); }
    checkCidrs(registry, 'allowedIpRanges', allowedIpRanges).forEach((range, i) => {
      if (range.includes(':')) { throw invalid(registry, `allowedIpRanges[${i}]`, range, 'be a range of IPv4 addresses'); }
    });
  }
  if (retentionDays !== undefined) { checkCount(registry, 'retentionDays', retentionDays, 0, 365); }
  return {
    name: checkName(registry, props.name === undefined ? 'id' : 'name', props.name ?? registry.node.id, REGISTRY_NAME, REGISTRY_NAME_RULE),
    resourceGroupName: group.nameReference,
    location: group.location,
    sku,
    adminEnabled: false,
    anonymousPullEnabled: anonymousPull ?? false,
    publicNetworkAccessEnabled: publicAccess,
    zoneRedundancyEnabled: zoneRedundant,
    retentionPolicyInDays: retentionDays,
    dataEndpointEnabled: dataEndpoint,
    // azurerm compares them in this order
    georeplications: others.length === 0 ? undefined : [...others].sort().map(location => ({ location, zoneRedundancyEnabled: zoneRedundant })),
    networkRuleSet: allowedIpRanges && [{ defaultAction: 'Deny', ipRule: allowedIpRanges.map(ipRange => ({ action: 'Allow', ipRange })) }],
    tags: checkTags(registry, 'tags', props.tags),
  };
}
