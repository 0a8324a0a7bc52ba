export * from './addon';
export * from './cluster';
export * from './existing-cluster';
