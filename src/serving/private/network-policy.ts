import type { ApiObjectMetadata } from 'cdk8s';
import { Deployment, NetworkPolicy } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { WorkloadSpec } from './workload-spec';
import type { ExposureConfig } from '../../exposure';
import type { WorkloadIdentityConfig } from '../../identity';
import type { Egress } from '../../network';
import { composePolicy, EgressRule, internetRule, metadataServerRules, PolicyPeer } from '../../network/policy-rules';
import { Prometheus } from '../../observability';
import { hasAddon } from '../../private/addons';
import { amend } from '../../private/overlay';
import { warn } from '../../private/warnings';

/** What a workload's NetworkPolicy follows from. */
export interface NetworkPolicyParts {
  readonly spec: WorkloadSpec;
  readonly metadata: ApiObjectMetadata;
  readonly deployment: Deployment;
  readonly podLabels: { readonly [key: string]: string };
  /** Grows until the policy is rendered. */
  readonly callers: ReadonlyArray<readonly PolicyPeer[]>;
  readonly exposed: ExposureConfig;
  readonly identity?: WorkloadIdentityConfig;
  readonly outbound?: Egress;
  /** Whether Prometheus scrapes the pods. */
  readonly scraped: () => boolean;
}

/** The NetworkPolicy of a workload; rules that a user adds by cdk8s-plus's verbs come after its own. */
export function networkPolicy(scope: Construct, parts: NetworkPolicyParts): NetworkPolicy {
  const { spec, deployment, podLabels, callers, exposed } = parts;
  const policy = new NetworkPolicy(scope, 'NetworkPolicy', { metadata: parts.metadata, selector: deployment });
  const [serving] = spec.ports;
  const metricsPort = spec.ports.find(port => port.name === spec.metrics?.port)?.number;
  const egress = egressRules(parts);
  amend(policy, manifest => {
    const composed = composePolicy({
      podLabel: podLabels,
      ports: portsOfCallers(spec),
      callers,
      exposure: exposed,
      exposedPorts: exposed.healthPort === undefined ? [serving.number] : [serving.number, exposed.healthPort],
      scraper: parts.scraped() && metricsPort ? { namespace: Prometheus._namespaceFor(scope), port: metricsPort } : undefined,
      egress,
    });
    manifest.spec = {
      ...composed,
      ...withAdded('ingress', composed, manifest.spec),
      ...withAdded('egress', composed, manifest.spec),
    };
  });
  policy.node.addValidation({
    validate: () => {
      if (parts.scraped()) { warnOfGuess(scope); }
      return [];
    },
  });
  return policy;
}

/** The Prometheus operator may be stated alone, and then nobody said where its Prometheus is. */
function warnOfGuess(scope: Construct): void {
  if (Prometheus.of(scope) || !hasAddon(scope, 'prometheus-operator')) { return; }
  warn(scope, `its network policy lets Prometheus in from the namespace "${Prometheus._namespaceFor(scope)}", because the program doesn't say where it is; `
    + 'say so: Prometheus.operator(app, { address: "http://prometheus-operated.monitoring.svc:9090" })');
}

/** The ports that callers may use: all but one that is for metrics only. */
export function portsOfCallers({ ports, metrics }: WorkloadSpec): number[] {
  const [serving] = ports;
  return ports.filter(port => port === serving || port.name !== metrics?.port).map(port => port.number);
}

function egressRules({ spec, identity, outbound }: NetworkPolicyParts): EgressRule[] {
  return [
    ...spec.egress,
    // Federated tokens are traded at the cloud's public endpoint.
    ...(identity ? [internetRule([443])] : []),
    ...(identity?.usesMetadataServer ? metadataServerRules() : []),
    ...outbound?._toRules() ?? [],
  ];
}

function withAdded(direction: 'ingress' | 'egress', composed: any, rendered: any): any {
  const rules = [...composed[direction] ?? [], ...rendered[direction] ?? []];
  return rules.length > 0 ? { [direction]: rules } : {};
}
