import { exponent } from '../figures';
import { Measure, compared, milliseconds } from '../measure';
import { outdir, program } from '../programs';

const FLEETS = [
  { what: 'by hand, in one chart', unit: 'hand-written', shape: 'one' },
  { what: 'by hand, in a chart each', unit: 'hand-written', shape: 'each' },
  { what: 'ModelServingApp, in one chart', unit: 'served', shape: 'one' },
  { what: 'ModelServingApp, in a chart each', unit: 'served', shape: 'each' },
];

/** How the time of a synthesis on PlatformApp grows with the apps; loading, which doesn't grow, is left out. */
export const growth: Measure = extent => {
  const counts = extent.quick ? [50, 200] : [250, 1000, 4000, 10000];
  const results = FLEETS.slice(0, extent.quick ? 2 : undefined).map(({ what, unit, shape }) => {
    const contenders = counts.map(count => program(String(count), 'fleet', ['platform', unit, shape, String(count)], outdir('growth', unit, shape)));
    const figures = compared(contenders, extent.quick ? 1 : 3, { ...extent, progress: text => extent.progress(`${what}: ${text}`) }, s => s.construct + s.synth);
    return { what, figures, exponent: exponent(counts.map(count => [count, figures[count].least])) };
  });
  return {
    figures: Object.fromEntries(results.map(({ what, figures, exponent: is }) => [what, { ...figures, exponent: is }])),
    tables: [{
      title: 'Growth',
      columns: ['', ...counts.map(String), 'exponent'],
      rows: results.map(({ what, figures, exponent: is }) => [what, ...counts.map(count => milliseconds(figures[count].least)), String(is)]),
    }],
    targets: extent.quick ? [] : results.map(({ what, exponent: is }) => ({ what: `growth from 250 to 10000 apps, ${what}`, is, atMost: 1.1 })),
  };
};
