import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ClusterScope, statedClusterScoped } from './cluster-scope';
import { Clusters } from './clusters';
import { Order } from './order';
import { render } from './render';
import { Tree } from './tree';
import { Printer } from './yaml/printer';
import { InvalidInputError, pathOf } from '../../private/errors';
import { PlatformChart } from '../platform-chart';

/** One object, ready to be written. */
export interface Document {
  /** What it was rendered from: the object or, when a chart class changes what it renders, the chart. */
  readonly source: IConstruct;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly yaml: string;
}

/** A chart with its documents in order. */
export interface ChartDocuments {
  readonly chart: Chart;
  /** The folder of the chart's cluster; empty when the program has not several. */
  readonly folder: string;
  readonly documents: Document[];
}

interface Rendered { readonly source: IConstruct; readonly manifest: any }

/** The synthesis that an app is at, so that what it calls does not begin another. */
const running = new WeakMap<object, Synthesis>();

/** What an app is when it is synthesized: walked, validated, ordered and rendered, each once. */
export class Synthesis {
  /** Does something with a synthesis of an app: the one that is running, else a new one. Throws when a construct's own validation fails. */
  public static of<T>(app: App, use: (synthesis: Synthesis) => T, options = { validate: true }): T {
    const current = running.get(app);
    if (current) { return use(current); }
    const synthesis = new Synthesis(app);
    running.set(app, synthesis);
    try {
      if (options.validate) { failIfAny(synthesis.validations()); }
      return use(synthesis);
    } finally {
      running.delete(app);
    }
  }

  /** What is wrong with an app's objects, for who validates the tree without this class; nothing while this class does. */
  public static findings(app: App): string[] {
    if (running.has(app)) { return []; }
    const synthesis = new Synthesis(app);
    const errors: string[] = [];
    running.set(app, synthesis);
    try {
      synthesis.document(errors);
    } finally {
      running.delete(app);
    }
    return errors;
  }

  private readonly tree: Tree;
  private readonly order: Order;

  private constructor(app: App) {
    this.tree = new Tree(app);
    this.order = new Order(this.tree);
    this.leaveOutNamespaces(app);
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

  /** One chart's manifests. Throws, with all of them, when any is not what a cluster accepts. */
  public manifestsOf(chart: Chart): any[] {
    const errors: string[] = [];
    const manifests = this.render(chart, errors).map(rendered => rendered.manifest);
    failIfAny(errors);
    return manifests;
  }

  /** Every chart's documents. Throws, with all of them, when any is not what a cluster accepts. */
  public documents(): ChartDocuments[] {
    const errors: string[] = [];
    const documents = this.document(errors);
    failIfAny(errors);
    return documents;
  }

  /** Which construct made which object, as cdk8s records it. */
  public constructMetadata(): string {
    const objects = this.charts.flatMap(chart => this.objectsOf(chart));
    const resources = Object.fromEntries(objects.map(object => [object.name, { path: object.node.path }]));
    return JSON.stringify({ version: '1.0.0', resources });
  }

  private document(errors: string[]): ChartDocuments[] {
    const clusters = new Clusters(this.tree);
    const printer = new Printer();
    return this.charts.map(chart => {
      const rendered = this.hasOwnToJson(chart) ? this.renderItself(chart) : this.render(chart, errors);
      return {
        chart,
        folder: clusters.several && rendered.length > 0 ? clusters.of(chart)!.name : '',
        documents: rendered.map(({ source, manifest }) => ({
          source,
          kind: manifest.kind,
          namespace: manifest.metadata?.namespace,
          name: manifest.metadata?.name,
          yaml: printer.print(manifest),
        })),
      };
    });
  }

  private render(chart: Chart, errors: string[]): Rendered[] {
    return this.objectsOf(chart).flatMap(source => {
      try {
        return [{ source, manifest: render(source) }];
      } catch (e) {
        errors.push((e as Error).message);
        return [];
      }
    });
  }

  /** A chart class of the user's own may change what it renders. */
  private hasOwnToJson(chart: Chart): boolean {
    return chart.toJson !== Chart.prototype.toJson && chart.toJson !== PlatformChart.prototype.toJson;
  }

  private renderItself(chart: Chart): Rendered[] {
    const objects = this.objectsOf(chart);
    return chart.toJson().filter(manifest => manifest !== undefined).map(manifest => ({
      source: objects.find(o => o.kind === manifest.kind && o.name === manifest.metadata?.name) ?? chart,
      manifest,
    }));
  }

  /** cdk8s gives the chart's namespace to every object; kinds that have none must not carry it. */
  private leaveOutNamespaces(app: App): void {
    const objects = this.tree.charts.flatMap(chart => this.tree.objectsOf(chart));
    const scope = new ClusterScope(objects, statedClusterScoped(app));
    for (const { apiGroup, kind, metadata } of objects) {
      if (metadata.namespace !== undefined && scope.has(apiGroup, kind)) { (metadata as { namespace?: string }).namespace = undefined; }
    }
  }

  private validations(): string[] {
    return this.tree.constructs.flatMap(construct => construct.node.validate().map(error => {
      const path = pathOf(construct);
      return path !== '' && error.startsWith(path) ? error : `[${construct.node.path}] ${error}`;
    }));
  }
}

function failIfAny(errors: string[]): void {
  if (errors.length > 0) { throw new InvalidInputError(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`); }
}
