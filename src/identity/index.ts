export * from './existing-identity';
export * from './secret-file';
export * from './workload-identity';
