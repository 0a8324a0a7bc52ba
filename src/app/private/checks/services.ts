import { isIP } from 'net';
import { isCidr, isHost, isPort, isPortName, isSubdomain } from './formats';
import { checkLabels } from './metadata';
import { Report } from './report';

/** Services. */
export function checkService(manifest: any, report: Report): void {
  const spec = report.map('spec', manifest.spec);
  const type = spec.type ?? 'ClusterIP';
  report.oneOf('spec.type', spec.type, ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']);
  checkLabels(spec.selector, 'spec.selector', report);
  const ports = report.list('spec.ports', spec.ports);
  if (type === 'ExternalName') {
    if (!isSubdomain(String(spec.externalName ?? '').replace(/\.$/, ''))) { report.refuse('spec.externalName', spec.externalName, 'be a host name'); }
  } else if (ports.length === 0 && spec.clusterIP !== 'None') {
    report.refuse('spec.ports', spec.ports, 'have at least one port');
  }
  checkPorts(ports, type, report);
  if (spec.clusterIP !== undefined && spec.clusterIP !== 'None' && spec.clusterIP !== '' && isIP(spec.clusterIP) === 0) {
    report.refuse('spec.clusterIP', spec.clusterIP, 'be an IP address, or "None"');
  }
  if (spec.clusterIP === 'None' && (type === 'NodePort' || type === 'LoadBalancer')) {
    report.refuse('spec.clusterIP', 'None', `be left out in a Service of type ${type}`);
  }
  report.list('spec.loadBalancerSourceRanges', spec.loadBalancerSourceRanges).forEach((range, i) => {
    if (!isCidr(range)) { report.refuse(`spec.loadBalancerSourceRanges[${i}]`, range, 'be an address and the length of its prefix, such as 10.0.0.0/8'); }
  });
  report.list('spec.externalIPs', spec.externalIPs).forEach((address, i) => {
    if (isIP(String(address)) === 0) { report.refuse(`spec.externalIPs[${i}]`, address, 'be an IP address'); }
  });
  report.oneOf('spec.externalTrafficPolicy', spec.externalTrafficPolicy, ['Cluster', 'Local']);
  report.oneOf('spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']);
}

function checkPorts(ports: any[], type: string, report: Report): void {
  const names = new Set<string>();
  const numbers = new Set<string>();
  ports.forEach((given, i) => {
    const { name, port, targetPort, nodePort, protocol = 'TCP' } = given ?? {};
    const at = `spec.ports[${i}]`;
    if (!isPort(port)) { report.refuse(`${at}.port`, port, 'be a whole number from 1 to 65535'); }
    if (targetPort !== undefined && !isPort(targetPort) && !isPortName(targetPort)) {
      report.refuse(`${at}.targetPort`, targetPort, 'be a whole number from 1 to 65535, or the name of a container\'s port');
    }
    report.oneOf(`${at}.protocol`, protocol, ['TCP', 'UDP', 'SCTP']);
    if (nodePort !== undefined && nodePort !== 0) {
      report.integer(`${at}.nodePort`, nodePort, 30000, 32767, 'leave it out and one is chosen');
      if (type !== 'NodePort' && type !== 'LoadBalancer') { report.refuse(`${at}.nodePort`, nodePort, `be left out in a Service of type ${type}`); }
    }
    if (name === undefined && ports.length > 1) { report.refuse(`${at}.name`, name, 'be given, because the Service has several ports'); }
    if (name !== undefined && name !== '' && (typeof name !== 'string' || !/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name))) {
      report.refuse(`${at}.name`, name, 'be at most 63 lower case letters, digits and "-"');
    }
    if (names.has(name) && name !== undefined) { report.refuse(`${at}.name`, name, 'be the name of one port', 'rename it'); }
    names.add(name);
    const number = `${port}/${protocol}`;
    if (numbers.has(number)) { report.refuse(`${at}.port`, port, `be in the list once for ${protocol}`, 'remove it'); }
    numbers.add(number);
  });
}

/** Ingresses. */
export function checkIngress(manifest: any, report: Report): void {
  const spec = report.map('spec', manifest.spec);
  const rules = report.list('spec.rules', spec.rules);
  if (rules.length === 0 && spec.defaultBackend === undefined) { report.refuse('spec.rules', spec.rules, 'have at least one rule', 'or give a defaultBackend'); }
  if (spec.defaultBackend !== undefined) { checkBackend(spec.defaultBackend, 'spec.defaultBackend', report); }
  rules.forEach((rule, i) => {
    const at = `spec.rules[${i}]`;
    if (rule?.host !== undefined && rule.host !== '' && !isHost(rule.host)) {
      report.refuse(`${at}.host`, rule.host, 'be a host name in lower case, of which the first part may be "*"');
    }
    report.list(`${at}.http.paths`, rule?.http?.paths).forEach((path, j) => {
      report.oneOf(`${at}.http.paths[${j}].pathType`, path?.pathType ?? '', ['Exact', 'Prefix', 'ImplementationSpecific']);
      if (path?.pathType !== 'ImplementationSpecific' && !String(path?.path ?? '').startsWith('/')) {
        report.refuse(`${at}.http.paths[${j}].path`, path?.path, 'start with "/"');
      }
      checkBackend(path?.backend, `${at}.http.paths[${j}].backend`, report);
    });
  });
  report.list('spec.tls', spec.tls).forEach((tls, i) => {
    report.list(`spec.tls[${i}].hosts`, tls?.hosts).filter(host => !isHost(host))
      .forEach(host => report.refuse(`spec.tls[${i}].hosts`, host, 'be a host name in lower case, of which the first part may be "*"'));
  });
}

function checkBackend(backend: any, at: string, report: Report): void {
  const { service, resource } = report.map(at, backend);
  if ((service === undefined) === (resource === undefined)) {
    report.refuse(at, backend, 'have a service or a resource');
  } else if (service) {
    if (!isSubdomain(service.name)) { report.refuse(`${at}.service.name`, service.name, 'be the name of a Service'); }
    const { name, number } = service.port ?? {};
    if (name === undefined ? !isPort(number) : number !== undefined) { report.refuse(`${at}.service.port`, service.port, 'have a number from 1 to 65535 or a name'); }
  }
}
