export * from './accelerator';
export * from './gpu-pool';
