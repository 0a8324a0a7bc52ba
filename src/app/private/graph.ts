/**
 * A graph of things that must come before others, by index, ordered depth first: each after what it depends on,
 * and otherwise in the order of the indexes.
 *
 * cdk8s computes the same order, but walks every path through the graph; this walks every edge once and keeps its own stack.
 */
export class Graph {
  /** Per vertex, lists of what it depends on. Lists may be shared between vertices. */
  private readonly edges = new Map<number, number[][]>();
  private readonly hasDependants = new Set<number>();

  /** States that one vertex depends on others, after what it depended on before. */
  public add(source: number, targets: number[]): void {
    if (targets.length === 0) { return; }
    const lists = this.edges.get(source);
    if (lists) { lists.push(targets); } else { this.edges.set(source, [targets]); }
    for (const target of targets) { this.hasDependants.add(target); }
  }

  /**
   * The vertices in order. As in cdk8s, those that nothing depends on come in the order given,
   * each after the ones that it depends on.
   *
   * @param vertices all vertices, in the order that they have without dependencies
   * @param cycle makes the error for a cycle, given as the vertices along it, the first repeated at the end
   */
  public order(vertices: number[], cycle: (along: number[]) => Error): number[] {
    const result: number[] = [];
    const state = new Map<number, 'open' | 'done'>();
    const walked = new Set<number[]>();

    const visit = (start: number) => {
      const stack: Frame[] = [{ vertex: start, list: 0, item: 0 }];
      state.set(start, 'open');
      while (stack.length > 0) {
        const frame = stack[stack.length - 1];
        const lists = this.edges.get(frame.vertex);
        const targets = lists?.[frame.list];
        if (!targets) {
          state.set(frame.vertex, 'done');
          result.push(frame.vertex);
          stack.pop();
        } else if (frame.item >= targets.length || walked.has(targets)) {
          // every target of this list is done: others that share it need not look again
          walked.add(targets);
          frame.list++;
          frame.item = 0;
        } else {
          const target = targets[frame.item++];
          const seen = state.get(target);
          if (seen === 'open') {
            const along = stack.map(f => f.vertex);
            throw cycle([...along.slice(along.indexOf(target)), target]);
          }
          if (!seen) {
            state.set(target, 'open');
            stack.push({ vertex: target, list: 0, item: 0 });
          }
        }
      }
    };

    for (const vertex of vertices) {
      if (!this.hasDependants.has(vertex) && !state.has(vertex)) { visit(vertex); }
    }
    // what only a cycle leads to
    for (const vertex of vertices) {
      if (!state.has(vertex)) { visit(vertex); }
    }
    return result;
  }
}

interface Frame { readonly vertex: number; list: number; item: number }
