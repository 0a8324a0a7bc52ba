export * from './gpu';
export * from './identity';
export * from './models';
export * from './network';
export * from './exposure';
export * from './observability';
export * from './autoscaling';
