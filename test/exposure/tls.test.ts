import { Tls } from '../../src/exposure';

test('a certificate is in a Secret or issued into one', () => {
  expect([Tls.secret('shop').secretName, Tls.secret('shop')._annotations]).toEqual(['shop', undefined]);
  expect([Tls.clusterIssuer('acme').secretName, Tls.clusterIssuer('acme')._annotations]).toEqual([undefined, { 'cert-manager.io/cluster-issuer': 'acme' }]);
  const issued = Tls.issuer('ca', { secretName: 'shop' });
  expect([issued.secretName, issued._annotations]).toEqual(['shop', { 'cert-manager.io/issuer': 'ca' }]);
});

test.each<[string, () => unknown, string]>([
  ['a bad name', () => Tls.secret('My_Cert'), 'Tls.secret.name: got "My_Cert"; must be at most 253 lower case letters'],
  ['no name', () => Tls.secret(''), 'Tls.secret.name: got ""; must be'],
  ['a bad cluster issuer', () => Tls.clusterIssuer('-a'), 'Tls.clusterIssuer.name: got "-a"; must be'],
  ['a bad issuer', () => Tls.issuer('a/b'), 'Tls.issuer.name: got "a/b"; must be'],
])('refuses %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test('refuses a bad Secret to issue into', () => {
  expect(() => Tls.issuer('ca', { secretName: 'A' })).toThrow('Tls.issuer.secretName: got "A"; must be at most 253 lower case letters');
});

test('refuses options that there are not', () => {
  expect(() => Tls.issuer('ca', { secret: 'shop' } as any)).toThrow(/^Tls\.issuer\.options\.secret: got .*; must be a property that there is; /);
});
