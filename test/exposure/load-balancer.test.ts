import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { expose } from './support';
import { PlatformApp } from '../../src/app';
import { Cloud, Exposure, LoadBalancerOptions } from '../../src/exposure';
import { declareCluster } from '../../src/private/declared-cluster';
import { setSetting } from '../../src/private/settings';
import { chartOf, serve } from '../support/workloads';

const AZURE = 'service.beta.kubernetes.io/azure-load-balancer-';
const ALIBABA = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';
const annotations = (options: LoadBalancerOptions, around = {}) => expose(Exposure.loadBalancer(options), around).config.serviceAnnotations;

const isOn = (cloud: string) => (_: unknown, chart: any) => setSetting(chart, 'cluster', { cloud });

test('a load balancer listens on 80 unless told otherwise, and callers come from outside', () => {
  expect(expose(Exposure.loadBalancer()).config).toEqual({ serviceType: 'LoadBalancer', servicePort: 80, fromOutside: true });
  expect(expose(Exposure.loadBalancer({ port: 8080 })).config.servicePort).toBe(8080);
});

test('writes no annotation that nothing asks for', () => {
  for (const cloud of [undefined, Cloud.AKS, Cloud.GKE, Cloud.ACK]) { expect(annotations({ cloud })).toBeUndefined(); }
});

test('source ranges reach the Service', () => {
  const { find } = expose(Exposure.loadBalancer({ sourceRanges: ['203.0.113.0/24', '2001:db8::/32'] }));
  expect(find('Service').spec.loadBalancerSourceRanges).toEqual(['203.0.113.0/24', '2001:db8::/32']);
});

describe('source ranges on ACK', () => {
  const sourceRanges = ['203.0.113.0/24'];
  const warnings = (options: LoadBalancerOptions) => expose(Exposure.loadBalancer({ sourceRanges, ...options })).warnings;

  test('are a warning, since a classic load balancer lets everyone in', () => {
    expect(warnings({ cloud: Cloud.ACK })).toEqual(['llm/llama: its load balancer of ACK lets everyone in, because a classic one ignores source ranges; '
      + `make an access control list in the cloud and name it in the annotations ${ALIBABA}acl-status: "on", -acl-type: "white" and -acl-id`]);
    expect(expose(Exposure.loadBalancer({ cloud: Cloud.ACK })).warnings).toEqual([]);
    expect(warnings({ cloud: Cloud.AKS })).toEqual([]);
  });

  test('are none with an access control list, or where the load balancer is one of the network', () => {
    expect(warnings({ cloud: Cloud.ACK, annotations: { [`${ALIBABA}acl-id`]: 'acl-1' } })).toEqual([]);
    const app = new PlatformApp({ existingNamespaces: ['models'] });
    const { service } = serve({ exposure: Exposure.loadBalancer({ cloud: Cloud.ACK, sourceRanges }) }, chartOf(app));
    ApiObject.of(service).addJsonPatch(JsonPatch.add('/spec/loadBalancerClass', 'alibabacloud.com/nlb'));
    app.synthYaml();
    expect(app.warnings).toEqual([]);
  });
});

test('makes nothing beside the Service', () => {
  expect(expose(Exposure.loadBalancer()).parts).toEqual({});
});

