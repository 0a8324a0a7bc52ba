import { Measure, compared, milliseconds, ratio } from '../measure';
import { assertSame } from '../outputs';
import { outdir, program } from '../programs';

const STOCK = 'stock cdk8s';
const OURS = 'PlatformApp';

/** Apps that depend on others: a chain in one chart, and many charts that depend on one. */
export const dependencies: Measure = extent => {
  const cases = extent.quick
    ? [{ what: 'a chain of 6 apps', shape: 'chain', count: 6 }, { what: '20 charts that depend on one', shape: 'dependants', count: 20 }]
    : [{ what: 'a chain of 10 apps', shape: 'chain', count: 10 }, { what: '400 charts that depend on one', shape: 'dependants', count: 400 }];
  const results = cases.map(({ what, shape, count }) => {
    const fleet = (name: string, kind: string) => program(name, 'fleet', [kind, 'hand-written', shape, String(count)], outdir(kind, shape));
    const [stock, ours] = [fleet(STOCK, 'stock'), fleet(OURS, 'platform')];
    const figures = compared([stock, ours], 3, { ...extent, progress: text => extent.progress(`${what}: ${text}`) });
    assertSame({ name: stock.name, outdir: stock.outdir! }, { name: ours.name, outdir: ours.outdir! });
    return { what, figures, is: ratio(figures[OURS], figures[STOCK]) };
  });
  return {
    figures: Object.fromEntries(results.map(({ what, figures }) => [what, figures])),
    tables: [{
      title: 'Dependencies',
      columns: ['', STOCK, OURS, 'ratio'],
      rows: results.map(({ what, figures, is }) => [what, milliseconds(figures[STOCK].median), milliseconds(figures[OURS].median), String(is)]),
    }],
    targets: extent.quick ? [] : results.map(({ what, is }) => ({ what, is, atMost: 0.02 })),
  };
};
