export * from './caller';
export * from './egress';
