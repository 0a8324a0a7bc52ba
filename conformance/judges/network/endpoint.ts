import { Manifest, PodTemplate, podTemplates } from '../../manifest';

/** One end of a connection: a pod, or an address outside the cluster. */
export interface Endpoint {
  readonly name: string;
  readonly address: string;
  /** Absent outside the cluster. */
  readonly namespace?: string;
  readonly namespaceLabels?: Record<string, string>;
  readonly labels?: Record<string, string>;
}

/** A workload's pods, and the ports that they can be called at. */
export interface Workload extends Endpoint {
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly template: PodTemplate;
  readonly ports: readonly { readonly name?: string; readonly number: number }[];
}

export const METADATA_SERVER = outside('the metadata server', '169.254.169.254');
export const GKE_METADATA_SERVER = outside("GKE's metadata server", '169.254.169.252');
export const NODE_LOCAL_DNS = outside('NodeLocal DNS', '169.254.20.10');
export const AKS_LOCAL_DNS = outside("AKS's LocalDNS", '169.254.10.11');
export const CLUSTER_DNS = pod('kube-dns', 'kube-system', { 'k8s-app': 'kube-dns' });
/** Places that every workload could want to reach or be reached from, and may only if the program says so. */
export const ELSEWHERE: readonly Endpoint[] = [
  METADATA_SERVER,
  GKE_METADATA_SERVER,
  NODE_LOCAL_DNS,
  AKS_LOCAL_DNS,
  CLUSTER_DNS,
  pod('a pod of another namespace', 'elsewhere', { app: 'stranger' }),
  pod('a pod of the ingress controller', 'ingress-nginx', { 'app.kubernetes.io/name': 'ingress-nginx' }),
  pod('Prometheus', 'monitoring', { 'app.kubernetes.io/name': 'prometheus' }),
  outside('the internet', '203.0.113.7'),
  outside('a private network', '10.20.30.40'),
];

export function outside(name: string, address: string): Endpoint {
  return { name, address };
}

export function pod(name: string, namespace: string, labels: Record<string, string>, namespaceLabels: Record<string, string> = {}): Endpoint {
  return { name, address: '10.244.7.7', namespace, labels, namespaceLabels: { ...namespaceLabels, 'kubernetes.io/metadata.name': namespace } };
}

/** Everything that makes pods. */
export function workloadsOf(objects: readonly Manifest[]): Workload[] {
  const labelsOf = new Map(objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => [metadata.name, metadata.labels]));
  return podTemplates(objects).map((template) => {
    const { metadata: { name, namespace = 'default' } } = template.owner;
    const { labels = {} } = template.metadata;
    return {
      ...pod(`${namespace}/${name}`, namespace, labels, labelsOf.get(namespace)),
      namespace,
      labels,
      template,
      ports: [...template.spec.initContainers ?? [], ...template.spec.containers].flatMap(({ ports = [] }: any) => (
        ports.map(({ name: portName, containerPort }: any) => ({ name: portName, number: containerPort })))),
    };
  });
}
