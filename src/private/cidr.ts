/* eslint-disable no-bitwise -- addresses are bits */
import { isIP } from 'net';
import { IConstruct } from 'constructs';
import { invalid } from './errors';
import { isToken } from './numbers';
import { checkList } from './props';
import { isTerraformToken } from './terraform';

/** Checks an address range in the one spelling that every Kubernetes version takes: `10.0.0.0/8`, `2001:db8::/32`. */
export function checkCidr(where: IConstruct | string, prop: string, cidr: string): string {
  if (isToken(cidr) || isTerraformToken(cidr)) { return cidr; }
  const range = typeof cidr === 'string' ? parse(cidr) : undefined;
  if (!range) {
    throw invalid(where, prop, cidr, 'be an address and the length of its prefix, such as 10.0.0.0/8 or 2001:db8::/32',
      typeof cidr === 'string' && isIP(cidr) > 0 ? `write ${cidr}/${isIP(cidr) === 4 ? 32 : 128} for this one address` : undefined);
  }
  if (range.address !== range.first) {
    throw invalid(where, prop, cidr, 'have no bits set after its prefix', `write ${print(range)}/${range.prefix}`);
  }
  return cidr;
}

/** As `checkCidr`, where only IPv4 will do. */
export function checkCidr4(where: IConstruct | string, prop: string, cidr: string): string {
  if (parse(checkCidr(where, prop, cidr))?.bits === 128) { throw invalid(where, prop, cidr, 'be a range of IPv4', 'for example "10.0.0.0/20"'); }
  return cidr;
}

/** Checks a list of ranges that doesn't say one twice. */
export function checkCidrs(where: IConstruct | string, prop: string, cidrs: string[]): string[] {
  checkList(where, prop, cidrs);
  cidrs.forEach((cidr, i) => {
    checkCidr(where, `${prop}[${i}]`, cidr);
    if (cidrs.indexOf(cidr) < i) { throw invalid(where, `${prop}[${i}]`, cidr, 'be in the list once', 'remove it'); }
  });
  return cidrs;
}

/** Checks one address, of IPv4 or IPv6. */
export function checkAddress(where: IConstruct | string, prop: string, address: string): string {
  if (!isToken(address) && !isTerraformToken(address) && (typeof address !== 'string' || isIP(address) === 0 || address.includes('%'))) {
    throw invalid(where, prop, address, 'be an IP address, such as 10.1.2.3');
  }
  return address;
}

/** Whether a range has an address. */
export function contains(cidr: string, address: string): boolean {
  const [range, one] = [parse(cidr), parse(`${address}/${isIP(address) === 4 ? 32 : 128}`)];
  return !range || !one || (range.bits === one.bits && firstOf(one.address, range.bits, range.prefix) === range.first);
}

/** Whether two ranges have an address in common. */
export function overlap(a: string, b: string): boolean {
  const [one, other] = [parse(a), parse(b)];
  if (!one || !other || one.bits !== other.bits) { return false; }
  const prefix = Math.min(one.prefix, other.prefix);
  return firstOf(one.address, one.bits, prefix) === firstOf(other.address, one.bits, prefix);
}

interface Range {
  readonly address: bigint;
  /** The first address of the range. */
  readonly first: bigint;
  readonly prefix: number;
  /** 32 or 128. */
  readonly bits: number;
}

function parse(cidr: string): Range | undefined {
  const [, ip, length] = /^([^/%]+)\/(0|[1-9]\d{0,2})$/.exec(cidr) ?? [];
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(ip ?? '') as 0 | 4 | 6];
  const prefix = Number(length);
  if (bits === 0 || prefix > bits) { return undefined; }
  const address = bits === 32 ? number(ip.split('.'), 8, 10) : number(groups(ip), 16, 16);
  // An IPv4 address in IPv6 clothes; Kubernetes refuses it in new objects.
  if (bits === 128 && address >> 32n === 0xffffn) { return undefined; }
  return { address, first: firstOf(address, bits, prefix), prefix, bits };
}

function firstOf(address: bigint, bits: number, prefix: number): bigint {
  const rest = BigInt(bits - prefix);
  return (address >> rest) << rest;
}

/** The eight groups of an IPv6 address, "::" and a dotted tail written out. */
function groups(ip: string): string[] {
  const text = ip.replace(/\d+\.\d+\.\d+\.\d+$/, dotted => {
    const tail = number(dotted.split('.'), 8, 10);
    return `${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  });
  const [head, rest] = text.split('::').map(side => (side === '' ? [] : side.split(':')));
  return rest ? [...head, ...Array(8 - head.length - rest.length).fill('0'), ...rest] : head;
}

function number(parts: string[], bits: number, radix: number): bigint {
  return parts.reduce((sum, part) => (sum << BigInt(bits)) + BigInt(parseInt(part, radix)), 0n);
}

/** The first address of a range; in IPv6 the zeros at the end are left out. */
function print(range: Range): string {
  const [size, count] = range.bits === 32 ? [8, 4] : [16, 8];
  const parts = Array.from({ length: count }, (_, i) => Number((range.first >> BigInt(size * (count - 1 - i))) & BigInt(2 ** size - 1)));
  if (range.bits === 32) { return parts.join('.'); }
  const text = parts.map(part => part.toString(16)).join(':');
  return text.replace(/(^|:)0(:0)+$/, '::');
}
