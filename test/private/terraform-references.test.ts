import { App } from 'cdk8s';
import { TerraformStack, TerraformVariable, Token } from 'cdktf';
import { PlatformApp } from '../../src/app';
import { idOf } from '../../src/private/terraform-references';

test('a plain text is part of the id as it is, and of another there is a hash', () => {
  expect(idOf(new App(), 'Bucket', 'my-models')).toBe('Bucket-my-models');
  expect(idOf(new App(), 'Role', '/subscriptions/a')).toMatch(/^Role-[0-9a-f]{8}$/);
  expect(idOf(new App(), 'Role', '/subscriptions/a')).not.toBe(idOf(new App(), 'Role', '/subscriptions/b'));
});

test('of a token it is the attribute that counts, and the stack that it is of', () => {
  const ids = (more: number) => {
    const app = new PlatformApp();
    const [one, other] = ['one', 'other'].map(id => new TerraformStack(app, id));
    for (let i = 0; i < more; i++) { Token.asString({ resolve: () => i, creationStack: [] }); }
    const values = [one, other].map(stack => new TerraformVariable(stack, 'bucket', {}).stringValue);
    return [...values, new TerraformVariable(one, 'second', {}).stringValue].map(value => idOf(one, 'Bucket', value));
  };
  expect(ids(3)).toEqual(ids(0));
  expect(new Set(ids(0)).size).toBe(3);
});
