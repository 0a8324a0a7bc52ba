export * from './prometheus';
export * from './server-metrics';
