import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { checkBetween } from './checks/between';
import { Fact } from './checks/facts';
import { warnOfUndeclared } from './checks/namespaces';
import { ClusterScope } from './cluster-scope';
import { Clusters } from './clusters';
import { Inspector, Rendered } from './inspector';
import { Order } from './order';
import { render } from './render';
import { Collected, judge } from './rules/collected';
import type { TerraformHalf } from './terraform/half';
import { Tree } from './tree';
import type { DeclaredCluster } from '../../private/declared-cluster';
import { InvalidInputError, invalid, pathOf, show } from '../../private/errors';
import { AS_READ } from '../../private/platform';
import { isStack } from '../../private/terraform';
import type { PlatformApp } from '../platform-app';

/** One object, ready to be written. */
export interface Document {
  /** What it was rendered from: the object or, when a chart class changes what it renders, the chart. */
  readonly source: IConstruct;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Its bytes, because a fleet's texts would make the garbage collector's heap twice as large. */
  readonly yaml: Buffer;
}

/** A chart with its documents in order. */
export interface ChartDocuments {
  readonly chart: Chart;
  /** The folder of the chart's cluster; empty when the program has not several. */
  readonly folder: string;
  readonly documents: Document[];
  /** What the documents say, when it was asked for. */
  readonly manifests: any[];
  /** The values that exist only after Terraform has run, and that nobody recorded; a chart that waits for one is not written. */
  readonly waiting: string[];
}

// what only programs with a stack need
const terraformRoom = () => require('./terraform/half') as typeof import('./terraform/half');
const lateRoom = () => require('./terraform/late-values') as typeof import('./terraform/late-values');

/** The synthesis that an app is at, so that what it calls does not begin another. */
const running = new WeakMap<object, Synthesis>();

/** What an app is when it is synthesized: walked, validated, ordered and rendered, each once. */
export class Synthesis {
  /**
   * Does something with a synthesis of an app: the one that is running ("nested"), else a new one. Throws when a construct's own
   * validation fails.
   */
  public static of<T>(app: PlatformApp, use: (synthesis: Synthesis, nested: boolean) => T, options = { validate: true }): T {
    const current = running.get(app);
    if (current) { return use(current, true); }
    const synthesis = new Synthesis(app);
    running.set(app, synthesis);
    try {
      if (options.validate) { failIfAny(synthesis.validations()); }
      return use(synthesis, false);
    } finally {
      running.delete(app);
    }
  }

  private readonly tree: Tree;
  private readonly order: Order;
  private readonly scope: ClusterScope;
  private readonly inspector: Inspector;
  private readonly errors: string[] = [];
  /** The stacks, when there are any. */
  public readonly terraform?: TerraformHalf;

  private constructor(private readonly app: PlatformApp) {
    this.tree = new Tree(app);
    if (this.tree.constructs.some(isStack)) {
      this.terraform = terraformRoom().TerraformHalf.of(app, app.terraformOutdir, this.tree.constructs);
    }
    const late = this.terraform && new (lateRoom().LateValues)(this.terraform.stacks, app.recordedOutputs, app.terraformOutdir);
    this.inspector = new Inspector(app, this.errors, late);
    this.order = new Order(this.tree);
    const objects = this.tree.charts.flatMap(chart => this.tree.objectsOf(chart));
    this.scope = new ClusterScope(objects, app.clusterScopedKinds);
    this.leaveOutNamespaces(objects);
  }

  /** The charts, each after those that it depends on. */
  public get charts(): Chart[] {
    return this.order.charts;
  }

  /** Whether any chart depends on another. */
  public get chartsDepend(): boolean {
    return this.order.chartsDepend;
  }

  /** A chart's own objects, each after those that it depends on. */
  public objectsOf(chart: Chart): ApiObject[] {
    return this.order.objectsOf(chart);
  }

  /** A chart's manifests as its objects render them, for a chart class of the user's own that changes them. */
  public rendered(chart: Chart): any[] {
    return Array.from(this.render(chart), one => one.manifest);
  }

  /** As `rendered`, with late values. */
  public renderedLate(chart: Chart): any[] {
    return Array.from(this.render(chart), one => this.inspector.inspect(one).manifest);
  }

  /**
   * Every chart's documents. Throws, with all of them, when any is not what a cluster accepts.
   *
   * @param wanted the charts whose manifests are kept
   */
  public documents(wanted: readonly Chart[] = []): ChartDocuments[] {
    const documents = this.document(new Set(wanted));
    failIfAny(this.errors);
    return documents;
  }

  /** Which construct made which object, as cdk8s records it. */
  public constructMetadata(): Buffer {
    const objects = this.charts.flatMap(chart => this.objectsOf(chart));
    const resources = Object.fromEntries(objects.map(object => [object.name, { path: object.node.path }]));
    return Buffer.from(JSON.stringify({ version: '1.0.0', resources }));
  }

