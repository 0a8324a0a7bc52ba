export * from './aks-cluster';
export type * from './aks-cluster-contract';
export type * from './aks-cluster-props';
export * from './container-registry';
export * from './resource-group';
