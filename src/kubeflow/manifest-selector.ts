import { invalid } from '../private/errors';
import { checkLabels } from '../private/labels';
import { checkProps } from '../private/props';

/** Which manifests are meant: those that have all that is given. */
export interface ManifestSelectorProps {
  /**
   * The API group, such as "apps"; "core" for the group without a name.
   *
   * @default - any
   */
  readonly apiGroup?: string;
  /**
   * The kind, such as "Deployment".
   *
   * @default - any
   */
  readonly kind?: string;
  /**
   * The name.
   *
   * @default - any
   */
  readonly name?: string;
  /**
   * A regular expression for the whole name, such as "ml-pipeline(-ui)?".
   *
   * @default - any
   */
  readonly namePattern?: string;
  /**
   * The namespace.
   *
   * @default - any, and none
   */
  readonly namespace?: string;
  /**
   * Labels that it has.
   *
   * @default - any
   */
  readonly labels?: { [key: string]: string };
}

/** Chooses manifests by what they are called. */
export class ManifestSelector {
  /** The manifests that have all that is given. Throws when nothing is given, or a pattern is no regular expression. */
  public static of(props: ManifestSelectorProps): ManifestSelector {
    checkProps('ManifestSelector', 'props', props, { apiGroup: true, kind: true, name: true, namePattern: true, namespace: true, labels: true });
    if (Object.keys(props).length === 0) { throw invalid('ManifestSelector', 'props', props, 'say at least one thing', 'for example { kind: "Deployment" }'); }
    for (const prop of ['apiGroup', 'kind', 'name', 'namePattern', 'namespace'] as const) {
      if (props[prop] !== undefined && (typeof props[prop] !== 'string' || props[prop] === '')) { throw invalid('ManifestSelector', prop, props[prop], 'be a text'); }
    }
    if (props.labels !== undefined) { checkLabels('ManifestSelector', 'labels', props.labels); }
    try {
      return new ManifestSelector(props, props.namePattern === undefined ? undefined : new RegExp(`^(?:${props.namePattern})$`));
    } catch (e) {
      throw invalid('ManifestSelector', 'namePattern', props.namePattern, 'be a regular expression', (e as Error).message);
    }
  }

  private constructor(private readonly props: ManifestSelectorProps, private readonly pattern?: RegExp) {}

  /** Whether a manifest is one of them. */
  public matches(manifest: any): boolean {
    const { apiGroup, kind, name, namespace, labels } = this.props;
    const metadata = manifest?.metadata ?? {};
    return (kind === undefined || manifest.kind === kind)
      && (name === undefined || metadata.name === name)
      && (namespace === undefined || metadata.namespace === namespace)
      && (apiGroup === undefined || groupOf(manifest.apiVersion) === apiGroup)
      && (this.pattern === undefined || this.pattern.test(metadata.name))
      && (labels === undefined || Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value));
  }

  /** What it chooses, for messages: "Deployment kubeflow/mpi-operator". */
  public toString(): string {
    const { apiGroup, kind, name, namePattern, namespace, labels } = this.props;
    const called = name ?? (namePattern === undefined ? '*' : `/${namePattern}/`);
    const labelled = labels ? ` with ${Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',')}` : '';
    return `${kind ?? 'object'}${apiGroup === undefined ? '' : ` of ${apiGroup}`} ${namespace === undefined ? '' : `${namespace}/`}${called}${labelled}`;
  }
}

function groupOf(apiVersion: unknown): string {
  const [group, version] = String(apiVersion).split('/');
  return version === undefined ? 'core' : group;
}
