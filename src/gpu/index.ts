export * from './accelerator';
export * from './gpu-machine';
export * from './gpu-pool';
export * from './gpu-sharing';
