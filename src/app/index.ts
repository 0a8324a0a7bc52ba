export * from './platform-app';
export * from './platform-chart';
