export * from './existing-identity';
export * from './secret-file';
export type * from './workload-identity';
