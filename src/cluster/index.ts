export * from './addon';
export type * from './cluster';
export * from './existing-cluster';
