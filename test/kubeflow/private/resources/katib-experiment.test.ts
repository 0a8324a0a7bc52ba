import { KatibExperiment, KatibParameter } from '../../../../src/kubeflow';
import { object, platformLike } from '../../fixtures';
import { platformOf } from '../../support';

const EXPERIMENT = { objective: { metric: 'accuracy' }, image: 'me/a:1', command: ['--lr=${trialParameters.lr}'], parameters: { lr: KatibParameter.double(0.01, 0.1) } };
const of = (more: any, ...manifests: any[]): KatibExperiment => platformOf([...platformLike('v1.9'), ...manifests])
  .addProfile('team-a', { owner: 'lead@example.com' }).addKatibExperiment('hp', { ...EXPERIMENT, ...more });
const config = (data: any) => object('v1', 'ConfigMap', 'katib-config', 'kubeflow', { data });

test.each([
  [{ objective: { metric: 'm', minimize: 'false' } }, 'team-a/hp.objective.minimize: got "false"; must be true or false'],
  [{ objective: { metric: 'm', goal: '0.9' } }, 'team-a/hp.objective.goal: got "0.9"; must be a number'], [{ objective: { metric: 'm', goal: NaN } }, 'objective.goal: got NaN; must be a number'],
  [{ objective: { metric: '' } }, 'objective.metric: got ""; must be the name of a metric; for example "accuracy"'],
  [{ algorithmSettings: { n: 5 } }, 'team-a/hp.algorithmSettings.n: got 5; must be a string; write "5"'], [{ algorithmSettings: 'ab' }, 'algorithmSettings: got "ab"; must be an object of strings'],
  [{ algorithm: 5 }, 'team-a/hp.algorithm: got 5; must be a string'], [{ maxTrials: 2, maxFailedTrials: 3 }, 'team-a/hp.maxFailedTrials: got 3; must be a whole number from 0 to 2'],
  [{ parameters: { 'a b': KatibParameter.int(1, 2) } }, 'team-a/hp.parameters: got "a b"; must have names of letters, digits, "_", "-" and ".", that start with a letter; rename it'],
])('refuses %j', (more, message) => {
  expect(() => of(more)).toThrow(message);
});

test.each([
  config({ 'katib-config.yaml': 'runtime:\n  suggestions:\n  - algorithmName: random\n    image: a\n  - algorithmName: tpe\n    image: b\n' }),
  config({ suggestion: '{"random": {"image": "a"}, "tpe": {"image": "b"}}' }),
])('needs an algorithm that the platform\'s Katib has', configuration => {
  expect(of({ algorithm: 'tpe' }, configuration).apiObject.toJson().spec.algorithm.algorithmName).toBe('tpe');
  expect(() => of({ algorithm: 'rando' }, configuration)).toThrow('team-a/hp.algorithm: got "rando"; must be an algorithm of the platform\'s Katib; it has random, tpe');
});

test('may have any algorithm where nobody says which there are', () => {
  for (const manifests of [[], [config({ other: 'x' })], [config({ 'katib-config.yaml': '' })]]) { expect(of({ algorithm: 'mine' }, ...manifests).name).toBe('hp'); }
});

test.each([
  [() => KatibParameter.categorical('a', 5 as any), 'KatibParameter.categorical.values[1]: got 5; must be a word; write "5"'], [() => KatibParameter.categorical(''), 'KatibParameter.categorical.values[0]: got ""; must be a word'],
  [() => KatibParameter.categorical('a', 'a'), 'KatibParameter.categorical.values[1]: got "a"; must be in the list once; remove it'],
  [() => KatibParameter.discrete(NaN), 'KatibParameter.discrete.values[0]: got NaN; must be a number'], [() => KatibParameter.discrete(1, 'x' as any), 'KatibParameter.discrete.values[1]: got "x"; must be a number'],
  [() => KatibParameter.discrete(1, 1), 'KatibParameter.discrete.values[1]: got "1"; must be in the list once'], [() => KatibParameter.double('1' as any, 2), 'KatibParameter.double.min: got "1"; must be a number'],
])('refuses values that are none', (make, message) => {
  expect(make).toThrow(message);
});
