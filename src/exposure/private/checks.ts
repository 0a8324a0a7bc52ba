import { isIP } from 'net';
import { Construct } from 'constructs';
import { CloudName, cloudOf } from '../../private/cloud';
import { invalid } from '../../private/errors';
import { isToken } from '../../private/numbers';

const HOST = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/;

/** Checks a DNS name, or a wildcard for those of a domain. */
export function checkHost(where: string, prop: string, host: string): string {
  if (isToken(host)) { return host; }
  if (typeof host === 'string' && isIP(host) > 0) {
    throw invalid(where, prop, host, 'be a DNS name, not an address');
  }
  if (typeof host !== 'string' || host.length > 253 || !HOST.test(host) || host.split('.').some(part => part.length > 63)) {
    throw invalid(where, prop, host, 'be a DNS name of lower case letters, digits, "-" and ".", such as "llm.example.com" or "*.example.com"',
      'give the name alone, without scheme, port and path');
  }
  return host;
}

/** Checks a list of hosts: at least one, none twice. */
export function checkHosts(where: string, hosts: string[]): string[] {
  if (!Array.isArray(hosts) || hosts.length === 0 || hosts.length > 16) {
    throw invalid(where, 'hosts', hosts, 'be a list of 1 to 16 DNS names');
  }
  hosts.forEach((host, i) => {
    checkHost(where, `hosts[${i}]`, host);
    if (hosts.indexOf(host) < i) { throw invalid(where, `hosts[${i}]`, host, 'be in the list once', 'remove it'); }
  });
  return hosts;
}

/** Checks the prefix of request paths by what both Ingress and HTTPRoute take. */
export function checkPath(where: string, prop: string, path: string): string {
  if (isToken(path)) { return path; }
  if (typeof path !== 'string' || path.length > 1024 || !/^\/[A-Za-z0-9/\-._~!$&'()*+,;=:@%]*$/.test(path)
    || /\/\/|\/\.\.?(\/|$)|%2f/i.test(path) || /%(?![0-9a-f]{2})/i.test(path)) {
    throw invalid(where, prop, path, 'start with "/" and be the path of an address, without "//", ".", ".." , "?" and "#"', 'write it as clients send it, such as "/v1"');
  }
  return path;
}

/**
 * Refuses what is for another cloud than the one of the chart's cluster, which may be declared after the workload.
 *
 * Annotations for another cloud do nothing, so that a load balancer that should be internal would be public.
 */
export function requireCloud(scope: Construct, prop: string, got: string, cloud: CloudName): void {
  scope.node.addValidation({
    validate: () => {
      const actual = cloudOf(scope);
      if (actual === undefined || actual === cloud) { return []; }
      return [invalid(scope, prop, got, `be for ${actual.toUpperCase()}, where the cluster of its chart is`, 'leave it out, or state another cluster for the chart').message];
    },
  });
}

/** Checks that a value is one of a class's own, as `Cloud.AKS` is. */
export function checkInstance(where: string, prop: string, value: object | undefined, type: Function, example: string): void {
  if (value !== undefined && !(value instanceof type)) { throw invalid(where, prop, value, `be a ${type.name}`, `for example ${example}`); }
}
