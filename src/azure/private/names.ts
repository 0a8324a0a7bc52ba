import { IConstruct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkList, checkMap } from '../../private/props';
import { isTerraformToken } from '../../private/terraform';
import type { IAksCluster } from '../aks-cluster-contract';
import type { IResourceGroup } from '../resource-group';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Checks a name by what Azure says of it. */
export function checkName(where: IConstruct | string, prop: string, name: string, pattern: RegExp, rule: string): string {
  if (!isTerraformToken(name) && (typeof name !== 'string' || !pattern.test(name))) { throw invalid(where, prop, name, rule, 'rename it'); }
  return name;
}

/** Checks the name of a resource group. */
export function checkResourceGroupName(where: IConstruct | string, prop: string, name: string): string {
  return checkName(where, prop, name, /^[-\w().]{0,89}[-\w()]$/, 'be at most 90 letters, digits, "-", "_", "(", ")" and ".", and not end with "."');
}

/** Checks a region's name: "westeurope". */
export function checkLocation(where: IConstruct | string, prop: string, location: string): string {
  if (!isTerraformToken(location) && (typeof location !== 'string' || !/^[a-z][a-z0-9]+$/.test(location))) {
    throw invalid(where, prop, location, 'be the name of a region of Azure in lower case', 'for example "westeurope"');
  }
  return location;
}

/** Checks an id that is a UUID. */
export function checkUuid(where: IConstruct | string, prop: string, id: string): string {
  if (!isTerraformToken(id) && (typeof id !== 'string' || !UUID.test(id))) {
    throw invalid(where, prop, id, 'be a UUID', 'for example "00000000-0000-0000-0000-000000000000"');
  }
  return id;
}

/** Checks that something is a resource group, made or found. */
export function checkResourceGroup(where: IConstruct, group: IResourceGroup): IResourceGroup {
  if (typeof group?.nameReference !== 'string') { throw invalid(where, 'resourceGroup', group, 'be a resource group', 'for example new azure.ResourceGroup(...)'); }
  return group;
}

/** Checks that something is a cluster of AKS, made or described. */
export function checkCluster<C extends IAksCluster>(where: IConstruct, cluster: C): C {
  if (cluster?.resourceGroup === undefined) { throw invalid(where, 'cluster', cluster, 'be a cluster of AKS', 'for example new azure.AksCluster(...)'); }
  return cluster;
}

/** Checks the zones of a region. */
export function checkZones(where: IConstruct, zones: readonly string[] | undefined): void {
  const given = checkList(where, 'zones', zones);
  given.forEach((zone, i) => {
    if (!['1', '2', '3'].includes(zone)) { throw invalid(where, `zones[${i}]`, zone, 'be "1", "2" or "3"'); }
    if (given.indexOf(zone) < i) { throw invalid(where, `zones[${i}]`, zone, 'be in the list once', 'remove it'); }
  });
}

/** Checks tags as Azure takes them. */
export function checkTags(
  where: IConstruct | string, prop: string, tags: { readonly [key: string]: string } | undefined,
): { [key: string]: string } | undefined {
  if (tags === undefined) { return undefined; }
  const entries = Object.entries(checkMap(where, prop, tags, 'strings', '{ team: "vision" }'));
  if (entries.length > 50) { throw invalid(where, prop, entries.length, 'be at most 50 tags'); }
  for (const [key, value] of entries) {
    if (key === '' || key === '__proto__' || key.length > 512 || /[<>%&\\?/]|\$\{/.test(key)) {
      throw invalid(where, `${prop}.${key}`, key, 'be a tag\'s name: at most 512 characters without < > % & \\ ? / and "${", and not "__proto__"', 'rename it');
    }
    if (typeof value !== 'string' || value.length > 256 || /\$\{(?!TfToken\[)|%\{/.test(value)) {
      throw invalid(where, `${prop}.${key}`, value, 'be a text of at most 256 characters without "${" and "%{"');
    }
  }
  return { ...tags };
}
