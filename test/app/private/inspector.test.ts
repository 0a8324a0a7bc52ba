import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import * as jsyaml from 'js-yaml';
import { PlatformApp } from '../../../src/app';
import { UpstreamObject } from '../../../src/kubeflow/private/upstream-object';
import { errorOf } from '../support';

/** A Deployment of other people's, in which there is much that the library would not have written. */
const manifest = () => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', annotations: { note: 'DEL \x7f, and [object Object]' } as any, creationTimestamp: null },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' }, creationTimestamp: null },
      spec: { containers: [{ name: 'web', image: 'Me/Web:1', env: [{ name: '1st', value: 'x' }], resources: { limits: { memory: '500m' } } }] as any[] },
    },
  },
  limit: 9223372036854775807n,
  most: -1.7976931348623157e308,
});

/** What is said of an object of other people's that a program did something with. */
function saidOf(change: (object: UpstreamObject) => void, given: any = manifest()): { errors: string[]; app: PlatformApp } {
  const app = new PlatformApp();
  change(new UpstreamObject(new Chart(app, 'lab'), 'web', given));
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const errors = errorOf(app).split('\n').slice(1).map(line => line.trim());
  stderr.mockRestore();
  return { errors, app };
}

const parsed = (app: PlatformApp): any => jsyaml.load(app.synthYaml());

describe('what others wrote', () => {
  test('is written as it was read, whatever YAML can say', () => {
    const { errors, app } = saidOf(() => {});
    expect(errors).toEqual([]);
    expect(app.warnings).toEqual([]);
    expect(app.synthYaml()).toContain('limit: 9223372036854775807\n');
    expect(app.synthYaml()).toContain('creationTimestamp: null\n');
  });

  test('is not the program\'s to mend when that adds something that is right', () => {
    const { errors, app } = saidOf(object => {
      object.metadata.addAnnotation('team', 'ml');
      object.addJsonPatch(JsonPatch.add('/spec/template/spec/containers/0', { name: 'proxy', image: 'me/proxy:1' }), JsonPatch.replace('/spec/replicas', 2));
    });
    expect(errors).toEqual([]);
    expect(app.warnings).toEqual([]);
    expect(parsed(app).spec.replicas).toBe(2);
  });

  test('is checked in what the program adds to it', () => {
    const { errors, app } = saidOf(object => {
      object.metadata.addAnnotation('a key', 'x');
      object.metadata.addLabel('team', 'a b');
      object.addJsonPatch(
        JsonPatch.replace('/spec/replicas', -1), JsonPatch.add('/spec/paused', null),
        JsonPatch.add('/spec/template/spec/containers/0/env/-', { name: 'API_KEY', value: 'hunter2' }));
    });
    expect(errors).toEqual([
      'lab/web.spec.paused: got null; must be a string, number, boolean, list or dictionary',
      expect.stringMatching(/^lab\/web\.metadata\.labels\.team: got "a b"; must be a string of at most 63/),
      expect.stringMatching(/^lab\/web\.metadata\.annotations: got "a key"; must be a key/),
      'lab/web.spec.replicas: got -1; must be a whole number from 0 to 2147483647',
    ]);
    expect(app.warnings).toEqual([expect.stringContaining('env[1] (API_KEY) looks like a secret in plain text')]);
  });

  test('that becomes something else is refused, whichever', () => {
    expect(saidOf(object => object.addJsonPatch(JsonPatch.replace('', null))).errors).toEqual([expect.stringContaining('lab/web.manifest: got null; must be a dictionary')]);
    expect(saidOf(object => object.addJsonPatch(JsonPatch.replace('/metadata/name', 'A_b'))).errors).toEqual([expect.stringContaining('lab/web.metadata.name: got "A_b"; must be')]);
  });
});

describe('in an object of other people\'s', () => {
  const TOKEN = '${TfToken[TOKEN.0]}';
  test.each<[string, any, string]>([
    ['a token', { spec: { a: [TOKEN] } }, 'lab/it.spec.a[0]: got "${TfToken[TOKEN.0]}"; must be known when YAML is made, but it has a token of cdktf'],
    ['a key with a token', { spec: { [TOKEN]: 'a' } }, 'lab/it.spec: the key: got "${TfToken[TOKEN.0]}"; must be known when YAML is made'],
    ['a token that is a number', { spec: { a: -8.1095622125913805e298 } }, 'lab/it.spec.a: got -8.1095622125913805e+298; must be known when YAML is made, but it is a token of cdktf'],
    ['NaN', { spec: { a: NaN } }, 'lab/it.spec.a: got NaN; must be a finite number'],
    ['undefined in a list', { spec: { a: [undefined] } }, 'lab/it.spec.a[0]: got nothing; must be a string, number, boolean, list or dictionary; leave it out of the list'],
    ['a function', { spec: { a: () => 1 } }, 'lab/it.spec.a: got a function; must be a string, number, boolean, list or plain object'],
    ['a Date', { spec: { a: new Date(0) } }, 'lab/it.spec.a: got a Date; must be a string, number, boolean, list or plain object; convert it first'],
    ['a Lazy that fails', { spec: { a: Lazy.any({ produce: () => { throw new Error('boom'); } }) } }, 'lab/it.spec.a: got nothing; must be a value that can be produced; producing it failed: boom'],
  ])('%s is refused, once', (_, content, message) => {
    const { errors } = saidOf(() => {}, { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'it' }, ...content });
    expect(errors).toEqual([expect.stringContaining(message.replace('lab/it', 'lab/web'))]);
  });

  test('what refers to itself is refused, however many ways it does', () => {
    const spec: any = {};
    spec.list = [spec, spec];
    expect(saidOf(() => {}, { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'it' }, spec }).errors)
      .toEqual([expect.stringContaining('must not refer to itself')]);
  });

  test('a Lazy has its value, and a key without a value is left out', () => {
    const { errors, app } = saidOf(object => object.metadata.addAnnotation('late', Lazy.any({ produce: () => 'value' })));
    expect(errors).toEqual([]);
    expect(parsed(app).metadata.annotations.late).toBe('value');
    const other = saidOf(() => {}, { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'it' }, spec: { a: undefined, b: null, c: 1n } });
    expect(other.errors).toEqual([]);
    expect(parsed(other.app).spec).toEqual({ b: null, c: 1 });
  });
});

test('what a class of the user\'s own renders has no Lazy and no Date in it, and may have objects of other classes', () => {
  class Point { constructor(public readonly x: number) {} }
  class Own extends ApiObject {
    public spec: any;
    public override toJson(): any { return { ...super.toJson(), spec: this.spec }; }
  }
  const app = new PlatformApp();
  const object = new Own(new Chart(app, 'lab'), 'it', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'it' } });
  object.spec = { a: new Point(1) };
  expect(parsed(app).spec).toEqual({ a: { x: 1 } });
  for (const [value, got] of [[Lazy.any({ produce: () => 1 }), 'a Lazy'], [new Date(0), 'a Date'], [new Map(), 'a Map'], [Buffer.from('x'), 'a Buffer']]) {
    object.spec = { a: value };
    expect(errorOf(app)).toContain(`lab/it.spec.a: got ${got}; must be a string, number, boolean, list or dictionary`);
  }
});
