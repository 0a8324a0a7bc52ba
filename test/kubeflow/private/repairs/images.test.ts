import { ManifestPatch, ManifestSelector } from '../../../../src/kubeflow';
import { definition, deployment, object } from '../../fixtures';
import { manifest, platform, platformOf, reported } from '../../support';

const MIRROR = 'mirror.example.com/';
const runtime = object('serving.kserve.io/v1alpha1', 'ClusterServingRuntime', 'r', undefined, { spec: { containers: [{ name: 'kserve-container', image: 'kserve/sklearnserver:v0.13.0', args: ['--model=x'] }] } });
const trainer = object('trainer.kubeflow.org/v1alpha1', 'ClusterTrainingRuntime', 't', undefined, {
  spec: { template: { spec: { replicatedJobs: [{ template: { spec: { template: { spec: { containers: [{ image: 'kserve/torch:1', env: [{ name: 'I', value: 'kserve/i:1' }] }] } } } } }] } } },
});
const config = (data: any) => object('v1', 'ConfigMap', 'c', 'ns', { data });
const overridden = (manifests: any[], from = 'kserve/', to = `${MIRROR}kserve/`) => platformOf(manifests, { imageOverrides: [{ from, to }] });
const dataAfter = (data: any, from?: string, to?: string) => manifest(overridden([config(data)], from, to), 'ConfigMap', 'c').data;

test('images are taken from a mirror, those of KServe\'s and Trainer\'s runtimes too', () => {
  const kf = overridden([runtime, trainer]);
  expect(kf.images).toEqual([`${MIRROR}kserve/sklearnserver:v0.13.0`, `${MIRROR}kserve/torch:1`]);
  const [job] = manifest(kf, 'ClusterTrainingRuntime', 't').spec.template.spec.replicatedJobs;
  expect(job.template.spec.template.spec.containers[0].env[0].value).toBe(`${MIRROR}kserve/i:1`);
  expect(reported(kf, 'imageOverrides[0]')).toEqual(['ClusterServingRuntime r', 'ClusterTrainingRuntime t']);
});

test('images of a release are taken from a mirror', () => {
  const kf = platform('v1.9', { imageOverrides: [{ from: 'gcr.io/ml-pipeline/', to: 'mirror.example.com/ml/' }] });
  expect(kf.images).toContain('mirror.example.com/ml/api-server:2.2.0');
  expect(kf.images.filter(image => image.startsWith('gcr.io/ml-pipeline/'))).toEqual([]);
});

test('fields of other kinds that name an image are replaced, and what only describes them is not', () => {
  const cached = object('caching.internal.knative.dev/v1alpha1', 'Image', 'queue', 'ns', { spec: { image: 'kserve/queue:1' } });
  const described = definition('a.example', 'A', 'as', { v1: { type: 'object', properties: { image: { type: 'string', default: 'kserve/a:1' } } } });
  const kf = overridden([cached, described]);
  expect(manifest(kf, 'Image', 'queue').spec.image).toBe(`${MIRROR}kserve/queue:1`);
  expect(manifest(kf, 'CustomResourceDefinition', 'as.a.example')).toEqual(described);
});

test.each([
  ['{"image" : "kserve/agent:v0.13.0"}', `{"image" : "${MIRROR}kserve/agent:v0.13.0"}`], ['{"image": "kserve/art-explainer"}', `{"image": "${MIRROR}kserve/art-explainer"}`],
  ['# kept\nimage: kserve/a:1\n', `# kept\nimage: ${MIRROR}kserve/a:1\n`], ['{ executorImage: kserve/a:1, b: 1 }', `{ executorImage: ${MIRROR}kserve/a:1, b: 1 }`],
  ['{"gateway": "kserve/kserve-ingress-gateway"}', undefined], ['url: https://kserve/a:1', undefined], ['x-kserve/a:1', undefined],
])('in the text %j of a ConfigMap they are replaced, and what isn\'t one is not', (text, expected) => {
  expect(dataAfter({ text, sure: 'kserve/a:1' }).text).toBe(expected ?? text);
});

