import { IConstruct } from 'constructs';

const LONGEST = 63;

/**
 * The name that cdk8s's `Names.toDnsLabel` makes of a construct's path, but the same on every machine:
 * that one asks the locale for lower case and the environment for the way to hash.
 */
export function dnsLabel(construct: IConstruct, options: { maxLen?: number; hash?: boolean } = {}): string {
  const max = options.maxLen ?? LONGEST;
  const parts = construct.node.path.split('/');
  if (parts.length === 1 && parts[0].length <= max && /^[0-9a-z-]+$/.test(parts[0])) { return parts[0]; }
  const names = parts.map(part => part.toLowerCase().replace(/[^0-9a-zA-Z-_.]/g, '').slice(0, max));
  if (options.hash ?? true) { names.push(construct.node.addr.slice(0, 8)); }
  // cut at the front: the last parts say most
  return names.reverse()
    .filter((name, index) => name !== names[index - 1])
    .join('/').slice(0, max).split('/').reverse()
    .filter(name => name).join('-').split('-')
    .filter(name => name && name !== 'resource' && name !== 'default').join('-');
}
