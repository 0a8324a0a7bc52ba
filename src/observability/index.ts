export * from './prometheus';
export type * from './server-metrics';
