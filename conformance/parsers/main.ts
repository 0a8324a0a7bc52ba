import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { PARSERS } from './parser';
import { Printer } from '../../src/app/private/yaml/printer';
import { SCALARS } from '../../test/app/scalars';
import { runPart, Tally } from '../tally';
import { MissingTool } from '../toolchain/tool';

const HELP = `conformance/parsers/run [options]: every YAML parser at hand must read back what the library prints.

  --random <n>   how many random strings to try besides the known ones (default 3000)
  --seed <n>     the seed of the random strings (default 1)
  --help         print this
`;

const NUMBERS = [0, 1, -1, 80, 2147483647, -2147483648, 9007199254740991, -9007199254740991, 0.5, -0.25, 0.1, 1e-7, 1.5e-9, 123456.789, 5e-324];

async function main(tally: Tally): Promise<void> {
  const { values: options } = parseArgs({ options: { random: { type: 'string' }, seed: { type: 'string' } } });
  const random = fc.sample(texts(), { numRuns: Number(options.random ?? 3000), seed: Number(options.seed ?? 1) });
  const probes = probesOf([...new Set([...SCALARS, ...random])]);
  for (const parser of PARSERS) {
    try {
      const read = await parser.prepare();
      const failures = check(parser.typed, read, probes);
      tally.pass(probes.count - failures.length);
      console.log(`${parser.name}: ${probes.count - failures.length} of ${probes.count} values read back`);
      failures.forEach((failure) => tally.fail(`${parser.name}: ${failure}`));
    } catch (error) {
      if (!(error instanceof MissingTool)) { throw error; }
      tally.skip(`${parser.name}: ${error.message}`, probes.count);
    }
  }
}

/** Strings of every plane but halves of surrogate pairs, which are no text; dense in what YAML gives a meaning. */
function texts(): fc.Arbitrary<string> {
  const telling = fc.constantFrom(...' \n\t\r:#-?,[]{}&*!|>\'"%@`=<~.0123456789abeExXoO_+/\\\u0000\u0085\u00a0\u2028\u2029\ufeff\ufffe');
  const char = fc.oneof({ weight: 6, arbitrary: telling }, { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 1 }) }, fc.constantFrom('a', 'B', 'é', '模'));
  return fc.array(char, { maxLength: 12 }).map(chars => chars.join(''));
}

interface Probes {
  readonly manifest: any;
  readonly text: string;
  readonly count: number;
}

/** One object with every value at each place where printing differs. */
function probesOf(strings: string[]): Probes {
  const manifest = {
    apiVersion: 'example.com/v1',
    kind: 'Probe',
    metadata: { name: 'probe' },
    values: Object.fromEntries(strings.map((value, i) => [`v${i}`, value])),
    listed: strings,
    keys: strings.map(value => Object.defineProperty({}, value, { value: 'x', enumerable: true })),
    deep: strings.map(value => ({ a: [[{ b: value }]] })),
    numbers: NUMBERS,
    others: [true, false, {}, [], { a: {} }, [[]]],
  };
  return { manifest, text: new Printer().print(manifest), count: 4 * strings.length + NUMBERS.length + 6 };
}

/** What a parser read wrong. */
function check(typed: boolean, reads: (text: string) => unknown, { manifest, text }: Probes): string[] {
  let read: any;
  try {
    read = reads(text);
  } catch (e) {
    return [`can't be read at all: ${(e as Error).message}`];
  }
  const failures: string[] = [];
  const same = (place: string, wanted: unknown, got: unknown) => {
    const loose = (value: unknown) => (typed ? value : JSON.parse(JSON.stringify(value), (_, v) => (typeof v === 'string' && v !== '' && !Number.isNaN(Number(v)) ? Number(v) : v)));
    const equal = typeof wanted === 'string' ? wanted === got : JSON.stringify(loose(wanted)) === JSON.stringify(loose(got));
    if (!equal) { failures.push(`${place}: wrote ${JSON.stringify(wanted)}, read ${JSON.stringify(got)}`); }
  };
  manifest.listed.forEach((value: string, i: number) => {
    same('value', value, read.values?.[`v${i}`]);
    same('item', value, read.listed?.[i]);
    same('key', [value], Object.keys(read.keys?.[i] ?? {}));
    same('deep', value, read.deep?.[i]?.a?.[0]?.[0]?.b);
  });
  manifest.numbers.forEach((value: number, i: number) => same('number', value, read.numbers?.[i]));
  manifest.others.forEach((value: unknown, i: number) => same('other', value, read.others?.[i]));
  return failures;
}

runPart(main, HELP);
