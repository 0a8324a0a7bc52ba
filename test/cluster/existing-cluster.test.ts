import { App } from 'cdk8s';
import { ExistingCluster } from '../../src/cluster';

test('is named as its id, or as it is told', () => {
  expect(new ExistingCluster(new App(), 'prod').name).toBe('prod');
  expect(new ExistingCluster(new App(), 'any', { name: 'prod-east-1' }).name).toBe('prod-east-1');
});

test.each(['My Cluster', '-a', '', 'a'.repeat(64)])('refuses the name %j', name => {
  expect(() => new ExistingCluster(new App(), 'it', { name })).toThrow(/^it\.name: got ".*must (be lower case letters|have at most 63 characters)/);
});
