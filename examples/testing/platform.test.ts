import { ApiObject, JsonPatch } from 'cdk8s';
import { Manifests, PlatformApp } from 'cdk8s-ml';
import 'cdk8s-ml/testing';
import { platform } from './platform';

test('the manifests are what was reviewed', () => {
  const { chart } = platform(new PlatformApp());
  expect(Manifests.of(chart)).toMatchSnapshot(); // YAML, as it will be applied
});

test('the model asks for one GPU', () => {
  const { qwen } = platform(new PlatformApp());
  expect(qwen.deployment).toAskFor({ 'nvidia.com/gpu': 1 });
});

test('an update needs no spare GPU', () => {
  const { qwen } = platform(new PlatformApp());
  expect(qwen.deployment).toHaveManifest({ spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } } });
});

test('only the front end may call the model', () => {
  const { chart } = platform(new PlatformApp());
  Manifests.of(chart).match('NetworkPolicy', 'qwen', {
    spec: { ingress: [{ from: [{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'chat' } } }] }] },
  });
});

test('a patch of ours arrives', () => {
  const { chart, qwen } = platform(new PlatformApp());
  ApiObject.of(qwen.deployment).addJsonPatch(JsonPatch.add('/spec/template/spec/hostUsers', false));
  expect(Manifests.of(chart).find('Deployment', 'qwen').spec.template.spec.hostUsers).toBe(false);
});

