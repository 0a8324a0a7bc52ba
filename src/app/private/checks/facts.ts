import { IConstruct } from 'constructs';
import { arrayOf, quantity } from './formats';
import { Unsafe, unsafeIn } from './pod-security';
import { podTemplateOf } from './pods';

/** What the rules between objects need to know of one. */
export interface Fact {
  readonly source: IConstruct;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Of what makes pods. */
  readonly pods?: PodFact;
  /** Of namespaces: the Pod Security level that they enforce. */
  readonly enforces?: string;
  /** Of what scales. */
  readonly target?: { readonly kind: string; readonly name: string };
  /** The resources on whose use, in per cent of the requests, an autoscaler scales. */
  readonly utilization?: readonly Utilization[];
  /** Of Services and disruption budgets. */
  readonly selector?: any;
  readonly ports?: ReadonlyArray<{ readonly port: number; readonly targetPort?: number | string }>;
  readonly minAvailable?: number | string;
}

/** What an autoscaler aims at: of all containers together, or of one. */
export interface Utilization {
  readonly resource: string;
  readonly container?: string;
  readonly percent: number;
}

export interface PodFact {
  readonly labels: { [key: string]: string };
  readonly replicas?: number;
  readonly serviceAccount?: string;
  readonly portNames: readonly string[];
  /** What Pod Security doesn't admit. */
  readonly unsafe: readonly Unsafe[];
  /** Per container, the resources that it requests (a limit is a request), and how much of each it may have. */
  readonly requests: ReadonlyArray<{
    readonly container: string;
    readonly resources: readonly string[];
    readonly amounts: { readonly [resource: string]: unknown };
    readonly limits?: { readonly [resource: string]: unknown };
  }>;
}

/** The facts of a manifest. */
export function factOf(manifest: any, source: IConstruct): Fact {
  const { apiVersion, kind, metadata, spec } = manifest;
  const slash = String(apiVersion).indexOf('/');
  const fact = {
    source,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    kind,
    namespace: metadata?.namespace ?? '',
    name: metadata?.name,
  };
  switch (kind) {
    case 'Service': return fact.group === '' ? { ...fact, selector: spec?.selector, ports: arrayOf(spec?.ports) } : fact;
    case 'Namespace': return { ...fact, enforces: metadata?.labels?.['pod-security.kubernetes.io/enforce'] };
    case 'PodDisruptionBudget': return { ...fact, selector: spec?.selector, minAvailable: spec?.minAvailable };
    case 'HorizontalPodAutoscaler':
      return { ...fact, target: spec?.scaleTargetRef, utilization: utilizationOf(spec) };
    case 'ScaledObject': return { ...fact, target: { kind: 'Deployment', ...spec?.scaleTargetRef } };
    default: return { ...fact, pods: podsOf(manifest) };
  }
}

/** What the rules need to know of an object that they don't judge itself: what others may select, scale or be mistaken for. */
export function asTarget({ source, group, kind, namespace, name, pods }: Fact): Fact {
  return { source, group, kind, namespace, name, pods: pods && { ...pods, serviceAccount: undefined } };
}

function podsOf(manifest: any): PodFact | undefined {
  const { template, at } = podTemplateOf(manifest) ?? {};
  if (!template?.spec) { return undefined; }
  const containers = arrayOf(template.spec.containers);
  const initContainers = arrayOf(template.spec.initContainers);
  return {
    labels: template.metadata?.labels ?? {},
    replicas: manifest.spec?.replicas,
    serviceAccount: template.spec.serviceAccountName,
    portNames: [...containers, ...initContainers].flatMap(c => arrayOf(c?.ports).map(p => p?.name)),
    unsafe: unsafeIn(template, at!),
    // an init container that goes on running counts into the pod's use, too
    requests: [...containers, ...initContainers.filter(c => c?.restartPolicy === 'Always')].map(c => {
      const amounts = { ...c?.resources?.limits, ...c?.resources?.requests };
      const resources = Object.keys(amounts).filter(name => quantity(amounts[name]) > 0);
      return { container: c?.name, resources, amounts, limits: c?.resources?.limits };
    }),
  };
}

function utilizationOf(spec: any): Utilization[] {
  return arrayOf(spec?.metrics)
    .map(metric => ({ Resource: metric?.resource, ContainerResource: metric?.containerResource })[metric?.type as string])
    .filter(source => source?.target?.type === 'Utilization')
    .map(({ name, container, target }) => ({ resource: name, container, percent: target.averageUtilization }));
}
