import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ContainerLimits, NamespaceQuota } from './namespace-limits';
import { PodSecurity } from './pod-security';
import { limitRangeSpec, quotaSpec } from './private/namespace-specs';
import { checkBoolean } from '../private/booleans';
import { invalid } from '../private/errors';
import { checkLabels } from '../private/labels';
import { checkDnsLabel, checkId } from '../private/names';
import { amend } from '../private/overlay';
import { checkProps } from '../private/props';

/** The label by which a namespace says which pods it admits. */
const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Where Kubernetes has its own parts, such as DNS and the network's, none of which is hardened. */
const OF_THE_CLUSTER = ['kube-system', 'kube-public', 'kube-node-lease'];

/** Properties of a `PlatformNamespace`. */
export interface PlatformNamespaceProps {
  /**
   * The namespace's name: at most 63 lower case letters, digits and "-".
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Labels of the namespace, besides the one that enforces Pod Security, which `podSecurity` gives it.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };
  /**
   * Which pods may run in it.
   *
   * @default PodSecurity.RESTRICTED
   */
  readonly podSecurity?: PodSecurity;
  /**
   * Whether pods that no other policy speaks of have no network at all, DNS included.
   *
   * @default true
   */
  readonly defaultDeny?: boolean;
  /**
   * What all its pods may ask for together.
   *
   * With a quota, Kubernetes refuses containers that state no requests and limits: `containers` states them for those.
   *
   * @default - unlimited
   */
  readonly quota?: NamespaceQuota;
  /**
   * What a container gets that asks for nothing, and what one may ask for at most.
   *
   * @default - nothing, and whatever fits a node; with a quota, the defaults of `ContainerLimits`
   */
  readonly containers?: ContainerLimits;
}

/**
 * A namespace as a platform has it: only hardened pods, and no traffic that no policy allows.
 *
 * It does not change where other objects go: that is the chart's `namespace`.
 */
export class PlatformNamespace extends Construct {
  /** The namespace's name. */
  public readonly name: string;
  /** The namespace. */
  public readonly namespace: kplus.Namespace;
  /** The policy that denies all traffic of its pods; undefined when `defaultDeny` is false. */
  public readonly denyAll?: kplus.NetworkPolicy;
  /** The ResourceQuota, when there is a quota. */
  public readonly quota?: ApiObject;
  /** The LimitRange, when there is a quota or something is said of containers. */
  public readonly limitRange?: ApiObject;

  /** Throws when the name is not a DNS label, a label is not one that Kubernetes accepts, or an amount is out of its range. */
  public constructor(scope: Construct, id: string, props: PlatformNamespaceProps = {}) {
    super(scope, checkId('PlatformNamespace', id, scope));
    checkProps(this, 'props', props, { name: true, labels: true, podSecurity: true, defaultDeny: true, quota: true, containers: true });
    checkBoolean(this, 'defaultDeny', props.defaultDeny);
    const levels: string[] = Object.values(PodSecurity);
    if (props.podSecurity !== undefined && !levels.includes(props.podSecurity)) {
      throw invalid(this, 'podSecurity', props.podSecurity, `be one of PodSecurity: ${levels.join(', ')}`);
    }
    const labels = checkLabels(this, 'labels', props.labels ?? {});
    const level = props.podSecurity ?? PodSecurity.RESTRICTED;
    if ((labels[ENFORCE] ?? level) !== level) {
      throw invalid(this, `labels.${ENFORCE}`, labels[ENFORCE], `be what podSecurity says, "${level}"`, 'leave it out, and say the level by podSecurity, for example PodSecurity.PRIVILEGED');
    }
    this.name = checkDnsLabel(this, 'name', props.name ?? id);
    if (OF_THE_CLUSTER.includes(this.name)) {
      throw invalid(this, 'name', this.name, 'not be a namespace of the cluster\'s own, whose pods would be refused and cut off', 'take another; nobody need declare this one');
    }
    this.namespace = new kplus.Namespace(this, 'Namespace', {
      metadata: {
        name: this.name,
        labels: { ...labels, [ENFORCE]: level },
      },
    });
    amend(this.namespace, manifest => { delete manifest.spec; });
    if (props.defaultDeny ?? true) {
      this.denyAll = new kplus.NetworkPolicy(this, 'DenyAll', {
        metadata: { name: 'default-deny', namespace: this.name },
        ingress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
        egress: { default: kplus.NetworkPolicyTrafficDefault.DENY },
      });
      amend(this.denyAll, manifest => { manifest.spec.policyTypes.sort().reverse(); });
    }
    if (props.quota !== undefined) {
      this.quota = new ApiObject(this, 'Quota', {
        apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota', namespace: this.name }, ...{ spec: quotaSpec(this, props.quota) },
      });
    }
    if (props.quota !== undefined || props.containers !== undefined) {
      this.limitRange = new ApiObject(this, 'LimitRange', {
        apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'containers', namespace: this.name }, ...{ spec: limitRangeSpec(this, props.containers ?? {}) },
      });
    }
  }
}
