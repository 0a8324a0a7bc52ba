import { execFileSync } from 'child_process';
import { median, rounded } from '../figures';
import { Measure } from '../measure';
import { environment } from '../processes';
import { WORKSPACE } from '../programs';

/** Printing manifests alone, without making and checking them. */
export const printing: Measure = extent => {
  const [count, rounds] = extent.quick ? [50, 3] : [300, 11];
  extent.progress(`${count} apps`);
  const output = execFileSync(process.execPath, [`${WORKSPACE}/programs/printing.js`, String(count), String(rounds)], { env: environment, encoding: 'utf8' });
  const found = Object.entries<number[]>(JSON.parse(output));
  const speeds = Object.fromEntries(found.map(([name, of]) => [name, { median: rounded(median(of)), most: rounded(Math.max(...of)) }]));
  return {
    figures: speeds,
    tables: [{
      title: 'Printing',
      columns: ['', 'median MB/s', 'most MB/s', 'of cdk8s'],
      rows: Object.entries(speeds).map(([name, of]) => [name, String(of.median), String(of.most), String(rounded(of.median / speeds['cdk8s (yaml)'].median))]),
    }],
    targets: [],
  };
};