describe('health checks', () => {
  const around = { healthPath: '/health' };

  test('AKS asks the health path over HTTP', () => {
    expect(annotations({ cloud: Cloud.AKS }, around)).toEqual({ [`${AZURE}health-probe-protocol`]: 'http', [`${AZURE}health-probe-request-path`]: '/health' });
  });

  test('ACK asks the health path over HTTP', () => {
    expect(annotations({ cloud: Cloud.ACK }, around)).toEqual({ [`${ALIBABA}health-check-type`]: 'http', [`${ALIBABA}health-check-uri`]: '/health' });
  });

  test('where the health path is on a port of its own, which the Service hasn\'t, the TCP port is checked', () => {
    for (const cloud of [undefined, Cloud.AKS, Cloud.GKE, Cloud.ACK]) {
      const { config } = expose(Exposure.loadBalancer({ cloud }), { healthPath: '/ready', healthPort: 8081 });
      expect(config).toEqual({ serviceType: 'LoadBalancer', servicePort: 80, fromOutside: true });
    }
  });

  test('GKE checks nodes by itself', () => {
    expect(annotations({ cloud: Cloud.GKE }, around)).toBeUndefined();
  });

  test('on an unknown cloud Azure is told the path, unless it is the one that it would ask for', () => {
    expect(annotations({}, around)).toEqual({ [`${AZURE}health-probe-request-path`]: '/health' });
    expect(annotations({}, { healthPath: '/' })).toBeUndefined();
  });

  test('the cloud of the chart\'s cluster counts', () => {
    expect(annotations({}, { ...around, prepare: isOn('gke') })).toBeUndefined();
    expect(annotations({}, { ...around, prepare: isOn('aks') })).toHaveProperty([`${AZURE}health-probe-protocol`]);
  });
});

describe('internal', () => {
  test.each([
    [Cloud.AKS, { [`${AZURE}internal`]: 'true' }],
    [Cloud.GKE, { 'networking.gke.io/load-balancer-type': 'Internal' }],
    [Cloud.ACK, { [`${ALIBABA}address-type`]: 'intranet' }],
  ])('%j has its annotation', (cloud, expected) => {
    expect(annotations({ internal: true, cloud })).toEqual(expected);
  });

  test('stays off the internet on every cloud when none is known', () => {
    expect(annotations({ internal: true })).toEqual({
      [`${AZURE}internal`]: 'true',
      'networking.gke.io/load-balancer-type': 'Internal',
      [`${ALIBABA}address-type`]: 'intranet',
      'service.beta.kubernetes.io/aws-load-balancer-internal': 'true',
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
    });
  });
});

test('a load balancer of another cloud than the cluster\'s is refused, which would be public for want of its annotation', () => {
  expect(() => annotations({ cloud: Cloud.GKE, internal: true }, { prepare: isOn('aks') }))
    .toThrow('llm/llama.exposure.cloud: got "gke"; must be for AKS, where the cluster of its chart is; leave it out, or state another cluster for the chart');
  expect(annotations({ cloud: Cloud.AKS, internal: true }, { prepare: isOn('aks') })).toEqual({ [`${AZURE}internal`]: 'true' });
});

test('a cluster that is declared after the workload counts, too', () => {
  const app = new PlatformApp({ existingNamespaces: ['models'] });
  serve({ exposure: Exposure.loadBalancer({ cloud: Cloud.GKE }) }, chartOf(app));
  class Later extends Construct {
    public readonly name = 'later';
    public readonly cloud = 'aks';
  }
  declareCluster(new Later(app, 'later'));
  expect(() => app.synthYaml()).toThrow('lab/llama.exposure.cloud: got "gke"; must be for AKS');
});

describe('slow requests', () => {
  test.each([
    [Duration.minutes(4), undefined],
    [Duration.seconds(241), '5'],
    [Duration.minutes(30), '30'],
  ])('Azure keeps connections for %s', (requestTimeout, minutes) => {
    for (const cloud of [undefined, Cloud.AKS]) {
      expect(annotations({ cloud }, { requestTimeout })?.[`${AZURE}tcp-idle-timeout`]).toBe(minutes);
    }
  });

  test('more than AKS can wait is a warning', () => {
    const { config, warnings } = expose(Exposure.loadBalancer({ cloud: Cloud.AKS }), { requestTimeout: Duration.hours(2) });
    expect(config.serviceAnnotations).toEqual({ [`${AZURE}tcp-idle-timeout`]: '100' });
    expect(warnings).toEqual(['llm/llama: its requests may take 7200 s, but a load balancer of AKS drops connections that are silent for 6000 s; '
      + 'stream answers, or let clients ask for the result later']);
    expect(expose(Exposure.loadBalancer(), { requestTimeout: Duration.hours(2) }).warnings).toEqual([]);
  });

  test('more than ACK waits is a warning, and GKE has no limit', () => {
    const requestTimeout = Duration.minutes(20);
    expect(expose(Exposure.loadBalancer({ cloud: Cloud.ACK }), { requestTimeout }).warnings).toEqual([expect.stringContaining('of ACK drops connections that are silent for 900 s')]);
    expect(annotations({ cloud: Cloud.ACK }, { requestTimeout: Duration.minutes(15) })).toBeUndefined();
    expect(annotations({ cloud: Cloud.GKE }, { requestTimeout })).toBeUndefined();
  });
});

