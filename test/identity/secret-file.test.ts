import { SecretFile } from '../../src/identity';

test('a key is found under the name of its secret', () => {
  expect(SecretFile.existing('huggingface', 'token').path).toBe('/var/run/secrets/huggingface/token');
});

test('a key is found in the folder that was given', () => {
  expect(SecretFile.existing('huggingface', 'token', { folder: '/secrets/hub' })).toMatchObject({
    secretName: 'huggingface', key: 'token', folder: '/secrets/hub', path: '/secrets/hub/token',
  });
});

test.each(['', 'Hugging_Face', 'a/b', '-a', undefined as any])('the secret %j is refused', name => {
  expect(() => SecretFile.existing(name, 'token')).toThrow(/^SecretFile\.existing\.secretName: got .*; must be at most 253 lower case letters, digits, "-" and "\."/);
});

test.each(['', '.', '..', 'a/b', 'a b', 'ü', 'a'.repeat(254), undefined as any])('the key %j is refused', key => {
  expect(() => SecretFile.existing('huggingface', key)).toThrow(
    /^SecretFile\.existing\.key: got .*; must be letters, digits, "-", "_" and "\.", as a Secret's keys are$/);
});

test.each(['', 'secrets', '/a:b', '/a/../b', '/', '/a/', '/a\nb', '/a\u2028b', 7 as any])('the folder %j is refused', folder => {
  expect(() => SecretFile.existing('huggingface', 'token', { folder })).toThrow(
    /^SecretFile\.existing\.folder: got .*; must be an absolute path without/);
});

test('the folder /etc is refused, whose files it would hide', () => {
  expect(() => SecretFile.existing('huggingface', 'token', { folder: '/etc' })).toThrow(
    'SecretFile.existing.folder: got "/etc"; must not be a folder that the image has, whose files it would hide; take one in it, for example "/etc/app"');
  expect(() => SecretFile.existing('huggingface', 'token', { folder: '/etc/api' })).not.toThrow();
});
