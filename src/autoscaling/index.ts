export * from './scaling';
export type * from './scaling-target';
export type * from './scaling-options';
export * from './hpa-metric';
export * from './keda-trigger';
