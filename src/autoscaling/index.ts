export * from './scaling';
export * from './scaling-target';
export * from './scaling-options';
export * from './hpa-metric';
export * from './keda-trigger';
