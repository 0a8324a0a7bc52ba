import { Duration } from 'cdk8s';
import { Config, HealthCheck, Priority, Rollout } from '../../src';

test('a rollout says what it allows', () => {
  const rollouts = [Rollout.surge(), Rollout.inPlace(), Rollout.recreate(), Rollout.rolling()];
  expect(rollouts.map(r => [r.maxSurge, r.maxUnavailable, r.recreates])).toEqual([[1, 0, false], [0, 1, false], [0, 0, true], [1, 0, false]]);
  const rolling = Rollout.rolling({ maxSurge: 2, maxUnavailable: 1, minReady: Duration.seconds(5) });
  expect(rolling).toMatchObject({ maxSurge: 2, maxUnavailable: 1, minReadySeconds: 5 });
});

test('a priority says its class', () => {
  expect(Priority.modelServing()).toMatchObject({ className: 'model-serving', value: 1000 });
  expect(Priority.of('batch', -5)).toMatchObject({ className: 'batch', value: -5, description: undefined });
  expect(Priority.existing('system-cluster-critical')).toMatchObject({ className: 'system-cluster-critical', value: undefined });
});

test('a health check says how it asks', () => {
  expect(HealthCheck.http('/a?b=c', 'admin')).toMatchObject({ path: '/a?b=c', portName: 'admin', words: undefined });
  expect(HealthCheck.tcp()).toMatchObject({ path: undefined, portName: undefined, words: undefined });
  expect(HealthCheck.command('cat', '/x')).toMatchObject({ path: undefined, words: ['cat', '/x'] });
});

test('a configuration is a copy, sorted by name', () => {
  const given = { B: '2', A: '1' };
  const config = Config.fromLiterals(given);
  given.A = 'changed';
  expect(Object.entries(config.data)).toEqual([['A', '1'], ['B', '2']]);
  expect(config.folder).toBeUndefined();
  expect(Config.fromFiles({ a: '' }).folder).toBe('/etc/config');
});
