import type { Figures } from '../figures';
import { Measure, Target, compared, milliseconds, ratio } from '../measure';
import { assertSame } from '../outputs';
import { Contender } from '../processes';
import { outdir, program } from '../programs';
import { kustomize } from '../rivals/kustomize';
import { pkl } from '../rivals/pkl';

const BY_HAND = 'cdk8s-plus, by hand';
const BY_HAND_PLATFORM = 'the same on PlatformApp';
const SAME_BY_HAND = 'cdk8s-plus, what ModelServingApp makes';
const GENERATED = 'cdk8s-plus\'s generated classes, the same';
const SERVED = 'ModelServingApp on PlatformApp';
const SHAPES = { one: 'in one chart', each: 'in a chart each' };

/** Fleets of 1 to 1000 apps of seven objects: the library, stock cdk8s-plus, other tools, and plain data. */
export const scale: Measure = extent => {
  const figures: { [about: string]: { [name: string]: Figures } } = {};
  const targets: Target[] = [];
  for (const [shape, title] of Object.entries(SHAPES)) {
    for (const count of extent.quick ? [1, 10] : [1, 10, 100, 1000]) {
      const contenders = [...fleets(shape, count), ...(shape === 'one' ? floor(count) : [])];
      const found = compared(contenders, roundsOf(shape, count), { ...extent, progress: text => extent.progress(`${count} ${title}: ${text}`) });
      for (const [a, b] of pairs(contenders)) { assertSame(a, b); }
      figures[`${count} ${title}`] = found;
      if (count !== 1000) { continue; }
      const atMost = shape === 'one' ? 0.6 : 0.08;
      targets.push({ what: `1000 apps ${title}, by hand`, is: ratio(found[BY_HAND_PLATFORM], found[BY_HAND]), atMost });
      targets.push({ what: `1000 apps ${title}, ModelServingApp`, is: ratio(found[SERVED], found[SAME_BY_HAND]), atMost });
      targets.push({ what: `peak memory of 1000 apps ${title}, by hand`, is: memory(found[BY_HAND_PLATFORM], found[BY_HAND]), atMost: 1 });
      targets.push({ what: `peak memory of 1000 apps ${title}, ModelServingApp`, is: memory(found[SERVED], found[SAME_BY_HAND]), atMost: 1 });
    }
  }
  return { figures, targets, tables: Object.values(SHAPES).map(title => table(title, figures)) };
};

function fleets(shape: string, count: number): Array<Contender & { outdir: string }> {
  const fleet = (name: string, kind: string, unit: string) => {
    const folder = outdir(kind, unit, shape, String(count));
    return { ...program(name, 'fleet', [kind, unit, shape, String(count)], folder), outdir: folder };
  };
  return [
    fleet(BY_HAND, 'stock', 'hand-written'),
    fleet(BY_HAND_PLATFORM, 'platform', 'hand-written'),
    fleet(SAME_BY_HAND, 'stock', 'same-by-hand'),
    fleet(SERVED, 'platform', 'served'),
    fleet(GENERATED, 'stock', 'generated'),
  ];
}

/** What makes the same objects without cdk8s. */
function floor(count: number): Array<Contender & { outdir: string }> {
  const plain = (name: string, format: string) => {
    const folder = outdir('plain', format, String(count));
    return { ...program(name, 'plain', [format, String(count)], folder), outdir: folder };
  };
  return [plain('plain data, js-yaml', 'js-yaml'), plain('plain data, JSON.stringify', 'json'), ...kustomize(count), ...pkl(count)];
}

function pairs(contenders: Array<Contender & { outdir: string }>): Array<[Contender & { outdir: string }, Contender & { outdir: string }]> {
  const [byHand, platform, same, served, generated, ...others] = contenders;
  return [[byHand, platform], [same, served], [same, generated], ...others.map(other => [byHand, other] as [typeof other, typeof other])];
}

/** Stock takes half a minute for a thousand charts. */
function roundsOf(shape: string, count: number): number {
  return count < 1000 ? 7 : shape === 'one' ? 7 : 3;
}

function memory(a: Figures, b: Figures): number {
  return Number((a.peak! / b.peak!).toFixed(3));
}

function table(title: string, figures: { [about: string]: { [name: string]: Figures } }) {
  const counts = Object.keys(figures).filter(about => about.endsWith(` ${title}`));
  const names = Object.keys(figures[counts[0]]);
  const last = counts[counts.length - 1];
  return {
    title: `Apps ${title}`,
    columns: ['', ...counts.map(about => about.split(' ')[0]), `ratio at ${last.split(' ')[0]}`, `memory at ${last.split(' ')[0]}`],
    rows: names.map(name => {
      const base = figures[last][[SERVED, GENERATED, SAME_BY_HAND].includes(name) ? SAME_BY_HAND : BY_HAND];
      const own = figures[last][name];
      return [
        name, ...counts.map(about => (figures[about][name] ? milliseconds(figures[about][name].median) : '')),
        own ? String(ratio(own, base)) : '', own?.peak ? `${own.peak} MB` : '',
      ];
    }),
  };
}
