import { Edges, endpointOf, INTERNET } from './edges';
import { AKS_LOCAL_DNS, CLUSTER_DNS, Endpoint, GKE_METADATA_SERVER, METADATA_SERVER, NODE_LOCAL_DNS, outside, pod, Workload } from './endpoint';
import { Manifest } from '../../manifest';

/** A connection that has to work. */
export interface Connection {
  /** Undefined for anyone. */
  readonly from?: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  readonly protocol: 'TCP' | 'UDP';
}

const DNS = 53;
const PORT_OF_SCHEME: Record<string, number> = { http: 80, https: 443, gs: 443, s3: 443 };

/** The connections that a program declares: by what it says of itself, and by what its objects say other than in policies. */
export function declaredConnections(objects: readonly Manifest[], workloads: readonly Workload[], edges: Edges): Connection[] {
  const services = objects.filter(({ kind }) => kind === 'Service').map((service) => ({ service, pods: podsBehind(service, workloads) }));
  return [
    ...workloads.flatMap((workload) => [
      ...resolved(workload), ...signedIn(workload, objects), ...downloaded(workload), ...calls(workload, services),
    ]),
    ...services.filter(({ service }) => service.spec.type === 'LoadBalancer').flatMap(({ pods }) => pods),
    ...proxied(objects, services, edges.proxies),
    ...scraped(objects, workloads),
    ...workloads.flatMap((workload) => stated(workload, edges, services)),
  ];
}

interface Behind {
  readonly service: Manifest;
  readonly pods: readonly Connection[];
}

function podsBehind({ metadata, spec }: Manifest, workloads: readonly Workload[]): Connection[] {
  return selected(workloads, metadata.namespace, spec.selector)
    .flatMap((to) => (spec.ports as { port: number; targetPort?: number | string }[])
      .map(({ port, targetPort = port }) => ({ to, port: numberOf(targetPort, to), protocol: 'TCP' as const })));
}

function selected(workloads: readonly Workload[], itsNamespace = 'default', selector: Record<string, string> = {}): Workload[] {
  return workloads.filter(({ namespace, labels }) => (
    namespace === itsNamespace && Object.entries(selector).every(([key, value]) => labels[key] === value)));
}

function numberOf(port: number | string, { ports }: Workload): number {
  return typeof port === 'number' ? port : ports.find(({ name }) => name === port)?.number ?? 0;
}

function resolved(from: Workload): Connection[] {
  // What runs on every node speaks to that node alone.
  if (from.template.owner.kind === 'DaemonSet') { return []; }
  // Cloud DNS of GKE answers at the metadata server's address.
  return [CLUSTER_DNS, NODE_LOCAL_DNS, AKS_LOCAL_DNS, METADATA_SERVER].flatMap((to) => (['UDP', 'TCP'] as const).map((protocol) => ({ from, to, port: DNS, protocol })));
}

// The annotations with which the clouds give a service account an identity of theirs.
function signedIn(from: Workload, objects: readonly Manifest[]): Connection[] {
  const account = objects.find(({ kind, metadata }) => (
    kind === 'ServiceAccount' && metadata.namespace === from.namespace && metadata.name === from.template.spec.serviceAccountName));
  const annotations = Object.keys(account?.metadata.annotations ?? {});
  const asked = (to: Endpoint, port: number) => ({ from, to, port, protocol: 'TCP' as const });
  return [
    ...annotations.includes('iam.gke.io/gcp-service-account') ? [asked(METADATA_SERVER, 80), asked(GKE_METADATA_SERVER, 988)] : [],
    ...annotations.includes('azure.workload.identity/client-id') ? [asked(outside('the internet', INTERNET), 443)] : [],
    ...annotations.includes('eks.amazonaws.com/role-arn') ? [asked(outside('the internet', INTERNET), 443)] : [],
  ];
}

// Addresses in arguments and variables, and a model of the hub that a server is to fetch by its name.
function downloaded(from: Workload): Connection[] {
  const { initContainers = [], containers } = from.template.spec;
  const ports = [...initContainers, ...containers].flatMap(({ args = [], env = [] }: any) => {
    const values: string[] = [...args, ...env.map(({ value }: any) => value)].filter((value) => typeof value === 'string');
    const addresses = values.flatMap((value) => [...value.matchAll(/\b(https?|gs|s3):\/\/[^\s/:]+(?::(\d+))?/g)]);
    const hub = env.some(({ name }: any) => name === 'HF_HOME') && /^[\w.-]+\/[\w.-]+$/.test(args[0] ?? '');
    return [...addresses.map(([, scheme, port]) => Number(port ?? PORT_OF_SCHEME[scheme])), ...hub ? [443] : []];
  });
  return [...new Set(ports)].map((port) => ({ from, to: outside('the internet', INTERNET), port, protocol: 'TCP' }));
}

