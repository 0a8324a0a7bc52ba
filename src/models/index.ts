export * from './model-binding';
export * from './model-card';
export * from './model-source';
