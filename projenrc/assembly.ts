import { createHash } from 'crypto';
import { OPTIONAL_PEERS } from './peers';

/**
 * Takes the optional peers out of a compiled assembly.
 *
 * jsii knows no optional peers: it lists them like the others, and then the Python, Java, Go and .NET packages require them,
 * for Python 760 MB in place of 46. Nothing in the assembly may name a type of theirs, so nothing is lost; that is checked here.
 */
export function withoutOptionalPeers(assembly: any): any {
  const rest = { ...assembly };
  for (const list of ['dependencies', 'dependencyClosure']) {
    rest[list] = Object.fromEntries(Object.entries(assembly[list] ?? {}).filter(([name]) => !isOptional(name)));
  }
  const used = typeNames(rest.types).find(fqn => isOptional(fqn.split('.')[0]));
  if (used) {
    throw new Error(`${used} is part of a public signature; the types of an optional peer must stay in private code`);
  }
  return { ...rest, fingerprint: fingerprint(rest) };
}

function isOptional(name: string): boolean {
  return OPTIONAL_PEERS.includes(name);
}

/** Every type that the API refers to by its full name. */
function typeNames(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) { return []; }
  return Object.entries(node).flatMap(([key, value]) => key === 'fqn' || key === 'base' ? [String(value)]
    : key === 'interfaces' && Array.isArray(value) ? value.map(String) : typeNames(value));
}

/** jsii's own: over everything but the fingerprint itself. */
function fingerprint(assembly: any): string {
  const { fingerprint: _old, ...content } = assembly;
  return createHash('sha256').update(JSON.stringify(content)).digest('base64');
}
