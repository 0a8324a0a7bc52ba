import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** A construct tree, walked once: every question that synthesis asks is then a look-up. */
export class Tree {
  /** All constructs, each before its children. */
  public readonly constructs: IConstruct[] = [];
  /** The charts, in the order of the constructs. */
  public readonly charts: Chart[] = [];
  /** The dependencies that were stated, as indexes of constructs, in the order of their sources. */
  public readonly dependencies: Array<{ source: number; target: IConstruct }> = [];

  private readonly ends: number[] = [];
  private readonly chartOf: Array<Chart | undefined> = [];
  private readonly parents: number[] = [];
  private readonly objects = new Map<Chart, ApiObject[]>();
  private indexes?: Map<IConstruct, number>;

  constructor(public readonly root: IConstruct) {
    this.visit(root, undefined, -1);
  }

  /** A chart's own objects (not those of charts within it), in the order of the constructs. */
  public objectsOf(chart: Chart): ApiObject[] {
    return this.objects.get(chart) ?? [];
  }

  /** The position of a construct; undefined when it is not in this tree. */
  public indexOf(construct: IConstruct): number | undefined {
    // only programs with dependencies ask
    this.indexes ??= new Map(this.constructs.map((c, index) => [c, index]));
    return this.indexes.get(construct);
  }

  /** One after the position of a construct's last descendant. */
  public endOf(index: number): number {
    return this.ends[index];
  }

  /** The position of a construct's parent; -1 for the root. */
  public parentOf(index: number): number {
    return this.parents[index];
  }

  /** The nearest chart around a construct, itself included. */
  public chartAt(index: number): Chart | undefined {
    return this.chartOf[index];
  }

  /** Whether a construct is another or below it. */
  public isWithin(index: number, ancestor: number): boolean {
    return index >= ancestor && index < this.ends[ancestor];
  }

  private visit(construct: IConstruct, around: Chart | undefined, parent: number): void {
    const index = this.constructs.length;
    this.constructs.push(construct);
    this.parents.push(parent);
    let chart = around;
    if (Chart.isChart(construct)) {
      chart = construct as Chart;
      this.charts.push(chart);
      this.objects.set(chart, []);
    } else if (chart && ApiObject.isApiObject(construct)) {
      this.objects.get(chart)!.push(construct as ApiObject);
    }
    this.chartOf.push(chart);
    for (const target of construct.node.dependencies) { this.dependencies.push({ source: index, target }); }
    for (const child of construct.node.children) { this.visit(child, chart, index); }
    this.ends[index] = this.constructs.length;
  }
}
