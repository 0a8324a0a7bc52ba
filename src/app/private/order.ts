import { ApiObject, Chart } from 'cdk8s';
import { Graph } from './graph';
import { Tree } from './tree';
import { InvalidInputError, pathOf } from '../../private/errors';

interface Dependency { readonly source: number; readonly target: number }

/** The charts of a tree and their objects, each after what it depends on. The order is that of `cdk8s.App`. */
export class Order {
  /** The charts, each after the charts that it depends on. */
  public readonly charts: Chart[];
  /** Whether any chart depends on another, so that file names carry the order. */
  public readonly chartsDepend: boolean;

  private readonly dependencies: Dependency[];

  constructor(private readonly tree: Tree) {
    this.dependencies = tree.dependencies.flatMap(({ source, target }) => this.known(source, tree.indexOf(target), target.node.path));
    const graph = new Graph();
    const vertices = new Set<number>();
    this.chartsDepend = this.addChartDependencies(graph, vertices);
    if (!this.chartsDepend) {
      this.charts = tree.charts;
      return;
    }
    for (const chart of tree.charts) { vertices.add(tree.indexOf(chart)!); }
    const ordered = graph.order([...vertices].sort((a, b) => a - b), along => this.cycle(along));
    this.charts = ordered.map(index => tree.constructs[index]).filter(c => Chart.isChart(c)) as Chart[];
  }

  /** A chart's own objects, each after the objects that it depends on. */
  public objectsOf(chart: Chart): ApiObject[] {
    const objects = this.tree.objectsOf(chart);
    if (this.dependencies.length === 0) { return objects; }
    const start = this.tree.indexOf(chart)!;
    const end = this.tree.endOf(start);
    const own = (index: number) => index >= start && index < end && this.tree.chartAt(index) === chart;
    const { dependencies: all } = this;
    // they are in the order of their sources
    const dependencies = all
      .slice(lowerBound(all.length, i => all[i].source >= start), lowerBound(all.length, i => all[i].source >= end))
      .filter(d => own(d.source) && own(d.target));
    if (dependencies.length === 0) { return objects; }

    const graph = new Graph();
    const indexes = objects.map(object => this.tree.indexOf(object)!);
    const vertices = new Set(indexes);
    for (const { source, target } of dependencies) {
      vertices.add(source).add(target);
      graph.add(source, [target]);
    }
    // a dependency between constructs is one between all their objects, save those that are on both sides
    for (const { source, target } of dependencies) {
      const below = (index: number) => slice(indexes, index, this.tree.endOf(index));
      const sources = this.tree.isWithin(target, source) ? below(source).filter(index => !this.tree.isWithin(index, target)) : below(source);
      const targets = this.tree.isWithin(source, target) ? below(target).filter(index => !this.tree.isWithin(index, source)) : below(target);
      for (const index of sources) { graph.add(index, targets); }
    }
    return graph.order([...vertices].sort((a, b) => a - b), along => this.cycle(along))
      .map(index => this.tree.constructs[index])
      .filter(c => ApiObject.isApiObject(c)) as ApiObject[];
  }

  private addChartDependencies(graph: Graph, vertices: Set<number>): boolean {
    const { tree } = this;
    let depend = false;
    for (const { source, target } of this.dependencies) {
      vertices.add(source).add(target);
      graph.add(source, [target]);
    }
    for (const chart of tree.charts) {
      for (const child of chart.node.children.filter(c => Chart.isChart(c))) {
        graph.add(tree.indexOf(chart)!, [tree.indexOf(child)!]);
        depend = true;
      }
    }
    for (const { source, target } of this.dependencies) {
      for (const from of this.chartsAt(source)) {
        for (const to of this.chartsAt(target)) {
          if (from === to) { continue; }
          graph.add(tree.indexOf(from)!, [tree.indexOf(to)!]);
          depend = true;
        }
      }
    }
    return depend;
  }

  /** The chart that a construct belongs to or, for a construct around charts, those charts. */
  private chartsAt(index: number): Chart[] {
    const chart = this.tree.chartAt(index);
    return chart ? [chart] : this.tree.charts.filter(c => this.tree.isWithin(this.tree.indexOf(c)!, index));
  }

  /** A dependency, unless it is none of ours (between constructs that have nothing to do with charts). */
  private known(source: number, target: number | undefined, targetPath: string): Dependency[] {
    const from = this.tree.constructs[source];
    if (target === source) {
      throw new InvalidInputError(`${pathOf(from)}: depends on itself; remove that dependency`);
    }
    const sourceHasCharts = this.chartsAt(source).length > 0;
    const targetHasCharts = target !== undefined && this.chartsAt(target).length > 0;
    if (sourceHasCharts && targetHasCharts) { return [{ source, target }]; }
    if (!sourceHasCharts && !targetHasCharts) { return []; }
    throw new InvalidInputError(sourceHasCharts
      ? `${pathOf(from)}: depends on "${targetPath}", which is in no chart; must depend on charts and their constructs only, because YAML can't wait for anything else`
      : `${pathOf(from)}: is in no chart but depends on "${targetPath}", which is; must not, because only a chart's constructs are put in an order with it`);
  }

  private cycle(along: number[]): Error {
    return new InvalidInputError(`Dependency cycle detected: ${along.map(index => this.tree.constructs[index].node.path).join(' => ')}; remove one of these dependencies`);
  }
}

/** The part of an ascending list that is in a range. */
function slice(ascending: number[], start: number, end: number): number[] {
  return ascending.slice(lowerBound(ascending.length, i => ascending[i] >= start), lowerBound(ascending.length, i => ascending[i] >= end));
}

/** The first index for which something holds that, once it holds, holds for the rest. */
function lowerBound(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) { high = middle; } else { low = middle + 1; }
  }
  return low;
}
