import { cdk } from 'projen';

/** Peers that only programs with a cluster to describe install. */
export const OPTIONAL_PEERS = ['cdktf', '@cdktf/provider-azurerm', '@cdktf/provider-google'];

export function optionalPeers(project: cdk.JsiiProject): void {
  // projen has no option for it
  project.package.addField('peerDependenciesMeta', Object.fromEntries(OPTIONAL_PEERS.map(peer => [peer, { optional: true }])));
}
