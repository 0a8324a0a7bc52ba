import { said, saidWith } from './manifests';

const service = () => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'it' }, spec: { ports: [{ name: 'http', port: 80, targetPort: 8080 }] } });
const ingress = () => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'it' },
  spec: { rules: [{ host: 'a.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
});

test('Services and Ingresses in good order are taken', () => {
  expect(said(service())).toEqual([]);
  expect(said(ingress())).toEqual([]);
  expect(said({ ...service(), spec: { clusterIP: 'None' } })).toEqual([]);
  expect(said({ ...service(), spec: { type: 'ExternalName', externalName: 'a.example.com' } })).toEqual([]);
  expect(saidWith(service(), 'spec', { type: 'NodePort', ports: [{ port: 53, protocol: 'UDP', name: 'a', nodePort: 30000 }, { port: 53, name: 'b' }] })).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['spec.ports[0].port', 70000, 'spec.ports[0].port: got 70000; must be a whole number from 1 to 65535'],
  ['spec.ports[0].port', '80', 'spec.ports[0].port: got "80"; must be a whole number from 1 to 65535'],
  ['spec.ports[0].targetPort', 0, 'spec.ports[0].targetPort: got 0; must be a whole number from 1 to 65535, or the name of a container\'s port'],
  ['spec.ports[0].targetPort', 'HTTP', 'spec.ports[0].targetPort: got "HTTP"; must be a whole number'],
  ['spec.ports', [{ port: 80, name: 'a' }, { port: 80, name: 'b' }], 'spec.ports[1].port: got 80; must be in the list once for TCP; remove it'],
  ['spec.ports', [{ port: 80 }, { port: 81 }], 'spec.ports[0].name: got nothing; must be given, because the Service has several ports'],
  ['spec.ports', [{ port: 80, name: 'a' }, { port: 81, name: 'a' }], 'spec.ports[1].name: got "a"; must be the name of one port; rename it'],
  ['spec.ports[0].name', 'HTTP', 'spec.ports[0].name: got "HTTP"; must be at most 63 lower case letters, digits and "-"'],
  ['spec.ports[0].protocol', 'HTTP', 'spec.ports[0].protocol: got "HTTP"; must be "TCP", "UDP" or "SCTP"'],
  ['spec.ports[0].nodePort', 80, 'spec.ports[0].nodePort: got 80; must be a whole number from 30000 to 32767; leave it out and one is chosen'],
  ['spec.ports[0].nodePort', 30080, 'spec.ports[0].nodePort: got 30080; must be left out in a Service of type ClusterIP'],
  ['spec.ports', [], 'spec.ports: got []; must have at least one port'],
  ['spec.type', 'Loadbalancer', 'spec.type: got "Loadbalancer"; must be "ClusterIP", "NodePort", "LoadBalancer" or "ExternalName"'],
  ['spec.clusterIP', '300.1.1.1', 'spec.clusterIP: got "300.1.1.1"; must be an IP address, or "None"'],
  ['spec', { type: 'LoadBalancer', clusterIP: 'None', ports: [{ port: 80 }] }, 'spec.clusterIP: got "None"; must be left out in a Service of type LoadBalancer'],
  ['spec', { type: 'ExternalName' }, 'spec.externalName: got nothing; must be a host name'],
  ['spec.loadBalancerSourceRanges', ['10.0.0.0'], 'spec.loadBalancerSourceRanges[0]: got "10.0.0.0"; must be an address and the length of its prefix, such as 10.0.0.0/8'],
  ['spec.externalIPs', ['x'], 'spec.externalIPs[0]: got "x"; must be an IP address'],
  ['spec.externalTrafficPolicy', 'local', 'spec.externalTrafficPolicy: got "local"; must be "Cluster" or "Local"'],
  ['spec.sessionAffinity', 'yes', 'spec.sessionAffinity: got "yes"; must be "ClientIP" or "None"'],
  ['spec.selector', { a: 'b c' }, 'spec.selector.a: got "b c"; must be a string of at most 63'],
])('of a Service, %s: %j is refused', (path, value, message) => {
  expect(saidWith(service(), path, value).join('\n')).toContain(message);
});

test.each<[string, unknown, string]>([
  ['spec.rules[0].host', 'Bad_Host!', 'spec.rules[0].host: got "Bad_Host!"; must be a host name in lower case, of which the first part may be "*"'],
  ['spec.rules[0].host', 'a.*.com', 'spec.rules[0].host: got "a.*.com"; must be a host name'],
  ['spec.rules', [], 'spec.rules: got []; must have at least one rule; or give a defaultBackend'],
  ['spec.rules[0].http.paths[0].path', 'x', 'spec.rules[0].http.paths[0].path: got "x"; must start with "/"'],
  ['spec.rules[0].http.paths[0].pathType', 'prefix', 'spec.rules[0].http.paths[0].pathType: got "prefix"; must be "Exact", "Prefix" or "ImplementationSpecific"'],
  ['spec.rules[0].http.paths[0].backend', {}, 'spec.rules[0].http.paths[0].backend: got {}; must have a service or a resource'],
  ['spec.rules[0].http.paths[0].backend.service.name', 'A', 'spec.rules[0].http.paths[0].backend.service.name: got "A"; must be the name of a Service'],
  ['spec.rules[0].http.paths[0].backend.service.port', { number: 99999 }, 'spec.rules[0].http.paths[0].backend.service.port: got {"number":99999}; must have a number from 1 to 65535 or a name'],
  ['spec.defaultBackend', {}, 'spec.defaultBackend: got {}; must have a service or a resource'],
  ['spec.tls', [{ hosts: ['B!'] }], 'spec.tls[0].hosts: got "B!"; must be a host name in lower case'],
])('of an Ingress, %s: %j is refused', (path, value, message) => {
  expect(saidWith(ingress(), path, value).join('\n')).toContain(message);
});
