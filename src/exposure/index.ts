export * from './cloud';
export * from './exposure';
export type * from './options';
export * from './tls';
