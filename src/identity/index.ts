export * from './secret-file';
export * from './workload-identity';
