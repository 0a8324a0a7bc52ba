import { IConstruct } from 'constructs';
import type { AskedAccelerator } from './asked-accelerator';
import type { DeclaredCluster } from './declared-cluster';

/** CPU in thousandths, memory in bytes. */
export interface Compute {
  readonly cpuMillis: number;
  readonly memoryBytes: number;
}

/** What an update may add to the pods of a Deployment and miss of them. */
export interface Rolling {
  readonly maxSurge: unknown;
  readonly maxUnavailable: unknown;
}

/** What the rules of a cluster need to know of something that makes pods: small, because a fleet has thousands. */
export interface PodSet {
  readonly source: IConstruct;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Pods that are always there, or of what ends, that must be there at once; and at most, with what its autoscaler says. */
  readonly min: number;
  readonly max: number;
  /** Whether its pods come to an end by themselves, so that others can have their place. */
  readonly ends: boolean;
  /** Pods that an update adds when there are the most. */
  readonly surge: number;
  /** Pods that an update adds when there are the fewest, and without which it doesn't go on. */
  readonly awaited: number;
  /** What an update may add and miss, in numbers or percentages; undefined when it adds none. */
  readonly rolling?: Rolling;
  readonly nodeSelector: { readonly [key: string]: string };
  /** What the node affinity requires: one of these terms. */
  readonly nodeTerms: readonly any[];
  readonly tolerations: readonly any[];
  readonly priorityClassName?: string;
  readonly serviceAccountName: string;
  readonly podLabels: { readonly [key: string]: string };
  /** What one pod asks for: CPU in thousandths, memory in bytes, and extended resources by name. */
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  /** Disk of its node, in bytes. */
  readonly diskBytes: number;
  readonly devices: ReadonlyMap<string, number>;
  /** What one pod is limited to, as far as its containers are. */
  readonly limits: Compute;
  /** The most that one of its containers is limited to, or asks for when it has no limit. */
  readonly largest: Compute;
  /** The kind of GPU that it is meant for, where its manifest doesn't say it. */
  readonly accelerator?: AskedAccelerator;
  /** Claims that it mounts, with whether only to read. */
  readonly claims: ReadonlyArray<{ readonly name: string; readonly readOnly: boolean }>;
  readonly images: readonly string[];
  /** Command lines of the containers of pods that ask for devices, with how many of each theirs asks for. */
  readonly commands: ReadonlyArray<{ readonly words: readonly string[]; readonly devices: ReadonlyMap<string, number> }>;
  /** Whether one program may run in several of its pods. */
  readonly spans: boolean;
}

/** A claim that the program makes. */
export interface ClaimFact {
  readonly namespace: string;
  readonly name: string;
  readonly accessModes: readonly string[];
}

/** What a namespace's pods may ask for: together by a quota, and in one container by a range of limits. */
export interface LimitsFact {
  readonly source: IConstruct;
  readonly namespace: string;
  /** Where the amounts are in the manifest. */
  readonly field: string;
  readonly amounts: ReadonlyArray<{ readonly resource: string; readonly text: string; readonly amount: number }>;
}

/** A ScaledObject of the program. */
export interface ScaledObjectFact {
  readonly source: IConstruct;
  readonly minReplicas?: number;
  /** How many pods there are when no trigger is active, be the minimum higher. */
  readonly idleReplicas?: number;
  readonly triggers: readonly any[];
}

/** A ClusterPolicy of NVIDIA's GPU Operator. */
export interface GpuOperatorFact {
  readonly source: IConstruct;
  readonly installsDriver: boolean;
  /** Whether its toolkit learns from a file how the container runtime is set up. */
  readonly readsFile: boolean;
}

/** What the rules of one cluster are about. */
export interface ClusterFacts {
  /** The cluster; undefined when the program says nothing of one. */
  readonly cluster?: DeclaredCluster;
  readonly podSets: readonly PodSet[];
  readonly claims: readonly ClaimFact[];
  /** The quotas of namespaces, those of Kubeflow's profiles included. */
  readonly quotas: readonly LimitsFact[];
  /** What one container of a namespace may be limited to. */
  readonly containerLimits: readonly LimitsFact[];
  readonly scaledObjects: readonly ScaledObjectFact[];
  /** Priorities by the name of their class. */
  readonly priorities: ReadonlyMap<string, number>;
  /** "<namespace>/<name>" of each service account that the program makes. */
  readonly serviceAccounts: ReadonlySet<string>;
  readonly gpuOperators: readonly GpuOperatorFact[];
  /** Kinds of custom resources that the program makes, each "group/Kind". */
  readonly customKinds: ReadonlySet<string>;
}

/** Where a rule says what it finds. Tells whether it was said. */
export interface RuleReport {
  /** An error, said in the library's form, unless the rule is switched off for one of these constructs. */
  refuse(about: readonly IConstruct[], message: string): boolean;
  /** A warning, unless the rule is switched off for one of these constructs. */
  warn(about: readonly IConstruct[], message: string): boolean;
}

/** A rule that spans what a cluster holds. */
export interface ClusterRule {
  readonly id: string;
  check(facts: ClusterFacts, report: RuleReport): void;
}

let load: (() => readonly ClusterRule[]) | undefined;

/** States how the rules are loaded. The room that has them can't be imported by the one that runs them. */
export function registerRules(loader: () => readonly ClusterRule[]): void {
  load = loader;
}

/** The rules, loaded when they are first asked for. */
export function clusterRules(): readonly ClusterRule[] {
  return load?.() ?? [];
}

const SWITCHED_OFF = Symbol.for('cdk8s-ml/rules-switched-off');

/** Switches a rule off for a construct and all that is below it. */
export function switchOff(scope: IConstruct, id: string): void {
  const holder = scope as any;
  if (!holder[SWITCHED_OFF]) { Object.defineProperty(holder, SWITCHED_OFF, { value: new Set() }); }
  holder[SWITCHED_OFF].add(id);
}

/** Whether a rule is switched off at or above a construct. */
export function isSwitchedOff(scope: IConstruct, id: string): boolean {
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    if ((at as any)[SWITCHED_OFF]?.has(id)) { return true; }
  }
  return false;
}
