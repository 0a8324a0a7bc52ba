import { Chart } from 'cdk8s';
import { Tree } from './tree';
import { DeclaredCluster, isCluster } from '../../private/declared-cluster';
import { InvalidInputError, pathOf, show } from '../../private/errors';
import { setting } from '../../private/settings';

/** Which cluster each chart of a tree belongs to. */
export class Clusters {
  private readonly all = new Set<DeclaredCluster>();
  private readonly only?: DeclaredCluster;

  /** Throws when two clusters have one name. */
  constructor(tree: Tree) {
    for (const construct of tree.constructs) {
      if (isCluster(construct)) { this.all.add(construct); }
    }
    for (const chart of tree.charts) {
      const cluster = stated(chart);
      if (cluster) { this.all.add(cluster); }
    }
    const named = new Map<string, DeclaredCluster>();
    for (const cluster of this.all) {
      // it names a folder, and some file systems don't tell capitals from small letters
      const other = named.get(cluster.name.toLowerCase());
      if (other) {
        throw new InvalidInputError(`${pathOf(cluster)}.name: got ${show(cluster.name)}; must not be the name of another cluster, ${pathOf(other)}; rename one`);
      }
      named.set(cluster.name.toLowerCase(), cluster);
    }
    if (this.all.size === 1) { [this.only] = this.all; }
  }

  /** Whether the output of each cluster goes to a folder of its own. */
  public get several(): boolean {
    return this.all.size > 1;
  }

  /** The cluster of a chart; undefined when the program has none. Throws when it has several and the chart names none. */
  public of(chart: Chart): DeclaredCluster | undefined {
    const cluster = stated(chart) ?? this.only;
    if (!cluster && this.several) {
      const names = [...this.all].map(c => `"${c.name}"`).join(', ');
      throw new InvalidInputError(`${pathOf(chart)}.cluster: got nothing; must name one of the program's clusters (${names}); pass "cluster" to its PlatformChart`);
    }
    return cluster;
  }
}

function stated(chart: Chart): DeclaredCluster | undefined {
  return setting(chart, 'cluster') as DeclaredCluster | undefined;
}
