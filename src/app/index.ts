export * from './platform-app';
export * from './platform-chart';
export * from './platform-namespace';
export type * from './namespace-limits';
export * from './pod-security';
