export * from './platform-app';
export * from './platform-chart';
export * from './platform-namespace';
export * from './namespace-limits';
export * from './pod-security';
