import { Cloud, Exposure } from '../../../exposure';
import { invalid } from '../../../private/errors';
import { checkServiceName, checkSubdomain } from '../../../private/names';
import { checkList, checkProps } from '../../../private/props';
import { GatewayExposure, GatewayLoadBalancerOptions } from '../../gateway-exposure';
import { Authentication } from '../../kubeflow-facts';
import { ManifestSelector } from '../../manifest-selector';
import { Assembly } from '../assembly';
import { factsOf } from '../facts';
import { changed } from '../patches/changed';

/** Makes a platform's gateway reachable. Says whether it is by HTTPS; undefined when it isn't reachable. */
export function expose(assembly: Assembly, exposure: GatewayExposure, namespace: string, onAks: boolean): boolean | undefined {
  const { scope, inventory } = assembly;
  if (!(exposure instanceof GatewayExposure)) { throw invalid(scope, 'gateway', exposure, 'be a GatewayExposure', 'for example GatewayExposure.internalLoadBalancer()'); }
  const upstream = inventory.find('Service', 'istio-ingressgateway');
  if (exposure._kind === 'none') { return undefined; }
  const options = exposure._options;
  checkOptions(assembly, options);
  if (!upstream) {
    throw invalid(scope, 'gateway', exposure._kind, 'be left out for manifests without a Service istio-ingressgateway', 'load the manifests of Istio, too');
  }
  if (exposure._kind === 'public') { checkPublic(assembly, options); }
  if (options.tlsSecretName !== undefined) { addCertificate(assembly, options, namespace); }
  assembly.add('gateway/service', [serviceOf(assembly, upstream, exposure, onAks)]);
  return options.tlsSecretName !== undefined;
}

function checkOptions({ scope }: Assembly, options: GatewayLoadBalancerOptions): void {
  checkProps(scope, 'gateway', options, {
    serviceName: true, sourceRanges: true, cloud: true, ipAddress: true, dnsName: true, annotations: true, tlsSecretName: true, hosts: true,
    httpsRedirect: true, allowUnauthenticated: true, allowDefaultPassword: true, allowPlainHttp: true,
  });
  if (options.serviceName !== undefined) { checkServiceName(scope, 'gateway.serviceName', options.serviceName); }
  if (options.tlsSecretName !== undefined) { checkSubdomain(scope, 'gateway.tlsSecretName', options.tlsSecretName); }
  checkList(scope, 'gateway.hosts', options.hosts).forEach((host, i) => checkSubdomain(scope, `gateway.hosts[${i}]`, String(host).replace(/^\*\./, '')));
  for (const prop of ['hosts', 'httpsRedirect'] as const) {
    if (options[prop] !== undefined && options.tlsSecretName === undefined) {
      throw invalid(scope, `gateway.${prop}`, options[prop], 'be given with a certificate', 'give tlsSecretName, too');
    }
  }
  for (const prop of ['allowUnauthenticated', 'allowDefaultPassword', 'allowPlainHttp'] as const) {
    const reason = options[prop];
    if (reason !== undefined && (typeof reason !== 'string' || reason.trim() === '')) { throw invalid(scope, `gateway.${prop}`, reason, 'be the reason, as a text'); }
  }
}

/** What may not be on the internet without somebody saying why. */
function checkPublic(assembly: Assembly, options: GatewayLoadBalancerOptions): void {
  const { scope } = assembly;
  // as it is by now, because the program may have changed users and passwords
  const { authentication, defaultPassword } = factsOf(assembly.inventory);
  if (authentication === Authentication.NONE && options.allowUnauthenticated === undefined) {
    throw invalid(scope, 'gateway', 'a public load balancer', 'not be for a platform that doesn\'t ask who its users are: everyone is the same user, and may run anything',
      'take GatewayExposure.internalLoadBalancer(), a newer release, or say why in allowUnauthenticated');
  }
  if (defaultPassword && options.allowDefaultPassword === undefined) {
    throw invalid(scope, 'gateway', 'a public load balancer', 'not be for a platform with the user of the examples, user@example.com, whose password everyone knows',
      'give users of your own (dex), or say why in allowDefaultPassword');
  }
  if (options.tlsSecretName === undefined && !options.sourceRanges?.length && options.allowPlainHttp === undefined) {
    throw invalid(scope, 'gateway', 'a public load balancer', 'have a certificate or source ranges, because passwords and cookies would pass as plain text',
      'give tlsSecretName or sourceRanges, or say why in allowPlainHttp');
  }
}

function serviceOf(assembly: Assembly, upstream: any, exposure: GatewayExposure, onAks: boolean): any {
  const { scope } = assembly;
  const options = exposure._options;
  const ports: any[] = upstream.spec?.ports ?? [];
  const port = (number: number, name: string) => {
    const found = ports.find(each => each.port === number);
    if (!found) { throw invalid(scope, 'gateway', number, 'be a port of Service istio-ingressgateway', `it has ${ports.map(each => each.port).join(', ')}`); }
    return { name, port: number, protocol: 'TCP', targetPort: found.targetPort ?? number };
  };
  const secure = options.tlsSecretName !== undefined;
  const name = options.serviceName ?? 'kubeflowdashboard-lb';
  const cloud = options.cloud ?? (onAks ? Cloud.AKS : undefined);
  const { serviceAnnotations, sourceRanges } = Exposure.loadBalancer({
    internal: exposure._kind === 'internal', cloud,
    ...given({ sourceRanges: options.sourceRanges, ipAddress: options.ipAddress, dnsName: options.dnsName, annotations: options.annotations }),
  }).bind(scope, { name, containerPort: port(80, 'http').targetPort, servicePort: 80, labels: {} });
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: upstream.metadata.namespace, ...(serviceAnnotations ? { annotations: serviceAnnotations } : {}) },
    spec: {
      type: 'LoadBalancer',
      selector: upstream.spec.selector,
      ...(sourceRanges ? { loadBalancerSourceRanges: sourceRanges } : {}),
      ...(options.ipAddress !== undefined && !['aks', 'ack'].includes(cloud?.name ?? '') ? { loadBalancerIP: options.ipAddress } : {}),
      ports: [port(80, 'http2'), ...(secure ? [port(443, 'https')] : [])],
    },
  };
}

/** Gives Kubeflow's Gateway a server for HTTPS, and redirects the one for HTTP. */
function addCertificate(assembly: Assembly, options: GatewayLoadBalancerOptions, namespace: string): void {
  const selector = ManifestSelector.of({ apiGroup: 'networking.istio.io', kind: 'Gateway', name: 'kubeflow-gateway', namespace });
  assembly.patch(changed('gateway/tls', selector, { max: 1 }, manifest => {
    const servers: any[] = manifest.spec.servers ?? [];
    const http = servers.find(server => server?.port?.number === 80);
    const hosts = options.hosts ?? http?.hosts ?? ['*'];
    if (http && (options.httpsRedirect ?? true)) { http.tls = { ...http.tls, httpsRedirect: true }; }
    const https = { hosts, port: { name: 'https', number: 443, protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: options.tlsSecretName } };
    manifest.spec.servers = [...servers.filter(server => server?.port?.number !== 443), https];
    return manifest;
  }));
}

function given(values: { [name: string]: any }): any {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