  private document(wanted: ReadonlySet<Chart>): ChartDocuments[] {
    const clusters = new Clusters(this.tree);
    const facts = new Map<DeclaredCluster | undefined, Fact[]>();
    const collected = new Map<DeclaredCluster | undefined, Collected[]>();
    const result = this.charts.map(chart => {
      const rendered = hasOwnToJson(chart) ? this.renderItself(chart) : this.render(chart);
      const own: Fact[] = [];
      const documents: Document[] = [];
      const manifests: any[] = [];
      const waiting: string[] = [];
      const forRules = new Collected();
      for (const one of rendered) {
        const { source, manifest, yaml, fact, waiting: late } = this.inspector.inspect(one);
        documents.push({ source, kind: fact.kind, namespace: fact.namespace || undefined, name: fact.name, yaml });
        own.push(fact);
        waiting.push(...late);
        if (wanted.has(chart)) { manifests.push(manifest); }
        this.unlessMalformed(() => forRules.add(manifest, source));
      }
      if (documents.length === 0) { return { chart, folder: '', documents, manifests, waiting }; }
      const cluster = clusters.of(chart);
      if (!collected.has(cluster)) { collected.set(cluster, []); }
      collected.get(cluster)!.push(forRules);
      if (!facts.has(cluster)) { facts.set(cluster, []); }
      facts.get(cluster)!.push(...own);
      return { chart, folder: clusters.several ? cluster!.name : '', documents, manifests, waiting };
    });
    for (const ofCluster of facts.values()) {
      this.unlessMalformed(() => {
        checkBetween(ofCluster, fact => this.inspector.reportOf(fact.source));
        warnOfUndeclared(ofCluster, this.app.existingNamespaces);
      });
    }
    for (const [cluster, ofCharts] of collected) { this.unlessMalformed(() => judge(cluster, ofCharts, this.errors)); }
    return result;
  }

  /** Renders a chart's objects one by one, so that only one is in memory at a time. */
  private* render(chart: Chart): Iterable<Rendered> {
    for (const source of this.objectsOf(chart)) {
      try {
        const manifest = AS_READ in source ? render(source) : this.withoutNamespace(render(source));
        if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
          this.errors.push(invalid(source, 'manifest', manifest, 'be a dictionary', 'remove the patch, or what else makes it something else').message);
          continue;
        }
        yield { source, manifest };
      } catch (e) {
        const message = e instanceof Error ? e.message : show(e);
        // what cdk8s, or a class of the user's, says by itself may not say where
        this.errors.push(e instanceof InvalidInputError || message.includes(source.node.path)
          ? message : invalid(source, 'spec', undefined, 'be an object that can be rendered', message).message);
      }
    }
  }

  private renderItself(chart: Chart): Iterable<Rendered> {
    const sources = new Map(this.objectsOf(chart).map(object => [`${object.kind}/${object.name}`, object]));
    return chart.toJson().filter(manifest => manifest !== undefined).map(manifest => ({
      source: sources.get(`${manifest.kind}/${manifest.metadata?.name}`) ?? chart,
      manifest: this.withoutNamespace(manifest),
    }));
  }

  private withoutNamespace(manifest: any): any {
    if (manifest?.metadata?.namespace !== undefined) {
      const group = /^(.*)\//.exec(manifest.apiVersion)?.[1] ?? 'core';
      if (this.scope.has(group, manifest.kind)) { delete manifest.metadata.namespace; }
    }
    return manifest;
  }

  /** cdk8s gives the chart's namespace to every object; kinds that have none must not carry it. */
  private leaveOutNamespaces(objects: ApiObject[]): void {
    for (const { apiGroup, kind, metadata } of objects) {
      if (metadata.namespace !== undefined && this.scope.has(apiGroup, kind)) { (metadata as { namespace?: string }).namespace = undefined; }
    }
  }

  /** Does what relies on manifests that are well-formed. When it falls over one that isn't, what is wrong with it is among the errors already. */
  private unlessMalformed(check: () => void): void {
    try {
      check();
    } catch (e) {
      if (this.errors.length === 0) { throw e; }
    }
  }

  private validations(): string[] {
    return this.tree.constructs.flatMap(construct => findingsOf(construct).map(error => {
      const path = pathOf(construct);
      return path !== '' && error.startsWith(path) ? error : `[${construct.node.path}] ${error}`;
    }));
  }
}

/** Whether a chart is of a class of the user's own that changes what it renders. */
export function hasOwnToJson(chart: Chart): boolean {
  return chart.toJson !== Chart.prototype.toJson;
}

/** What a construct's own validations say; one of the user's may say nothing at all, or fail. */
function findingsOf(construct: IConstruct): string[] {
  try {
    return construct.node.validate().filter(error => error !== undefined && error !== null).map(error => (typeof error === 'string' ? error : show(error)));
  } catch (e) {
    if (e instanceof InvalidInputError) { throw e; }
    return [invalid(construct, 'validate', undefined, 'be a validation that ends', e instanceof Error ? e.message : show(e)).message];
  }
}

/** How many errors a message lists; a mistake in a loop makes thousands. */
const LISTED = 100;

function failIfAny(found: readonly string[]): void {
  // a chart that renders itself may have been asked more than once
  const errors = [...new Set(found)];
  if (errors.length === 0) { return; }
  const more = errors.length > LISTED ? `\n  ... and ${errors.length - LISTED} more` : '';
  throw new InvalidInputError(`Validation failed with the following errors:\n  ${errors.slice(0, LISTED).join('\n  ')}${more}`);
}
