import { temporaryFolder } from '../child';
import { ONE_SAMPLE, ONE_SAMPLE_PER_REPLICA, UNREADABLE } from './expressions';
import { generatedQueries } from './generated';
import { Promtool, Series } from './promtool';
import { shapeOf } from '../../src/observability/private/promql-shape';
import { runPart, Tally } from '../tally';
import { promtool as tool } from '../toolchain/debian';

/** Two replicas of a server, for queries that people write themselves. */
const REPLICAS: Series[] = ['a', 'b'].flatMap(pod => [
  { series: `x{pod="${pod}"}`, values: '1+60x30' },
  { series: `y{pod="${pod}"}`, values: '1+60x30' },
  ...['0.1', '1', '+Inf'].map(le => ({ series: `x_bucket{pod="${pod}",le="${le}"}`, values: '1+60x30' })),
]);

async function main(tally: Tally): Promise<void> {
  const promtool = new Promtool((await tool.locate()).path, temporaryFolder('queries'));
  for (const { name, query, unaggregated, series, value } of generatedQueries()) {
    tally.check(`${name}: ${query}`, await promtool.returnsOnly(query, value, series));
    // a test that passes here as well would prove nothing
    tally.check(`${name}, without its sum: ${unaggregated}`, refused(await promtool.returnsOnly(`count(${unaggregated})`, 1, series)));
    tally.check(`${name}, as the library reads it`, shape(query) === 'one' ? undefined : `it is ${shape(query)}`);
  }
  for (const query of ONE_SAMPLE) {
    tally.check(`one sample: ${query}`, shape(query) === 'one' ? undefined : `the library takes it for ${shape(query)}`);
    tally.check(`one sample: ${query}`, await promtool.returnsOnly(`count(${query}\n)`, 1, REPLICAS) ?? await promtool.reads(query));
  }
  for (const query of ONE_SAMPLE_PER_REPLICA) {
    tally.check(`many samples: ${query}`, shape(query) === 'many' ? undefined : `the library takes it for ${shape(query)}`);
    tally.check(`many samples: ${query}`, refused(await promtool.returnsOnly(`count(${query})`, 1, REPLICAS)) ?? await promtool.reads(query));
  }
  for (const query of UNREADABLE) {
    tally.check(`unreadable: ${query}`, shape(query).startsWith('unreadable') ? undefined : `the library takes it for ${shape(query)}`);
    tally.check(`unreadable: ${query}`, refused(await promtool.reads(query)));
  }
}

function shape(query: string): string {
  try {
    return shapeOf(query).shape;
  } catch (error) {
    return `unreadable, ${(error as Error).message}`;
  }
}

/** The other way round: nothing to object to is the objection. */
function refused(problem: string | undefined): string | undefined {
  return problem === undefined ? 'promtool accepts it' : undefined;
}

runPart(main);
