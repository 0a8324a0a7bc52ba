export * from './autoscaled-frontend';
