export * from './ack-cluster';
export type * from './ack-cluster-props';
export * from './container-registry';
export * from './network';
export * from './region';
export * from './workload-identity';