test('a key of a ConfigMap tells an image, and Knative\'s example stays as it was', () => {
  expect(dataAfter({ cacheImage: 'kserve/busybox', _example: 'image: kserve/a:1' })).toEqual({ cacheImage: `${MIRROR}kserve/busybox`, _example: 'image: kserve/a:1' });
});

test('a host tells an image, and the hub from which Istio makes the names of its images', () => {
  const text = '{"hub": "docker.io/istio", "tag": "1.22.1"} get("I", "docker.io/istio/pilot")';
  const expected = '{"hub": "m.example/istio", "tag": "1.22.1"} get("I", "m.example/istio/pilot")';
  expect(dataAfter({ text }, 'docker.io/istio/', 'm.example/istio/').text).toBe(expected);
  expect(dataAfter({ text }, 'docker.io/istio', 'm.example/istio').text).toBe(expected);
  expect(dataAfter({ text }, 'docker.io/', 'm.example/').text).toBe(expected);
});

test('an image begins with what ends at a part of it', () => {
  const of = (from: string, to: string) => manifest(overridden([deployment('a', 'ns', { image: 'gcr.io/ml/x:1', args: ['gcr.io/ml-old/x:1', '--i=gcr.io/ml@sha256:0'] })], from, to), 'Deployment', 'a').spec.template.spec.containers[0];
  expect(of('gcr.io/ml', 'm/ml')).toMatchObject({ image: 'm/ml/x:1', args: ['gcr.io/ml-old/x:1', '--i=m/ml@sha256:0'] });
  expect(of('gcr.io/ml/x:1', 'm/x:2').image).toBe('m/x:2');
});

test('a shorter beginning takes the place of a longer one', () => {
  expect(overridden([deployment('a', 'ns', { image: 'gcr.io/ml/x:1' })], 'gcr.io/ml/', 'gcr.io/').images).toEqual(['gcr.io/x:1']);
});

test.each([['gcr.io/', 'm.example/'], ['gcr.io/', 'gcr.io/mirror/']])('%s as %s is done once', (from, to) => {
  const once = overridden([deployment('a', 'ns', { image: 'gcr.io/ml/x:1' }), config({ a: '{"hub": "gcr.io/b"} "hub": "gcr.io"' })], from, to);
  const twice = overridden(once.apiObjects.map(each => each.toJson()), from, to);
  expect(twice.apiObjects.map(each => each.toJson())).toEqual(once.apiObjects.map(each => each.toJson()));
  expect(reported(twice, 'imageOverrides[0]')).toEqual([`skipped: images that begin with "${to}" are there already, and none that begins with "${from}"`]);
});

test.each([
  ['ml-pipeline/', 'm/', 'imageOverrides[0].from: got "ml-pipeline/"; must be how an image begins, up to a "/", ":" or "@"; the images are those of '],
  ['gcr.io/ml-pipe', 'm/ml', 'imageOverrides[0].from: got "gcr.io/ml-pipe"; must be how an image begins'], ['gcr.io/nothing/', 'gcr.io/', 'must be how an image begins'],
  ['', 'm/', 'imageOverrides[0].from: got ""; must be the beginning of an image; for example "gcr.io/"'], ['gcr.io/', 5, 'imageOverrides[0].to: got 5; must be the beginning of an image'],
  ['gcr.io/', 'm', 'imageOverrides[0].to: got "m"; must end as "gcr.io/" does, with "/"; write "m/"'],
  ['gcr.io', 'm/', 'imageOverrides[0].to: got "m/"; must end as "gcr.io" does, without "/", ":" and "@"; write both with "/" at the end, or neither'],
] as Array<[string, any, string]>)('%j as %j is refused', (from, to, message) => {
  expect(() => platform('v1.9', { imageOverrides: [{ from, to }] })).toThrow(message);
});

test('a patch replaces what a selector chooses', () => {
  const patches = [ManifestPatch.images('i', ManifestSelector.of({ kind: 'ConfigMap' }), 'kserve/', MIRROR)];
  const kf = platformOf([config({ a: 'image: kserve/a:1' }), runtime], { patches });
  expect([manifest(kf, 'ConfigMap', 'c').data.a, kf.images]).toEqual([`image: ${MIRROR}a:1`, ['kserve/sklearnserver:v0.13.0']]);
});
