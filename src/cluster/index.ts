export * from './addon';
export * from './capacity';
export type * from './cluster';
export * from './existing-cluster';
export * from './gpu-node-pool';
export type * from './managed-cluster';
export * from './node-pool';
export type * from './node-pool-contract';
export * from './node-pool-options';
