import { ApiObject, Chart } from 'cdk8s';
import { Accelerator, Manifests, ModelServer, ModelServingApp, ModelSource, PlatformApp, PlatformChart } from '../../src';
import { toAskFor, toHaveManifest, yamlSerializer } from '../../src/testing/jest';

function llama() {
  const chart = new PlatformChart(new PlatformApp(), 'llm', { namespace: 'llm' });
  const model = new ModelServingApp(chart, 'llama', {
    server: ModelServer.vllm({ version: '0.11.0' }),
    model: ModelSource.inImage('/models/llama'),
    gpu: { accelerator: Accelerator.L4 },
  });
  return { chart, model };
}

test('a workload asks for its GPU', () => {
  const { model } = llama();
  expect(model.deployment).toAskFor({ 'nvidia.com/gpu': 1 });
  expect(model.deployment).not.toAskFor({ 'nvidia.com/gpu': 2 });
  const { pass, message } = toAskFor(model.deployment, { 'nvidia.com/gpu': 2, 'amd.com/gpu': 1 });
  expect(pass).toBe(false);
  expect(message()).toBe([
    'Deployment "llama"',
    '  requests.nvidia.com/gpu: expected 2, got 1',
    '  limits.nvidia.com/gpu: expected 2, got 1',
    '  requests.amd.com/gpu: expected 1, got nothing',
    '  limits.amd.com/gpu: expected 1, got nothing',
  ].join('\n'));
});

/** A workload of two containers. */
function pair(kind: string, resources: any[]): ApiObject {
  const template = { spec: { containers: resources.map((own, i) => ({ name: `c${i}`, image: 'a:1', resources: own })) } };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  return new ApiObject(new Chart(new PlatformApp(), 'lab'), 'it', { apiVersion: kind === 'Deployment' ? 'apps/v1' : 'batch/v1', kind, metadata: { name: 'it' }, ...{ spec } });
}

test('each container that asks for one of the resources must ask for all, as a request and as a limit', () => {
  const whole = { requests: { cpu: 1, memory: '1Gi' }, limits: { cpu: 1, memory: '1Gi' } };
  const wanted = { cpu: 1, memory: '1Gi' };
  expect(pair('Deployment', [whole, {}])).toAskFor(wanted);
  expect(pair('Deployment', [whole, whole])).toAskFor(wanted);
  const { pass, message } = toAskFor(pair('Deployment', [{ requests: whole.requests }, { limits: { cpu: 1 } }]), wanted);
  expect(pass).toBe(false);
  expect(message()).toBe([
    'Deployment "it"',
    '  c0: limits.cpu: expected 1, got nothing',
    '  c0: limits.memory: expected 1Gi, got nothing',
    '  c1: requests.cpu: expected 1, got nothing',
    '  c1: requests.memory: expected 1Gi, got nothing',
    '  c1: limits.memory: expected 1Gi, got nothing',
  ].join('\n'));
  expect(toAskFor(pair('Deployment', [{}, {}]), { cpu: 1 }).message()).toBe('Deployment "it"\n  requests.cpu: expected 1, got nothing\n  limits.cpu: expected 1, got nothing');
});

test('a CronJob asks for what its pods ask for', () => {
  const whole = { requests: { cpu: 1 }, limits: { cpu: 1 } };
  expect(pair('CronJob', [whole])).toAskFor({ cpu: 1 });
  expect(pair('CronJob', [whole])).not.toAskFor({ cpu: 2 });
});

test('a part has a manifest', () => {
  const { model } = llama();
  expect(model.service).toHaveManifest({ spec: { ports: [{ port: 80 }] } });
  const { pass, message } = toHaveManifest(model.service, { spec: { type: 'NodePort' } });
  expect(pass).toBe(false);
  expect(message()).toBe('Service "llama" differs:\n  /spec/type: expected "NodePort", got nothing');
});

test('manifests are printed as YAML in snapshots', () => {
  const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { on: 'yes' } };
  expect(yamlSerializer.test(manifest)).toBe(true);
  expect(yamlSerializer.test([manifest])).toBe(true);
  expect(yamlSerializer.test(Manifests.of(llama().chart))).toBe(true);
  for (const other of [[], [1], null, 'a', { kind: 'x' }]) { expect(yamlSerializer.test(other)).toBe(false); }
  expect([manifest, manifest]).toMatchInlineSnapshot(`
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  "on": "yes"
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
data:
  "on": "yes"

`);
});
