export * from './download-options';
export * from './hugging-face-options';
export * from './model-binding';
export * from './model-cache';
export * from './model-card';
export * from './model-options';
export * from './model-source';
export * from './volume-options';
