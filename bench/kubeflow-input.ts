import { mkdirSync, readdirSync, statSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { dump } from 'js-yaml';

/** A file that a measure reads, and what to call it. */
export interface Input {
  readonly label: string;
  readonly file: string;
}

/** The releases in the folder that KUBEFLOW_MANIFESTS names; without it, a generated file of the size and shape of Kubeflow 1.10. */
export function releases(generated: string): Input[] {
  const folder = process.env.KUBEFLOW_MANIFESTS;
  if (folder !== undefined) {
    return readdirSync(folder).filter(name => name.endsWith('.yaml')).sort().map(name => ({ label: labelOf(name.replace(/\.yaml$/, ''), join(folder, name)), file: join(folder, name) }));
  }
  mkdirSync(dirname(generated), { recursive: true });
  writeFileSync(generated, generate());
  return [{ label: labelOf('generated', generated), file: generated }];
}

function labelOf(name: string, file: string): string {
  return `${name}, ${(statSync(file).size / 1e6).toFixed(1)} MB`;
}

/** How many objects of each kind Kubeflow 1.10 has, about. */
const KINDS: ReadonlyArray<readonly [apiVersion: string, kind: string, count: number, content: (index: number) => object]> = [
  ['v1', 'Namespace', 10, () => ({})],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition', 71, definition],
  ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 12, webhook],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 13, webhook],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 103, index => ({ rules: Array.from({ length: 6 }, (_, i) => ({ apiGroups: [`group-${index}`], resources: [`resources-${i}`], verbs: ['get', 'list', 'watch'] })) })],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 49, index => ({ roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `clusterrole-${index}` } })],
  ['v1', 'ServiceAccount', 70, () => ({})],
  ['v1', 'Service', 43, index => ({ spec: { selector: { app: `deployment-${index}` }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] } })],
  ['v1', 'ConfigMap', 46, index => ({ data: { 'config.yaml': `name: ${index}\n${'key: value\n'.repeat(40)}` } })],
  ['apps/v1', 'Deployment', 47, workload],
  ['networking.k8s.io/v1', 'NetworkPolicy', 22, index => ({ spec: { podSelector: { matchLabels: { app: `deployment-${index}` } }, policyTypes: ['Ingress'] } })],
  ['v1', 'Secret', 10, () => ({ stringData: { key: 'value' } })],
  ['networking.k8s.io/v1', 'IngressClass', 115, index => ({ spec: { controller: `example.com/${index}` } })],
];

function generate(): string {
  return KINDS.flatMap(([apiVersion, kind, count, content]) => Array.from({ length: count }, (_, index) => dump({
    apiVersion, kind, metadata: { name: nameOf(kind, index), labels: { 'app.kubernetes.io/part-of': 'kubeflow', 'app': `part-${index}` } }, ...content(index),
  }, { noRefs: true, lineWidth: -1 }))).join('---\n');
}

function nameOf(kind: string, index: number): string {
  if (kind === 'MutatingWebhookConfiguration' && index === 0) { return 'istio-sidecar-injector'; }
  return kind === 'CustomResourceDefinition' ? `kind${index}s.example.com` : `${kind.toLowerCase()}-${index}`;
}

/** Nine tenths of a release are the schemas of its definitions. */
function definition(index: number): object {
  const properties = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`part${i}`, schema(i, 3)]));
  return {
    spec: {
      group: 'example.com', scope: 'Namespaced', names: { kind: `Kind${index}`, plural: `kind${index}s` },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties } } } } }],
    },
  };
}

function schema(index: number, depth: number): object {
  const description = `What part ${index} is for, in a sentence or two, as the comments of a program in Go say it: "quoted", with a colon: and more.`;
  if (depth === 0) { return { description, type: index % 2 === 0 ? 'string' : 'integer' }; }
  const properties = Object.fromEntries(Array.from({ length: 4 }, (_, i) => [`field${i}`, schema(i, depth - 1)]));
  return index % 3 === 0 ? { description, type: 'array', items: { type: 'object', properties } } : { description, type: 'object', properties, required: ['field0'] };
}

function webhook(index: number): object {
  return {
    webhooks: [{
      name: `w${index}.example.com`, admissionReviewVersions: ['v1'], sideEffects: 'None', clientConfig: { service: { name: 'webhook', namespace: 'namespace-0' } },
      rules: [{ apiGroups: ['example.com'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: [`kind${index}s`] }],
    }],
  };
}

function workload(index: number): object {
  const env = Array.from({ length: 10 }, (_, i) => ({ name: `VARIABLE_${i}`, value: String(i) }));
  return {
    spec: {
      selector: { matchLabels: { app: `deployment-${index}` } },
      template: { metadata: { labels: { app: `deployment-${index}` } }, spec: { containers: [{ name: 'main', image: `example.com/image:1.${index}`, env }] } },
    },
  };
}
