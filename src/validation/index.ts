export * from './validation-rule';
