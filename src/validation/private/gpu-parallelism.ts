import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

const FLAGS = ['tensor-parallel-size', 'pipeline-parallel-size'];

/** A model server divides its model among as many GPUs as its container has. */
export const gpuParallelism: ClusterRule = {
  id: 'gpu-parallelism',
  check(facts, report) {
    for (const set of facts.podSets) {
      for (const { words, devices } of set.commands) {
        const sizes = FLAGS.map(flag => sizeOf(words, flag));
        if (sizes.every(size => size === undefined)) { continue; }
        const parts = sizes.map(size => size ?? 1);
        const product = parts.reduce((a, b) => a * b);
        if (product !== devices) {
          report.refuse([set.source], `${pathOf(set.source)}: divides its model among ${product} GPUs (${FLAGS.map((flag, i) => `--${flag} ${parts[i]}`).join(', ')}); must divide it among the ${devices} that its container asks for; change one of them`);
        }
      }
    }
  },
};

function sizeOf(words: readonly string[], flag: string): number | undefined {
  const at = words.findIndex(word => word === `--${flag}` || word.startsWith(`--${flag}=`));
  if (at < 0) { return undefined; }
  const value = Number(words[at].split('=')[1] ?? words[at + 1]);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