describe('a reserved address', () => {
  const ip = (options: LoadBalancerOptions) => {
    const { find } = expose(Exposure.loadBalancer(options));
    return [find('Service').metadata.annotations, find('Service').spec.loadBalancerIP];
  };

  test('is an annotation on AKS, of its family', () => {
    expect(ip({ cloud: Cloud.AKS, ipAddress: '20.1.2.3' })).toEqual([{ [`${AZURE}ipv4`]: '20.1.2.3' }, undefined]);
    expect(ip({ cloud: Cloud.AKS, ipAddress: '2001:db8::1' })).toEqual([{ [`${AZURE}ipv6`]: '2001:db8::1' }, undefined]);
  });

  test('is a field of the Service on GKE and elsewhere', () => {
    expect(ip({ cloud: Cloud.GKE, ipAddress: '34.1.2.3' })).toEqual([undefined, '34.1.2.3']);
    expect(ip({ ipAddress: '34.1.2.3' })).toEqual([undefined, '34.1.2.3']);
  });

  test('is an annotation on ACK, for internal ones', () => {
    expect(ip({ cloud: Cloud.ACK, internal: true, ipAddress: '10.1.2.3' })).toEqual([{ [`${ALIBABA}address-type`]: 'intranet', [`${ALIBABA}ip`]: '10.1.2.3' }, undefined]);
    expect(() => ip({ cloud: Cloud.ACK, ipAddress: '10.1.2.3' })).toThrow('llm/llama.exposure.ipAddress: got "10.1.2.3"; must not be given for a public '
      + `load balancer of ACK, which has no way to choose it; reuse a load balancer by the annotation ${ALIBABA}id`);
  });

  test('has a name on AKS and GKE', () => {
    expect(annotations({ cloud: Cloud.AKS, addressName: 'front' })).toEqual({ 'service.beta.kubernetes.io/azure-pip-name': 'front' });
    expect(annotations({ cloud: Cloud.GKE, addressName: 'front' }))
      .toEqual({ 'networking.gke.io/load-balancer-ip-addresses': 'front', 'cloud.google.com/l4-rbs': 'enabled' });
    expect(annotations({ cloud: Cloud.GKE, internal: true, addressName: 'front' }))
      .toEqual({ 'networking.gke.io/load-balancer-ip-addresses': 'front', 'networking.gke.io/load-balancer-type': 'Internal' });
  });

  test.each<[LoadBalancerOptions, string]>([
    [{ addressName: 'front' }, 'name the cloud, such as cloud: Cloud.GKE, or give ipAddress'],
    [{ addressName: 'front', cloud: Cloud.ACK }, 'give ipAddress'],
    [{ addressName: 'front', cloud: Cloud.AKS, internal: true }, 'give ipAddress'],
  ])('by name is refused for %j', (options, fix) => {
    expect(() => annotations(options)).toThrow(`llm/llama.exposure.addressName: got "front"; must be for a load balancer of GKE or a public one of AKS; ${fix}`);
  });
});

test('a DNS name is for external-dns, which the program should say is there', () => {
  const { config, warnings } = expose(Exposure.loadBalancer({ dnsName: 'llm.example.com' }));
  expect(config.serviceAnnotations).toEqual({ 'external-dns.alpha.kubernetes.io/hostname': 'llm.example.com' });
  expect(warnings).toEqual([expect.stringMatching(/^llm\/llama: the DNS name of its load balancer does nothing without external-dns, .*Addon\.EXTERNAL_DNS/)]);
});

test('the user\'s annotations win', () => {
  expect(annotations({ cloud: Cloud.AKS, internal: true, annotations: { [`${AZURE}internal`]: 'false', 'example.com/Owner': 'ml' } }))
    .toEqual({ [`${AZURE}internal`]: 'false', 'example.com/Owner': 'ml' });
});