// A variable that holds a service's name calls it.
function calls(from: Workload, services: readonly Behind[]): Connection[] {
  const values: string[] = from.template.spec.containers.flatMap(({ env = [] }: any) => env.map(({ value }: any) => value)).filter(Boolean);
  return services.flatMap(({ service: { metadata: { name, namespace } }, pods }) => {
    const domain = `(\\.${namespace}(\\.svc(\\.cluster\\.local)?)?)${namespace === from.namespace ? '?' : ''}`;
    const host = new RegExp(`^(https?://)?${name}${domain}(:\\d+)?(/.*)?$`);
    return values.some((value) => host.test(value)) ? pods.map((connection) => ({ ...connection, from })) : [];
  });
}

function proxied(objects: readonly Manifest[], services: readonly Behind[], proxies?: string): Connection[] {
  const from = proxies === undefined ? undefined : pod(`a proxy in ${proxies}`, proxies, { 'app.kubernetes.io/name': proxies });
  const backends = objects.flatMap(({ kind, metadata: { namespace }, spec }) => {
    const names: string[] = kind === 'Ingress' ? (spec.rules ?? []).flatMap(({ http }: any) => (http?.paths ?? []).map(({ backend }: any) => backend.service?.name))
      : kind === 'HTTPRoute' ? (spec.rules ?? []).flatMap(({ backendRefs = [] }: any) => backendRefs.map(({ name }: any) => name))
        : [];
    return names.map((name) => ({ name, namespace }));
  });
  return backends.flatMap(({ name, namespace }) => (
    services.find(({ service: { metadata } }) => metadata.name === name && metadata.namespace === namespace)?.pods ?? []))
    .map((connection) => ({ ...connection, from }));
}

function scraped(objects: readonly Manifest[], workloads: readonly Workload[]): Connection[] {
  const from = pod('Prometheus', 'monitoring', { 'app.kubernetes.io/name': 'prometheus' });
  return objects.flatMap(({ kind, metadata: { namespace }, spec }) => {
    const labels: Record<string, string> = spec?.selector?.matchLabels ?? {};
    if (kind === 'PodMonitor') {
      return selected(workloads, namespace, labels).flatMap((to) => (spec.podMetricsEndpoints as { port?: string; portNumber?: number }[])
        .map(({ port, portNumber }) => ({ from, to, port: numberOf(portNumber ?? port!, to), protocol: 'TCP' as const })));
    }
    if (kind !== 'ServiceMonitor') { return []; }
    const names: string[] = spec.endpoints.map(({ port }: { port?: string }) => port);
    return objects
      .filter((service) => service.kind === 'Service' && service.metadata.namespace === namespace
        && Object.entries(labels).every(([key, value]) => service.metadata.labels?.[key] === value))
      .flatMap((service) => {
        const ports = service.spec.ports.filter(({ name }: { name: string }) => names.includes(name));
        return podsBehind({ ...service, spec: { ...service.spec, ports } }, workloads);
      })
      .map((connection) => ({ ...connection, from }));
  });
}

/** What a program wants closed although it opens a range around it. */
export function neverConnections(workloads: readonly Workload[], { never }: Edges): Connection[] {
  return workloads.flatMap((workload) => stated(workload, { out: never }, []));
}

function stated(workload: Workload, edges: Edges, services: readonly Behind[]): Connection[] {
  const concerns = ({ of }: { readonly of?: string }) => of === undefined || workload.template.owner.metadata.name === of;
  const served = services.flatMap(({ pods }) => pods).filter(({ to }) => to === workload).map(({ port }) => port);
  return [
    ...(edges.in ?? []).filter(concerns).flatMap((peer) => (
      (peer.ports ?? served).map((port) => ({ from: endpointOf(peer, workload), to: workload, port, protocol: 'TCP' as const })))),
    ...(edges.out ?? []).filter(concerns).flatMap((peer) => (
      (peer.ports ?? []).map((port) => ({ from: workload, to: endpointOf(peer, workload), port, protocol: 'TCP' as const })))),
  ];
}
