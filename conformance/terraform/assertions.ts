/** One `assert` of a run of `terraform test`. */
export interface Assertion {
  readonly condition: string;
  readonly error_message: string;
}

/** An attribute that has to be one of what others of the stack have, by the types of the two. */
interface Tie {
  readonly of: string;
  readonly attribute: string;
  readonly among: readonly [type: string, attribute: string][];
}

// Terraform resolves whatever the text names; that it names the right thing is for these to say.
const TIES: readonly Tie[] = [
  { of: 'azurerm_kubernetes_cluster_node_pool', attribute: 'kubernetes_cluster_id', among: [['azurerm_kubernetes_cluster', 'id']] },
  { of: 'azurerm_kubernetes_cluster', attribute: 'resource_group_name', among: [['azurerm_resource_group', 'name']] },
  { of: 'azurerm_federated_identity_credential', attribute: 'issuer', among: [['azurerm_kubernetes_cluster', 'oidc_issuer_url']] },
  { of: 'azurerm_federated_identity_credential', attribute: 'parent_id', among: [['azurerm_user_assigned_identity', 'id']] },
  { of: 'google_container_node_pool', attribute: 'cluster', among: [['google_container_cluster', 'id'], ['google_container_cluster', 'name']] },
  { of: 'google_container_node_pool', attribute: 'location', among: [['google_container_cluster', 'location']] },
  { of: 'google_container_node_pool', attribute: 'node_config[0].service_account', among: [['google_service_account', 'email']] },
  { of: 'google_container_cluster', attribute: 'network', among: [['google_compute_network', 'id']] },
  { of: 'google_container_cluster', attribute: 'subnetwork', among: [['google_compute_subnetwork', 'id']] },
  { of: 'google_compute_subnetwork', attribute: 'network', among: [['google_compute_network', 'id']] },
  { of: 'google_compute_router', attribute: 'network', among: [['google_compute_network', 'id']] },
  { of: 'google_compute_router_nat', attribute: 'router', among: [['google_compute_router', 'name']] },
  { of: 'google_service_account_iam_member', attribute: 'service_account_id', among: [['google_service_account', 'name']] },
  { of: 'alicloud_cs_kubernetes_node_pool', attribute: 'cluster_id', among: [['alicloud_cs_managed_kubernetes', 'id']] },
];

/** What has to be true of a stack once everything in it is there. */
export function assertionsFor(json: any): Assertion[] {
  const ties = TIES.flatMap(({ of, attribute, among }) => {
    const others = among.flatMap(([type, other]) => addressesOf(json, type).map((address) => `${address}.${other}`));
    const those = namesOf(json, of).filter((name) => others.length > 0 && has(json.resource[of][name], attribute));
    return those.map((name) => `${of}.${name}.${attribute}`).map((address) => (
      { condition: `\${contains([${others.join(', ')}], ${address})}`, error_message: `${address} is none of ${others.join(', ')}` }));
  });
  const outputs = Object.keys(json.output ?? {}).map((name) => (
    { condition: `\${output.${name} != null && output.${name} != ""}`, error_message: `output.${name} is empty` }));
  return [...ties, ...outputs];
}

function namesOf(json: any, type: string): string[] {
  return Object.keys(json.resource?.[type] ?? {});
}

function addressesOf(json: any, type: string): string[] {
  return [...namesOf(json, type).map((name) => `${type}.${name}`), ...Object.keys(json.data?.[type] ?? {}).map((name) => `data.${type}.${name}`)];
}

// A block of which there can be one is written as an object.
function has(resource: any, attribute: string): boolean {
  return attribute.split('.').every((part) => {
    resource = [resource?.[part.replace(/\[0\]$/, '')]].flat()[0];
    return resource !== undefined;
  });
}
