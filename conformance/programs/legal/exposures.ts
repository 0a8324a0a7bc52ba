import * as fc from 'fast-check';
import { freePort as port } from './amounts';
import { calling, Choice, distinct, merged, names, one, properties } from './choice';
import { annotations, cidr, dnsLabel, host, requestPath, subdomain } from './texts';
import { Properties } from '../expression';

const hosts = distinct(host, 1, 4);
const path = requestPath;

const tls: Choice = one(
  calling('Tls.secret', subdomain),
  calling('Tls.clusterIssuer', subdomain),
  calling('Tls.clusterIssuer', subdomain, properties({}, { secretName: subdomain }, 0.5)),
  calling('Tls.issuer', subdomain, properties({}, { secretName: subdomain }, 0.5)),
);

/** Which clouds can do what with an address is theirs to say. */
const address: fc.Arbitrary<Properties> = one(
  fc.constant({}),
  properties({ cloud: names('Cloud.AKS', 'Cloud.GKE') }, { ipAddress: fc.constantFrom('10.1.2.3', '203.0.113.9', '2001:db8::1'), internal: fc.boolean() }),
  properties({ cloud: names('Cloud.ACK'), internal: true }, { ipAddress: fc.constantFrom('10.1.2.3') }),
  properties({ cloud: names('Cloud.GKE'), addressName: fc.constantFrom('models', 'A_b.c') }, { internal: fc.boolean() }),
  properties({ cloud: names('Cloud.AKS'), addressName: fc.constantFrom('models', 'A_b.c') }),
  properties({}, { internal: fc.boolean(), ipAddress: fc.constantFrom('10.1.2.3', '2001:db8::1') }, 0.5),
) as fc.Arbitrary<Properties>;

const loadBalancer = calling('Exposure.loadBalancer', merged(address, properties({}, {
  port, sourceRanges: distinct(cidr, 1, 3), dnsName: host, annotations,
})));

const ingress = calling('Exposure.ingress', merged(properties({ hosts }, { path, tls, port, annotations }, 0.4), one(
  properties({}, { className: one(fc.constantFrom('nginx', 'webapprouting.kubernetes.azure.com'), subdomain), controllerNamespace: dnsLabel() }, 0.4),
  // Their load balancers are outside the cluster.
  properties({ className: fc.constantFrom('azure-application-gateway', 'gce', 'gce-internal') }),
) as fc.Arbitrary<Properties>));

const route = properties({ hosts }, { path, dnsName: host, port, annotations }, 0.3);
/** A cloud implements a Gateway, or pods do. */
const implementation = one(
  properties({}, { cloud: names('Cloud.AKS', 'Cloud.GKE', 'Cloud.ACK') }),
  properties({}, { cloud: names('Cloud.AKS', 'Cloud.ACK'), proxyNamespace: dnsLabel() }),
) as fc.Arbitrary<Properties>;

const gateway = calling('Exposure.gateway', one(
  merged(route, implementation, properties({ gateway: subdomain }, { gatewayNamespace: dnsLabel(), listener: subdomain })),
  merged(route, implementation, properties({ className: one(fc.constantFrom('istio'), subdomain) }, { tls }, 0.5)),
  merged(route, properties({ className: fc.constantFrom('gke-l7-global-external-managed', 'gke-l7-rilb') }, { tls, cloud: names('Cloud.GKE') }, 0.5)),
));

export const exposure: Choice = one(
  calling('Exposure.clusterIp'),
  calling('Exposure.clusterIp', properties({}, { port }, 0.7)),
  loadBalancer, ingress, gateway,
);

