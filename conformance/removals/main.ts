import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { Chart } from 'cdk8s';
import { Removal, removalsOf, sortOf, strip, without } from './fields';
import { collect, UnitTest } from './unit-tests';
import { workloads, Written } from './workloads';
import { PlatformApp } from '../../src';
import { brokenNamespaces, brokenOperation } from '../../test/support/reliable';
import { brokenPromises } from '../../test/support/restricted';
import { runPart, Tally } from '../tally';

const HELP = `conformance/removals/run [options]: whatever safety or sound running depends on is taken out of what is written, and something must notice.

  --verbose  print which test or promise notices each removal
  --help     print this
`;

/** The files whose tests must fail when a field is no longer written. */
const TESTS = ['serving/security', 'serving/gpu', 'serving/workload', 'serving/containers', 'frontend/autoscaled-frontend', 'app/platform-namespace', 'autoscaling/scaling'];

async function main(tally: Tally): Promise<void> {
  const { values: options } = parseArgs({ options: { verbose: { type: 'boolean' } } });
  const say = (line: string) => { if (options.verbose) { console.log(line); } };
  const all = workloads();

  const note = (good: boolean, line: string) => {
    if (!good) { return tally.fail(line); }
    tally.pass();
    say(line);
  };

  const sorts = new Set<string>();
  let removed = 0;
  for (const written of all) {
    const before = objectionsTo(written, written.objects);
    note(before.length === 0, `${written.name}, whole: ${before[0] ?? 'nothing is missing'}`);
    for (const object of written.objects) {
      for (const removal of removalsOf(object)) {
        sorts.add(sortOf(removal));
        removed++;
        const [objection] = objectionsTo(written, without(written.objects, object, removal));
        note(objection !== undefined, `${written.name} without ${object.kind} ${describe(removal)}: ${objection ?? 'nobody notices'}`);
      }
    }
  }
  tally.count('removals from what is written', removed);

  const tests = collect(TESTS.map((name) => path.join(__dirname, '..', '..', 'test', `${name}.test.ts`)));
  let stripped: string | undefined;
  stripWhatIsWritten(() => stripped);
  const unsound = await firstFailure(tests, false);
  note(unsound === undefined, `the unit tests, whole: ${unsound?.name ?? 'none fails'}`);
  for (const sort of sorts) {
    stripped = sort;
    const failure = await firstFailure(tests, true);
    note(failure !== undefined, `what is written without ${sort}: ${failure?.name ?? 'no unit test fails'}`);
  }
  tally.count('fields no longer written', sorts.size);
}

function objectionsTo({ wanted }: Written, objects: readonly any[]): string[] {
  const list = [...objects];
  return [...brokenPromises(list), ...brokenOperation(list, wanted), ...brokenNamespaces(list)];
}

function describe({ keys }: Removal): string {
  return keys.length === 0 ? 'at all' : keys.join('.');
}

/** Lets every app and chart leave out a sort of thing, as if the line of the library that writes it were not there. */
function stripWhatIsWritten(sort: () => string | undefined): void {
  const stripped = (manifests: any[]): any[] => {
    const wanted = sort();
    if (wanted === undefined) { return manifests; }
    if (!wanted.includes(' ')) { return manifests.filter(({ kind }) => kind !== wanted); }
    for (const manifest of manifests) { strip(manifest, wanted); }
    return manifests;
  };
  // The first app makes charts ask their apps.
  new PlatformApp();
  const { toJson } = Chart.prototype;
  const ofChart = function(this: Chart): any[] { return stripped(toJson.call(this)); };
  // What marks it as made so is kept.
  Chart.prototype.toJson = Object.defineProperties(ofChart, Object.fromEntries(
    Object.getOwnPropertySymbols(toJson).map((symbol) => [symbol, Object.getOwnPropertyDescriptor(toJson, symbol)!])));
  const { _manifestsOf: ofApp } = PlatformApp.prototype;
  PlatformApp.prototype._manifestsOf = function(this: PlatformApp, scope) { return stripped(ofApp.call(this, scope)); };
}

/** The first test that fails; one that failed before is asked first, because it may look at what is near. */
async function firstFailure(tests: UnitTest[], quick: boolean): Promise<UnitTest | undefined> {
  for (const [i, test] of tests.entries()) {
    try {
      await test.run();
    } catch (error) {
      if (!quick) { console.log(error); }
      if (quick) { tests.unshift(...tests.splice(i, 1)); }
      return test;
    }
  }
  return undefined;
}

runPart(main, HELP);
