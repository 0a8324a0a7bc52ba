import { Construct, IConstruct } from 'constructs';
import { invalid, pathOf } from './errors';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Checks a construct that something is made in, or said of. */
export function checkScope(where: string, scope: IConstruct, example: string): void {
  if (!Construct.isConstruct(scope)) { throw invalid(where, 'scope', scope, 'be a construct', `for example ${example}`); }
}

/** Checks the id of a construct, and what it is made in, before the constructs library falls over them. `within` is what such a construct is mostly in. */
export function checkId(type: string, id: string, scope: IConstruct, within: 'chart' | 'stack' = 'chart'): string {
  checkScope(type, scope, `new ${type}(${within}, "main")`);
  if (typeof id !== 'string' || id === '') { throw invalid(type, 'id', id, 'be text that is not empty', `for example new ${type}(scope, "main")`); }
  if (id in Object.prototype) { throw invalid(type, 'id', id, 'not be the name of something that every object of JavaScript has', 'take another id, and give the name by a property'); }
  if (scope.node.tryFindChild(id)) { throw invalid(scope, 'id', id, `be another than that of ${pathOf(scope.node.tryFindChild(id)!)}`, 'take another id for one of them; where its object must keep the name, give that as "name"'); }
  return id;
}

/**
 * Checks a name that must be a DNS label (RFC 1123), as Services, containers, ports and namespaces are.
 *
 * @param room how many characters a controller appends (a Deployment's pods get 17), so that what it makes still fits
 */
export function checkDnsLabel(where: IConstruct | string, prop: string, name: string, max = 63, why?: string): string {
  if (typeof name !== 'string' || !LABEL.test(name)) {
    throw invalid(where, prop, name, 'be lower case letters, digits and "-", and start and end with a letter or digit', 'rename it');
  }
  if (name.length > max) {
    throw invalid(where, prop, name, `have at most ${max} characters${why ? `, ${why}` : ''}`, `shorten it by ${name.length - max}`);
  }
  return name;
}

/** Checks a Service's name: a DNS label that starts with a letter (RFC 1035). */
export function checkServiceName(where: IConstruct | string, prop: string, name: string): string {
  // 63 less the 17 that a ReplicaSet and its pods append, so that pod names stay valid host names
  checkDnsLabel(where, prop, name, 46, 'so that its pods, "<name>-<hash>-<suffix>", have valid host names');
  if (!/^[a-z]/.test(name)) {
    throw invalid(where, prop, name, 'start with a letter, because a Service has this name', 'rename it');
  }
  return name;
}

/** Checks a name that may have dots (RFC 1123 subdomain), as Secrets and ConfigMaps are. */
export function checkSubdomain(where: IConstruct | string, prop: string, name: string): string {
  if (typeof name !== 'string' || name.length > 253 || !name.split('.').every(part => LABEL.test(part))) {
    throw invalid(where, prop, name, 'be at most 253 lower case letters, digits, "-" and ".", each part starting and ending with a letter or digit', 'rename it');
  }
  return name;
}

/** Turns any text into a valid label value: what can't stand becomes "-", the ends are trimmed, the rest is cut at 63. */
export function toLabelValue(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
