/* eslint-disable no-bitwise -- addresses are bits */
import { BlockList, isIP } from 'net';
import * as fc from 'fast-check';
import { checkAddress, checkCidr, checkCidrs, contains, overlap } from '../../src/private/cidr';

const check = (cidr: any) => checkCidr('Egress.cidr', 'range', cidr);
const accepts = (cidr: string) => {
  try {
    return check(cidr) === cidr;
  } catch {
    return false;
  }
};

test.each([
  '0.0.0.0/0', '10.0.0.0/8', '169.254.169.254/32', '192.168.1.128/25', '255.255.255.255/32',
  '::/0', '2001:db8::/32', 'fd00:ec2::254/128', '::1/128', 'fe80::/10', '64:ff9b::192.0.2.0/120', '1:2:3:4:5:6:7:8/128', '1:2:3:4:5:6:7::/112',
])('takes the range %s', cidr => {
  expect(accepts(cidr)).toBe(true);
});

test.each([
  '', '10.0.0.0', '10.0.0.0/', '/8', '300.0.0.0/8', '10.0.0/8', '10.0.0.0.0/8', '010.0.0.0/8', '10.0.0.0/99', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/08',
  '10.0.0.0/8.5', '10.0.0.0/8/8', ' 10.0.0.0/8', '10.0.0.0/8\n', '10.0.0.0/8 ', '0x0a.0.0.0/8', '1e1.0.0.0/8', '2001:db8::/129', '2001:db8:::/32', 'g::/16', 'fe80::1%eth0/128',
  '::ffff:10.0.0.0/104', 'any', '10.0.0.0-10.0.0.9', '10.0.0.0/255.0.0.0',
])('refuses the range %j', cidr => {
  expect(() => check(cidr)).toThrow(/^Egress\.cidr\.range: got ".*"; must be an address and the length of its prefix, such as 10\.0\.0\.0\/8 or 2001:db8::\/32/);
});

test.each([[undefined, 'nothing'], [null, 'null'], [8, '8'], [['10.0.0.0/8'], '["10.0.0.0/8"]']])('refuses %j, which is no text', (cidr, shown) => {
  expect(() => check(cidr)).toThrow(`Egress.cidr.range: got ${shown}; must be an address`);
});

test('says how to write a single address', () => {
  expect(() => check('10.1.2.3')).toThrow('; write 10.1.2.3/32 for this one address');
  expect(() => check('2001:db8::1')).toThrow('; write 2001:db8::1/128 for this one address');
});

test.each([
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['0.0.0.1/0', '0.0.0.0/0'],
  ['192.168.1.129/25', '192.168.1.128/25'],
  ['2001:db8:ffff::1/32', '2001:db8::/32'],
  ['::1/0', '::/0'],
  ['1:2:3:4:5:6:7:9/127', '1:2:3:4:5:6:7:8/127'],
])('says what %s would be without its host bits', (cidr, fixed) => {
  expect(() => check(cidr)).toThrow(`Egress.cidr.range: got "${cidr}"; must have no bits set after its prefix; write ${fixed}`);
});

test('lets what is only known later pass', () => {
  const later: any = { resolve: () => '10.0.0.0/8' };
  expect(check(later)).toBe(later);
});

test('refuses a range that is in a list twice', () => {
  expect(() => checkCidrs('Exposure.loadBalancer', 'sourceRanges', ['10.0.0.0/8', '10.0.0.0/8']))
    .toThrow('Exposure.loadBalancer.sourceRanges[1]: got "10.0.0.0/8"; must be in the list once; remove it');
  expect(() => checkCidrs('Exposure.loadBalancer', 'sourceRanges', ['10.0.0.0/8', '10.0.0.0/99']))
    .toThrow('Exposure.loadBalancer.sourceRanges[1]: got "10.0.0.0/99"; must be an address');
});

test('takes addresses of both families and nothing else', () => {
  for (const good of ['10.1.2.3', '2001:db8::1']) { expect(checkAddress('w', 'p', good)).toBe(good); }
  for (const bad of ['10.1.2', '10.1.2.3/32', 'fe80::1%eth0', '', 'example.com']) {
    expect(() => checkAddress('w', 'ipAddress', bad)).toThrow(`w.ipAddress: got ${JSON.stringify(bad)}; must be an IP address, such as 10.1.2.3`);
  }
});

const v4 = fc.ipV4();
const v6 = fc.ipV6();

/** The network of an address according to Node: the range's lowest address is the one with nothing of the range below it. */
function nodeSaysSubnet(address: string, prefix: number, family: 'ipv4' | 'ipv6', candidate: string): boolean {
  const list = new BlockList();
  list.addSubnet(address, prefix, family);
  return list.check(candidate, family);
}

test('accepts exactly the ranges whose address is the first of its own network, as Node counts it', () => {
  fc.assert(fc.property(v4, fc.integer({ min: 0, max: 32 }), (address, prefix) => {
    const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    const below = value - 1;
    const before = [below >>> 24, below >>> 16 & 255, below >>> 8 & 255, below & 255].join('.');
    const isFirst = value === 0 || !nodeSaysSubnet(address, prefix, 'ipv4', before);
    expect(accepts(`${address}/${prefix}`)).toBe(isFirst);
  }), { numRuns: 500 });
});

test('the fix that it offers is accepted, and is the same network to Node', () => {
  fc.assert(fc.property(fc.oneof(v4, v6), fc.integer({ min: 0, max: 128 }), (address, prefix) => {
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    fc.pre(prefix <= (family === 'ipv4' ? 32 : 128) && !/^(0{0,4}:)*:?(0{0,4}:)*ffff:/i.test(address));
    try {
      check(`${address}/${prefix}`);
    } catch (e) {
      const fixed = /; write (\S+)$/.exec((e as Error).message)![1];
      expect(accepts(fixed)).toBe(true);
      const [first, length] = fixed.split('/');
      expect(Number(length)).toBe(prefix);
      expect(nodeSaysSubnet(address, prefix, family, first)).toBe(true);
      expect(nodeSaysSubnet(first, prefix, family, address)).toBe(true);
    }
  }), { numRuns: 500 });
});

test('never takes a text whose address Node does not know', () => {
  fc.assert(fc.property(fc.stringMatching(/^[0-9a-f:.]{0,20}\/[0-9]{1,3}$/), text => {
    if (accepts(text)) { expect(isIP(text.split('/')[0])).toBeGreaterThan(0); }
  }), { numRuns: 2000 });
});

test('a range has its addresses and no others', () => {
  expect([contains('10.2.0.0/16', '10.2.3.4'), contains('10.2.0.0/16', '10.3.0.1'), contains('2001:db8::/32', '2001:db8::1'), contains('10.0.0.0/8', '::1')])
    .toEqual([true, false, true, false]);
});

test('ranges overlap when one has an address of the other', () => {
  expect([overlap('10.0.0.0/12', '10.1.0.0/16'), overlap('10.1.0.0/16', '10.0.0.0/12'), overlap('10.1.0.0/16', '10.2.0.0/16'), overlap('10.0.0.0/8', '::/0')])
    .toEqual([true, true, false, false]);
});
