import { readFileSync } from 'fs';
import { isDeepStrictEqual } from 'util';
import type { Figures } from '../figures';
import { Measure, Target, compared, milliseconds, ratio } from '../measure';
import { outdir, program } from '../programs';

const STOCK = 'cdktf, by hand';
const OURS = 'GpuNodePool on PlatformApp';
const CLOUDS = [
  { cloud: 'google', title: 'GPU pools, google', atMost: 0.6 },
  { cloud: 'azure', title: 'GPU pools, azure', atMost: 0.8 },
];

/** A cluster with 1 to 1000 GPU pools in each cloud: the library, and the provider's classes on stock cdktf. */
export const pools: Measure = extent => {
  const counts = extent.quick ? [1, 10] : [1, 10, 100, 1000];
  const figures: { [about: string]: { [name: string]: Figures } } = {};
  const targets: Target[] = [];
  for (const { cloud, title, atMost } of CLOUDS) {
    for (const count of counts) {
      const [stock, ours] = [[STOCK, 'stock'], [OURS, 'platform']].map(([name, kind]) => (
        program(name, 'pools', [kind, cloud, String(count)], outdir('pools', kind, cloud, String(count)))));
      const about = `${count} ${title}`;
      figures[about] = compared([stock, ours], 7, { ...extent, progress: text => extent.progress(`${about}: ${text}`) });
      assertSameTerraform(stock.outdir!, ours.outdir!);
      if (count === 1000) { targets.push({ what: about, is: ratio(figures[about][OURS], figures[about][STOCK]), atMost }); }
    }
  }
  return { figures, targets, tables: CLOUDS.map(({ title }) => table(title, counts, figures)) };
};

/** What Terraform would make is the same; metadata of cdktf and the place of the state are not compared. */
function assertSameTerraform(a: string, b: string): void {
  const [one, other] = [a, b].map(folder => JSON.parse(readFileSync(`${folder}/stacks/infra/cdk.tf.json`, 'utf8')));
  for (const part of ['provider', 'data', 'resource', 'output']) {
    if (!isDeepStrictEqual(one[part], other[part])) { throw new Error(`${a} and ${b} differ in ${part}`); }
  }
}

function table(title: string, counts: readonly number[], figures: { [about: string]: { [name: string]: Figures } }) {
  const last = counts[counts.length - 1];
  return {
    title,
    columns: ['', ...counts.map(String), `ratio at ${last}`, `memory at ${last}`],
    rows: [STOCK, OURS].map(name => [
      name, ...counts.map(count => milliseconds(figures[`${count} ${title}`][name].median)),
      String(ratio(figures[`${last} ${title}`][name], figures[`${last} ${title}`][STOCK])), `${figures[`${last} ${title}`][name].peak} MB`,
    ]),
  };
}
