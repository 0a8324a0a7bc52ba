import { App, Chart, Names } from 'cdk8s';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import { dnsLabel } from '../../../src/app/private/dns-label';

test('makes the names that cdk8s makes', () => {
  const id = fc.oneof(fc.string({ minLength: 1, maxLength: 80 }), fc.constantFrom('Resource', 'Default', 'web', 'Web-1', 'a.b', 'a--b', '模型', 'İstanbul'));
  fc.assert(fc.property(fc.array(id.filter(text => !text.includes('/')), { minLength: 1, maxLength: 4 }), fc.boolean(), fc.constantFrom(undefined, 52), (ids, hash, maxLen) => {
    const construct = ids.slice(1).reduce<Construct>((scope, child) => new Construct(scope, child), new Chart(new App(), ids[0]));
    expect(dnsLabel(construct, { hash, maxLen })).toBe(Names.toDnsLabel(construct, { includeHash: hash, maxLen }));
  }), { numRuns: 500 });
});
