import { Chart } from 'cdk8s';
import { said } from './manifests';
import { PlatformApp } from '../../../../src/app';
import { raw } from '../../support';

const config = (fields: any) => said({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it' }, ...fields });
const secret = (fields: any) => said({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it' }, ...fields });

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

test('a secret\'s value never is in a message', () => {
  expect(secret({ data: { a: 'hunter2!' } })).toEqual(['data.a: got <secret>; must be base64; give plain text as stringData']);
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
