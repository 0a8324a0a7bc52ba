import { Graph } from '../../../src/app/private/graph';

const fail = (along: number[]) => new Error(along.join('>'));

test('orders a graph of many paths in the time of its edges', () => {
  // two vertices per level, each depending on both of the next: 2^200 paths
  const graph = new Graph();
  for (let level = 0; level < 200; level++) {
    for (const vertex of [2 * level, 2 * level + 1]) { graph.add(vertex, [2 * level + 2, 2 * level + 3]); }
  }
  const vertices = Array.from({ length: 402 }, (_, i) => i);
  const order = graph.order(vertices, fail);
  expect(order).toHaveLength(402);
  expect(order.slice(-2)).toEqual([0, 1]);
});

test('has no stack to overflow', () => {
  const graph = new Graph();
  for (let i = 0; i < 50000; i++) { graph.add(i, [i + 1]); }
  expect(graph.order(Array.from({ length: 50001 }, (_, i) => i), fail)[0]).toBe(50000);
});

test('finds a cycle that nothing leads to', () => {
  const graph = new Graph();
  graph.add(1, [2]);
  graph.add(2, [3]);
  graph.add(3, [1]);
  expect(() => graph.order([0, 1, 2, 3], fail)).toThrow('1>2>3>1');
});

test('finds a cycle through a list that several share', () => {
  const graph = new Graph();
  const shared = [3, 4];
  graph.add(1, shared);
  graph.add(2, shared);
  graph.add(4, [2]);
  expect(() => graph.order([1, 2, 3, 4], fail)).toThrow('4>2>4');
});