test.each<[string, LoadBalancerOptions, string]>([
  ['a port of 0', { port: 0 }, 'port: got 0; must be a whole number from 1 to 65535'],
  ['a port above 65535', { port: 70000 }, 'port: got 70000; must be a whole number from 1 to 65535'],
  ['a fractional port', { port: 80.5 }, 'port: got 80.5; must be a whole number'],
  ['a port as text', { port: '80' as any }, 'port: got "80"; must be a whole number'],
  ['NaN', { port: NaN }, 'port: got NaN; must be a whole number'],
  ['an impossible range', { sourceRanges: ['300.0.0.0/8'] }, 'sourceRanges[0]: got "300.0.0.0/8"; must be an address and the length of its prefix'],
  ['a prefix that is too long', { sourceRanges: ['10.0.0.0/8', '10.0.0.0/99'] }, 'sourceRanges[1]: got "10.0.0.0/99"; must be an address'],
  ['host bits', { sourceRanges: ['203.0.113.7/24'] }, 'sourceRanges[0]: got "203.0.113.7/24"; must have no bits set after its prefix; write 203.0.113.0/24'],
  ['one address without a prefix', { sourceRanges: ['203.0.113.7'] }, 'write 203.0.113.7/32 for this one address'],
  ['a range twice', { sourceRanges: ['10.0.0.0/8', '10.0.0.0/8'] }, 'sourceRanges[1]: got "10.0.0.0/8"; must be in the list once; remove it'],
  ['no range', { sourceRanges: [] }, 'sourceRanges: got []; must have at least one range; leave it out to let any address in'],
  ['an impossible address', { ipAddress: '300.1.1.1' }, 'ipAddress: got "300.1.1.1"; must be an IP address'],
  ['two addresses', { ipAddress: '10.1.1.1', addressName: 'a' }, 'addressName: got "a"; must not be given together with ipAddress; remove one'],
  ['a bad name of an address', { addressName: 'a b' }, 'addressName: got "a b"; must be the name of an address in the cloud'],
  ['an option that there is not', { internl: true } as any, 'internl: got true; must be a property that there is; did you mean "internal"?'],
  ['options that are none', 'internal' as any, 'props: got "internal"; must be an object with properties'],
  ['a null', { port: null as any }, 'port: got null; must have a value; leave it out for its default'],
  ['yes or no as text', { internal: 'false' as any }, 'internal: got "false"; must be true or false'],
  ['a cloud as text', { cloud: 'aks' as any }, 'cloud: got "aks"; must be a Cloud; for example Cloud.AKS'],
  ['ranges that are no list', { sourceRanges: '10.0.0.0/8' as any }, 'sourceRanges: got "10.0.0.0/8"; must be a list; put it into brackets: [...]'],
  ['a name of an address that is no text', { addressName: 5 as any }, 'addressName: got 5; must be the name of an address in the cloud'],
  ['a bad DNS name', { dnsName: 'Bad_Host!' }, 'dnsName: got "Bad_Host!"; must be a DNS name'],
])('refuses %s', (_, options, message) => {
  expect(() => Exposure.loadBalancer(options)).toThrow(`Exposure.loadBalancer.${message}`.replace('Exposure.loadBalancer.write', 'write'));
});

test.each<[string, any, string]>([
  ['a bad key', { 'a b': 'c' }, 'annotations.a b: got "a b"; must be a label\'s key'],
  ['a value that is no text', { a: true }, 'annotations.a: got true; must be a string; write "true"'],
  ['no object', [], 'annotations: got []; must be an object of strings'],
  ['more than 256 KiB', { a: 'x'.repeat(262144) }, 'annotations: got "262145 bytes"; must have at most 262144 bytes'],
  ['what plain cdk8s would print as more fields', { a: 'b\u2028c: d' }, 'annotations.a: got "b\\u2028c: d"; must not be text that plain cdk8s prints as something else'],
])('refuses annotations with %s', (_, value, message) => {
  expect(() => annotations({ annotations: value })).toThrow(`llm/llama.exposure.${message}`);
});
