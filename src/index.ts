import { registerRules } from './private/rules';

export * from './app';
export * from './cluster';
export * from './serving';
export * from './frontend';
export * from './models';
export * from './autoscaling';
export * from './exposure';
export * from './network';
export * from './identity';
export * from './gpu';
export * from './observability';
export * from './testing';
export * as azure from './azure';
export * as google from './google';
export * as alicloud from './alicloud';
export * as kubeflow from './kubeflow';
export * from './validation';

// No room may import the one with the rules, not even the one that runs them; they are loaded by the first synthesis that needs one.
registerRules(() => (require('./validation/private/rules') as typeof import('./validation/private/rules')).RULES);
