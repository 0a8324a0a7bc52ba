import * as path from 'node:path';
import { parseArgs } from 'node:util';
import * as fc from 'fast-check';
import { Admission } from './admission';
import { Program } from './expression';
import { programs } from './legal/programs';
import { Dice, mutated } from './mutations';
import { print } from './print';
import { reduced } from './reduce';
import { attempt, nonsenseIn, signatureOf } from './trial';
import { temporaryFolder } from '../child';
import { runPart, Tally } from '../tally';
import { Kubernetes } from '../toolchain/kubernetes';

const HELP = `conformance/programs/run [options]: random legal programs of the whole library are judged by a real apiserver, and those with one thing
made wrong must be refused by the library or accepted by the apiserver.

  --count <n>      how many programs (default 500)
  --mutations <n>  how many things are made wrong in each, one at a time (default 3)
  --seed <n>       what the programs are made from (default 1); the same seed makes the same programs
  --path <n[:m]>   only program n, or only mutation m of it; n: for all mutations of it
  --reduce <n>     how many failures are made as small as they can be (default 5)
  --print          also print the programs that pass
  --help           print this
`;

const REDUCING_SECONDS = 20;

interface Failure {
  /** \`17\` for a program, \`17:3\` for a mutation. */
  readonly path: string;
  readonly what: string;
  readonly program: Program;
  readonly message: string;
}

/** What is wrong with a program, in words; undefined when nothing is. */
type Judgement = (program: Program) => Promise<string | undefined>;

class Run {
  public readonly counts = { 'programs generated': 0, 'objects admitted': 0, 'pods scheduled': 0, 'mutations': 0, 'inputs refused': 0, 'inputs accepted': 0 };
  public readonly failures: Failure[] = [];
  public passed = 0;

  constructor(private readonly admission: Admission, private readonly folder: string) {}

  /** A legal program is taken by the library and by the apiserver. */
  public readonly legal: Judgement = async (program) => {
    const { error, fault, written } = attempt(program, path.join(this.folder, 'legal'));
    if (error) { return `refused: ${fault ? `${fault}: ${error.stack}` : error.message}`; }
    if (fault) { return fault; }
    for (const subject of written) {
      const [objection] = await this.admission.objections(subject);
      if (objection !== undefined) { return `the apiserver refuses ${objection}`; }
    }
    return undefined;
  };

  /** One with something wrong is refused as it should be, or taken by the apiserver too, with nothing meaningless in it. */
  public readonly wrong: Judgement = async (program) => {
    const { error, fault, written } = attempt(program, path.join(this.folder, 'wrong'));
    if (fault) { return error ? `${fault}: ${error.name === 'InvalidInputError' ? error.message : error.stack}` : fault; }
    if (error) {
      // what cdk8s refuses by itself is nobody's merit
      if (error.name === 'InvalidInputError') { this.counts['inputs refused']++; }
      return undefined;
    }
    for (const subject of written) {
      const [nonsense] = nonsenseIn(subject);
      if (nonsense !== undefined) { return `it wrote ${nonsense}`; }
      const [objection] = await this.admission.objections(subject);
      if (objection !== undefined) { return `the apiserver refuses ${objection}`; }
    }
    this.counts['inputs accepted']++;
    return undefined;
  };

  public async judge(where: string, what: string, program: Program, judgement: Judgement): Promise<boolean> {
    const message = await judgement(program);
    if (message === undefined) {
      this.passed++;
    } else {
      this.failures.push({ path: where, what, program, message });
    }
    return message === undefined;
  }
}

async function main(tally: Tally): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      count: { type: 'string', default: '500' },
      mutations: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      path: { type: 'string' },
      reduce: { type: 'string', default: '5' },
      print: { type: 'boolean' },
    },
  });
  const [wanted, mutation] = options.path === undefined ? [undefined, undefined] : options.path.split(':');
  const rolls = Number(options.mutations);
  const dice = fc.array(fc.record({ place: fc.noBias(fc.nat()), change: fc.noBias(fc.nat()) }), { minLength: rolls, maxLength: rolls });
  const numRuns = wanted === undefined ? Number(options.count) : Number(wanted) + 1;
  const sample = fc.sample(fc.tuple(programs, dice), { numRuns, seed: Number(options.seed) });

  console.log(`seed ${options.seed}`);
  const admission = await Admission.start(new Kubernetes('1.36'));
  const run = new Run(admission, temporaryFolder('programs'));
  try {
    for (const [i, [program, thrown]] of sample.entries()) {
      if (wanted !== undefined && i !== Number(wanted)) { continue; }
      if (options.print) { console.log(`// ${i}\n${print(program)}\n`); }
      run.counts['programs generated']++;
      if (mutation === undefined && !await run.judge(String(i), 'a legal program', program, run.legal)) { continue; }
      const donors = sample.slice(0, i).map(([donor]) => donor);
      for (const [m, roll] of thrown.entries()) {
        if (mutation !== undefined && mutation !== '' && m !== Number(mutation)) { continue; }
        await mutate(run, `${i}:${m}`, program, roll, donors, options.print ?? false);
      }
    }
    run.counts['objects admitted'] = admission.judged;
    run.counts['pods scheduled'] = admission.placed;
    await show(run, tally, Number(options.seed), Number(options.reduce));
  } finally {
    await admission.stop();
  }
  for (const [name, count] of Object.entries(run.counts)) { tally.count(name, count); }
  tally.pass(run.passed);
}

async function mutate(run: Run, where: string, program: Program, roll: Dice, donors: readonly Program[], shown: boolean): Promise<void> {
  const mutation = mutated(program, roll, donors);
  if (!mutation) { return; }
  run.counts.mutations++;
  if (shown) { console.log(`// ${where}: ${mutation.path.join('.')} ${mutation.what}`); }
  await run.judge(where, `${mutation.path.join('.')} ${mutation.what}`, mutation.program, run.wrong);
}

/** Prints what failed: each sort once, the first ones made small. */
async function show(run: Run, tally: Tally, seed: number, reducing: number): Promise<void> {
  const sorts = new Map<string, Failure[]>();
  for (const failure of run.failures) { sorts.set(signatureOf(failure.message), [...sorts.get(signatureOf(failure.message)) ?? [], failure]); }
  let left = reducing;
  for (const [signature, [failure, ...others]] of sorts) {
    const judgement = failure.path.includes(':') ? run.wrong : run.legal;
    const small = left-- > 0 ? await reduced(failure.program, REDUCING_SECONDS, async (program) => signatureOf(await judgement(program) ?? '') === signature) : undefined;
    tally.fail([
      `${failure.what}: ${failure.message.slice(0, 800)}`,
      `and so did ${others.length} others; again: conformance/programs/run --seed ${seed} --path ${failure.path}`,
      ...small ? [print(small)] : [],
    ].join('\n'), 1 + others.length);
  }
}

runPart(main, HELP);
