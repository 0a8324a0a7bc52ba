import { IConstruct } from 'constructs';
import { number } from './custom-pods';
import { podSetsOf, scaledTo } from './pod-sets';
import type { DeclaredCluster } from '../../../private/declared-cluster';
import { bindingsOf } from '../../../private/identity-bindings';
import { AS_READ } from '../../../private/platform';
import { ClaimFact, ClusterFacts, clusterRules, GpuOperatorFact, isSwitchedOff, LimitsFact, PodSet, ScaledObjectFact } from '../../../private/rules';
import { warn } from '../../../private/warnings';
import { arrayOf, quantity } from '../checks/formats';

interface Scaled { readonly namespace: string; readonly kind: string; readonly name: string; readonly min: number; readonly max: number }

/** What the rules need of a chart, collected manifest by manifest. */
export class Collected {
  public readonly podSets: PodSet[] = [];
  public readonly claims: ClaimFact[] = [];
  public readonly quotas: LimitsFact[] = [];
  public readonly containerLimits: LimitsFact[] = [];
  public readonly scaledObjects: ScaledObjectFact[] = [];
  public readonly priorities: Array<[string, number]> = [];
  public readonly serviceAccounts: string[] = [];
  public readonly customKinds = new Set<string>();
  public readonly gpuOperators: GpuOperatorFact[] = [];
  public readonly scaled: Scaled[] = [];

  public add(manifest: any, source: IConstruct): void {
    const { apiVersion, kind, metadata, spec } = manifest;
    const namespace = metadata?.namespace ?? '';
    switch (kind) {
      case 'PersistentVolumeClaim':
        this.claims.push({ namespace, name: metadata?.name, accessModes: Array.isArray(spec?.accessModes) ? spec.accessModes : [] });
        return;
      case 'ResourceQuota': this.addQuota(source, namespace, 'spec', spec); return;
      case 'LimitRange':
        for (const [i, limits] of arrayOf(spec?.limits).entries()) {
          if (limits?.type === 'Container') { this.containerLimits.push(limitsOf(source, namespace, `spec.limits[${i}].max`, limits.max)); }
        }
        return;
      case 'Profile': if (String(apiVersion).startsWith('kubeflow.org/')) {
        this.addQuota(source, metadata?.name, 'spec.resourceQuotaSpec', spec?.resourceQuotaSpec);
      }
        break;
      case 'PriorityClass': this.priorities.push([metadata?.name, manifest.value]); return;
      case 'ServiceAccount': this.serviceAccounts.push(`${namespace}/${metadata?.name}`); return;
      case 'HorizontalPodAutoscaler':
        this.scaled.push({ namespace, ...spec?.scaleTargetRef, min: number(spec?.minReplicas, 1), max: number(spec?.maxReplicas, 1) });
        return;
      case 'ScaledObject':
        // with none to do, there are as many as it says for idleness, be the minimum higher
        this.scaled.push({
          namespace, kind: 'Deployment', ...spec?.scaleTargetRef, min: number(spec?.idleReplicaCount ?? spec?.minReplicaCount, 0), max: number(spec?.maxReplicaCount, 100),
        });
        this.scaledObjects.push({
          source, minReplicas: numberOf(spec?.minReplicaCount), idleReplicas: numberOf(spec?.idleReplicaCount), triggers: arrayOf(spec?.triggers),
        });
        return;
      case 'ClusterPolicy': if (String(apiVersion).startsWith('nvidia.com/')) {
        this.gpuOperators.push({
          source, installsDriver: spec?.driver?.enabled !== false, readsFile: spec?.toolkit?.enabled === false || fileIsSource(spec?.toolkit?.env),
        });
      }
        break;
      default: break;
    }
    const group = /^([^/]+\.[^/]+)\//.exec(String(apiVersion))?.[1];
    if (group !== undefined && !group.endsWith('.k8s.io')) { this.customKinds.add(`${group}/${kind}`); }
    // what comes from elsewhere is not the program's to change
    if (!(AS_READ in source)) { this.podSets.push(...podSetsOf(manifest, source)); }
  }

  private addQuota(source: IConstruct, namespace: string, field: string, spec: any): void {
    // which pods are of a scope, the cluster decides
    if (spec?.hard === undefined || spec.scopes?.length > 0 || spec.scopeSelector !== undefined) { return; }
    this.quotas.push(limitsOf(source, namespace, `${field}.hard`, spec.hard));
  }
}

function limitsOf(source: IConstruct, namespace: string, field: string, amounts: any): LimitsFact {
  const known = Object.entries(amounts ?? {}).map(([resource, value]) => ({ resource, text: String(value), amount: quantity(value) }));
  return { source, namespace: namespace || 'default', field, amounts: known.filter(({ amount }) => !Number.isNaN(amount)) };
}

/** Judges what a cluster holds by every rule. */
export function judge(cluster: DeclaredCluster | undefined, charts: readonly Collected[], errors: string[]): void {
  const { gpuPools = [], nodePools = [] } = (cluster ?? {}) as { gpuPools?: unknown[]; nodePools?: unknown[] };
  const hasPools = gpuPools.length + nodePools.length > 0;
  const concerns = charts.some(chart => chart.claims.length + chart.scaledObjects.length + chart.quotas.length + chart.containerLimits.length > 0
    || chart.podSets.some(set => set.devices.size > 0));
  // Most programs have nothing that a rule is about, and needn't load any.
  if (!hasPools && !concerns && bindingsOf(cluster).length === 0) { return; }
  const facts = factsOf(cluster, charts);
  // of a master and its workers the same may be wrong
  const found = new Set<string>();
  for (const rule of clusterRules()) {
    const unlessOff = (about: readonly IConstruct[], say: () => void): boolean => {
      if (about.some(construct => isSwitchedOff(construct, rule.id))) { return false; }
      say();
      return true;
    };
    rule.check(facts, {
      refuse: (about, message) => unlessOff(about, () => found.add(`${message} [${rule.id}]`)),
      warn: (about, message) => unlessOff(about, () => warn(about[0].node.root, `${message} [${rule.id}]`)),
    });
  }
  errors.push(...found);
}

function factsOf(cluster: DeclaredCluster | undefined, charts: readonly Collected[]): ClusterFacts {
  const scaled = new Map(charts.flatMap(chart => chart.scaled).map(one => [`${one.namespace}/${one.kind}/${one.name}`, one]));
  return {
    cluster,
    podSets: charts.flatMap(chart => chart.podSets).map(set => {
      const scaler = scaled.get(`${set.namespace}/${set.kind}/${set.name}`);
      return scaler ? scaledTo(set, scaler.min, scaler.max) : set;
    }),
    claims: charts.flatMap(chart => chart.claims),
    quotas: charts.flatMap(chart => chart.quotas),
    containerLimits: charts.flatMap(chart => chart.containerLimits),
    scaledObjects: charts.flatMap(chart => chart.scaledObjects),
    priorities: new Map(charts.flatMap(chart => chart.priorities)),
    serviceAccounts: new Set(charts.flatMap(chart => chart.serviceAccounts)),
    gpuOperators: charts.flatMap(chart => chart.gpuOperators),
    customKinds: new Set(charts.flatMap(chart => [...chart.customKinds])),
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function fileIsSource(env: unknown): boolean {
  return Array.isArray(env) && env.some(one => one?.name === 'RUNTIME_CONFIG_SOURCE' && String(one.value).split(',')[0] === 'file');
}
