import { App } from 'cdk8s';
import { TerraformStack, Token } from 'cdktf';
import { PlatformApp } from '../../src/app';
import { checkLiteral, fromPeers, isStack, isTerraformToken, stackOf, withoutTraces } from '../../src/private/terraform';

test('without traces none is taken, and one that fails has its own', () => {
  const before = Error.stackTraceLimit;
  const traces = withoutTraces(() => {
    const holder = { stack: '' };
    Error.stackTraceLimit = 100;
    Error.captureStackTrace(holder);
    return holder.stack;
  });
  expect(traces ?? '').not.toContain('terraform.test');
  expect(Error.stackTraceLimit).toBe(before);
  expect(() => withoutTraces(() => { throw new Error('no'); })).toThrow('no');
  try {
    withoutTraces(() => { throw new Error('no'); });
  } catch (e) {
    expect((e as Error).stack).toContain('terraform.test');
  }
  expect(withoutTraces(() => withoutTraces(() => 1))).toBe(1);
});

test('a missing peer is named with what to install', () => {
  const missing = (name: string) => () => { throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' }); };
  expect(() => fromPeers(new App(), '@cdktf/provider-azurerm', missing('@cdktf/provider-azurerm/lib/x'))).toThrow(
    'needs the optional peer dependency "@cdktf/provider-azurerm", which is not installed; run "npm install cdktf @cdktf/provider-azurerm"');
  expect(() => fromPeers(new App(), '@cdktf/provider-azurerm', missing('cdktf'))).toThrow(
    'needs the optional peer dependency "cdktf", which is not installed; run "npm install cdktf @cdktf/provider-azurerm"');
  expect(() => fromPeers(new App(), '@cdktf/provider-azurerm', () => { throw new Error('other'); })).toThrow('other');
});

test('a stack and what is in it are told from the rest', () => {
  const app = new PlatformApp();
  const stack = new TerraformStack(app, 'infra');
  expect([isStack(stack), isStack(app), isStack(undefined)]).toEqual([true, false, false]);
  expect(stackOf(stack)).toBe(stack);
});

test('what only Terraform knows is told from texts and numbers', () => {
  expect([Token.asString({ a: 1 }), Token.asNumber({ a: 1 }), 'a', 1, undefined, '${a}'].map(value => isTerraformToken(value))).toEqual([true, true, false, false, false, false]);
});

test('what Terraform would evaluate is refused', () => {
  expect(checkLiteral('x', 'name', Token.asString({ a: 1 }))).toContain('TfToken');
  expect(() => checkLiteral('x', 'name', '${a}')).toThrow('x.name: got "${a}"; must not have "${" or "%{", which Terraform evaluates');
  expect(() => checkLiteral('x', 'name', '%{ if a }')).toThrow('must not have "${" or "%{"');
  expect(() => checkLiteral('x', 'name', '')).toThrow('x.name: got ""; must be a text');
});
