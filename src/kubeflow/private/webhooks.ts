/** An object that a webhook of the same manifests must let pass. */
export interface Interception {
  readonly manifest: any;
  /** The webhook's configuration, or the CustomResourceDefinition that names it. */
  readonly configuration: any;
  readonly webhook: string;
  /** Whether it is asked even where the configuration isn't there yet. */
  readonly always: boolean;
}

/** The objects that a webhook is asked about, and that are refused when it doesn't answer. */
export function interceptionsBy(manifests: readonly any[]): Interception[] {
  const namespaces = new Map(manifests.filter(m => m.kind === 'Namespace').map(m => [m.metadata.name, m]));
  const plurals = pluralsOf(manifests);
  const found: Interception[] = [];
  for (const configuration of manifests.filter(isWebhookConfiguration)) {
    for (const webhook of configuration.webhooks ?? []) {
      const failurePolicy = webhook?.failurePolicy ?? (/\/v1$/.test(configuration.apiVersion) ? 'Fail' : 'Ignore');
      if (failurePolicy !== 'Fail') { continue; }
      for (const manifest of manifests) {
        if (isWebhookConfiguration(manifest) || !isAsked(webhook, manifest, plurals, namespaces)) { continue; }
        found.push({ manifest, configuration, webhook: webhook.name, always: false });
      }
    }
  }
  return [...found, ...conversionsIn(manifests)];
}

/** The objects in another version than the one that is stored, which a webhook converts even when they are made. */
function conversionsIn(manifests: readonly any[]): Interception[] {
  const definitions = new Map(manifests.filter(m => m.kind === 'CustomResourceDefinition' && m.spec?.conversion?.strategy === 'Webhook')
    .map(definition => [`${definition.spec.group}/${definition.spec.names?.kind}`, definition]));
  return manifests.flatMap(manifest => {
    const [group, version] = manifest.apiVersion.split('/');
    const configuration = definitions.get(`${group}/${manifest.kind}`);
    const stored = configuration?.spec.versions?.find((each: any) => each?.storage === true)?.name;
    if (stored === undefined || stored === version) { return []; }
    return [{ manifest, configuration, webhook: `conversion of ${configuration.metadata.name}`, always: true }];
  });
}

function isWebhookConfiguration(manifest: any): boolean {
  return manifest.kind === 'MutatingWebhookConfiguration' || manifest.kind === 'ValidatingWebhookConfiguration';
}

function isAsked(webhook: any, manifest: any, plurals: Map<string, string>, namespaces: Map<string, any>): boolean {
  const [group, version] = manifest.apiVersion.includes('/') ? manifest.apiVersion.split('/') : ['', manifest.apiVersion];
  const resource = plurals.get(`${group}/${manifest.kind}`) ?? pluralOf(manifest.kind);
  const has = (list: any, ...wanted: string[]) => Array.isArray(list) && list.some(each => each === '*' || wanted.includes(each));
  const ruled = (webhook.rules ?? []).some((rule: any) => has(rule?.apiGroups, group)
    && (has(rule?.apiVersions, version) || matchesEquivalent(webhook))
    && has(rule?.resources, resource, '*/*') && has(rule?.operations, 'CREATE'));
  return ruled && selected(webhook.objectSelector, manifest.metadata?.labels)
    && (manifest.metadata?.namespace === undefined || selected(webhook.namespaceSelector, labelsOf(namespaces, manifest.metadata.namespace)));
}

/** By default a webhook is also asked about other versions of what its rules name. */
function matchesEquivalent(webhook: any): boolean {
  return webhook.matchPolicy !== 'Exact';
}

/** Kubernetes labels each namespace with its name. */
function labelsOf(namespaces: Map<string, any>, name: string): { [key: string]: string } {
  return { 'kubernetes.io/metadata.name': name, ...namespaces.get(name)?.metadata?.labels };
}

function selected(selector: any, labels: { [key: string]: string } = {}): boolean {
  const expressions = (selector?.matchExpressions ?? []).every(({ key, operator, values }: any) => {
    switch (operator) {
      case 'Exists': return key in labels;
      case 'DoesNotExist': return !(key in labels);
      case 'In': return values?.includes(labels[key]) ?? false;
      default: return !(values?.includes(labels[key]) ?? false);
    }
  });
  return expressions && Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
}

function pluralsOf(manifests: readonly any[]): Map<string, string> {
  return new Map(manifests.filter(m => m.kind === 'CustomResourceDefinition')
    .map(({ spec }) => [`${spec?.group}/${spec?.names?.kind}`, spec?.names?.plural]));
}

function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/[^aeiou]y$/.test(name)) { return `${name.slice(0, -1)}ies`; }
  return name === 'endpoints' ? name : /(s|x|ch)$/.test(name) ? `${name}es` : `${name}s`;
}
