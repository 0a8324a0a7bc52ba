export * from './artifact-registry';
export * from './build-machine';
export * from './firewall-rule';
export * from './gke-cluster';
export type * from './gke-cluster-contract';
export * from './gke-cluster-props';
export * from './network';
export * from './project';
export * from './workload-identity';
