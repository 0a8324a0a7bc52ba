import { countsGpus } from './pools';
import { pathOf } from '../../private/errors';
import type { ClusterRule } from '../../private/rules';

/**
 * The sizes whose product is the number of GPUs, by what vLLM and SGLang call them.
 *
 * @see https://docs.vllm.ai/en/latest/configuration/engine_args.html
 */
const SIZES: ReadonlyArray<readonly [long: string, ...others: string[]]> = [
  ['tensor-parallel-size', 'tp-size', 'tp'], ['pipeline-parallel-size', 'pp-size', 'pp'], ['prefill-context-parallel-size', 'pcp'],
];
const COPIES = ['data-parallel-size', 'dp-size', 'dp'];
/** Of the copies, those in this container. */
const COPIES_HERE = ['data-parallel-size-local', 'dpl'];
/** With these a container has one of the copies, or copies share its GPUs. */
const ONE_COPY = ['data-parallel-rank', 'dpn', 'data-parallel-external-lb', 'dpe', 'enable-dp-attention'];
/** With these a server is in several containers, which other objects may make. */
const SEVERAL_NODES = ['nnodes', 'node-rank', 'distributed-executor-backend=ray', 'data-parallel-backend=ray', 'dpb=ray'];

/** A model server divides its model among as many GPUs as its container has. */
export const gpuParallelism: ClusterRule = {
  id: 'gpu-parallelism',
  check(facts, report) {
    for (const set of facts.podSets) {
      for (const command of set.commands) {
        const devices = [...command.devices].reduce((sum, [name, count]) => sum + (countsGpus(name) ? count : 0), 0);
        const options = devices > 0 ? optionsOf(command.words) : new Map<string, string>();
        const sizes = sizesOf(options);
        if (sizes.length === 0 || SEVERAL_NODES.some(option => isSet(options, option))) { continue; }
        const product = sizes.reduce((all, [, size]) => all * size, 1);
        if (Number.isNaN(product) || product === devices) { continue; }
        // a program in several pods may have the GPUs of all of them, and one that trains takes those that are left for copies
        if (product > devices ? set.spans : set.ends) { continue; }
        report.refuse([set.source], `${pathOf(set.source)}: divides its model among ${product} GPUs (${sizes.map(size => size.join(' ')).join(', ')}); must divide it among the ${devices} that its container asks for; change one of them`);
      }
    }
  },
};

/** Options as argparse takes them: "--name value", "--name=value", with one dash where the name is short; the last one counts. */
function optionsOf(words: readonly string[]): Map<string, string> {
  const options = new Map<string, string>();
  words.forEach((word, i) => {
    const [, name, value] = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name !== undefined) { options.set(name.replace(/_/g, '-'), value ?? words[i + 1] ?? ''); }
  });
  return options;
}

/** The sizes that are given, each with its option as a message shows it; one that only the cluster knows is NaN. */
function sizesOf(options: ReadonlyMap<string, string>): Array<[option: string, size: number]> {
  const sizeOf = (names: readonly string[]): Array<[string, number]> => names.filter(name => options.has(name)).slice(0, 1)
    .map(name => [`${name.length > 3 ? '--' : '-'}${name}`, /^[1-9]\d*$/.test(options.get(name)!) ? Number(options.get(name)) : NaN]);
  const copies = ONE_COPY.some(name => options.has(name)) ? [] : [...sizeOf(COPIES_HERE), ...sizeOf(COPIES)].slice(0, 1);
  return [...SIZES.flatMap(sizeOf), ...copies];
}

function isSet(options: ReadonlyMap<string, string>, option: string): boolean {
  const [name, value] = option.split('=');
  return options.has(name) && (value === undefined || options.get(name) === value);
}
