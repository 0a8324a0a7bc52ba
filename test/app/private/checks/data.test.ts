import { App, Chart, JsonPatch } from 'cdk8s';
import { said } from './manifests';
import { PlatformApp } from '../../../../src/app';
import { amend } from '../../../../src/private/overlay';
import { errorOf, raw } from '../../support';

const config = (fields: any) => said({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it' }, ...fields });

test.each(['a/b c', 'é', '..', '..a', '.', '', 'a'.repeat(254)])('the key %j is refused', key => {
  expect(config({ data: { [key]: 'x' } })[0]).toContain('must be a key of at most 253 letters, digits, "-", "_" and ".", that is not "." and doesn\'t start with ".."');
});

test('keys that JavaScript has a meaning for are keys like others', () => {
  expect(config({ data: { 'constructor': 'x', 'toString': 'x', '.env': 'x', ...JSON.parse('{"__proto__":"x"}') } })).toEqual([]);
});

test.each([5, true])('the value %j is refused', value => {
  expect(config({ data: { a: value } })).toEqual([`data.a: got ${value}; must be a string; write "${value}"`]);
});

test('a ConfigMap holds 1 MiB and no more', () => {
  expect(config({ data: { a: 'x'.repeat(1024 * 1024) } })).toEqual([]);
  expect(config({ data: { a: 'x'.repeat(1024 * 1024), b: 'é' } })).toEqual(['data: got "1048578 bytes"; must have at most 1048576 bytes together; split it, or put it on a volume']);
});

test('bytes are in base64, and in one place', () => {
  expect(config({ binaryData: { a: 'AAEC' } })).toEqual([]);
  expect(config({ binaryData: { a: 'no base64' } })).toEqual(['binaryData.a: got "no base64"; must be base64']);
  expect(config({ data: { a: 'x' }, binaryData: { a: 'AAEC' } })).toEqual(['binaryData: got "a"; must be in data or binaryData, not in both']);
});

describe('a secret\'s value never is in a message', () => {
  const kinds: { [made: string]: (app: App) => (data: any) => unknown } = {
    'as an object': app => data => raw(new Chart(app, 'lab'), 'it', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it' }, ...data }),
    'by a patch': app => data => {
      const [[field, value]] = Object.entries(data);
      raw(new Chart(app, 'lab'), 'it', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it' } }).addJsonPatch(JsonPatch.add(`/${field}`, value));
    },
    'by a chart': app => data => {
      class Own extends Chart {
        public override toJson(): any[] { return [{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it' }, ...data }]; }
      }
      return new Own(app, 'lab');
    },
  };

  test.each<[any, string]>([
    [{ data: { a: 'hunter2!' } }, 'data.a: got <secret>; must be base64; give plain text as stringData'],
    [{ stringData: { pin: 12345678 } }, 'stringData.pin: got <secret>; must be a string; write it in quotes'],
    [{ stringData: { pin: { of: 12345678 } } }, 'stringData.pin: got <secret>; must be a string; write it in quotes'],
    [{ stringData: { pin: ['12345678'] } }, 'stringData.pin: got <secret>; must be a string; write it in quotes'],
    [{ stringData: '12345678' }, 'stringData: got <secret>; must be a dictionary'],
    [{ data: ['12345678'] }, 'data: got <secret>; must be a dictionary'],
    [{ stringData: { pin: '12345678\x7f' } }, 'stringData.pin: got <secret>; must be text without the control characters'],
    [{ stringData: { pin: '12345678\0' } }, 'stringData.pin: got <secret>; must be text: no NUL'],
    [{ stringData: { pin: '[object Object]12345678' } }, 'stringData.pin: got <secret>; must not have an object where a text belongs'],
    [{ stringData: { pin: 12345678.5e300 } }, 'stringData.pin: got <secret>; must be a finite number'],
    [{ stringData: { pin: 12345678n } }, 'got <secret>; must be'],
  ])('%p', (data, message) => {
    for (const [made, make] of Object.entries(kinds)) {
      const app = new PlatformApp();
      make(app)(data);
      const errors = errorOf(app);
      expect([made, errors.includes(message)]).toEqual([made, true]);
      expect(errors).not.toMatch(/1234567|hunter/);
    }
  });

  test('under a plain app', () => {
    const chart = new Chart(new App(), 'lab');
    const object = raw(chart, 'it', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it' }, stringData: { pin: '12345678\0' } });
    amend(object, () => {});
    expect(() => object.toJson()).toThrow('lab/it.stringData.pin: got <secret>; must be text without NUL');
  });
});

test('a secret whose values are in the program is a warning', () => {
  const app = new PlatformApp();
  const chart = new Chart(app, 'lab');
  raw(chart, 'it', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it' }, stringData: { token: 'hunter2' } });
  raw(chart, 'empty', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'empty' } });
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  app.synthYaml();
  stderr.mockRestore();
  expect(app.warnings).toEqual(['lab/it: its values (token) are in the output as plain text; keep secrets out of the program and refer to one that exists']);
});
