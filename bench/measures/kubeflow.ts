import { readFileSync, readdirSync, statSync } from 'fs';
import { loadAll } from 'js-yaml';
import { releases } from '../kubeflow-input';
import { Measure, Target, compared, milliseconds, ratio } from '../measure';
import { WORKSPACE, outdir, program } from '../programs';

const STOCK = 'js-yaml: load, dump';
const OURS = 'KubeflowPlatform: load, repair, synth';
const TITLE = 'Kubeflow release: load, patch, synth';

/** A whole release of Kubeflow, read, repaired and written, against js-yaml that reads and writes the same file. */
export const kubeflow: Measure = extent => {
  const targets: Target[] = [];
  const figures: { [about: string]: unknown } = {};
  const rows: string[][] = [];
  for (const { label, file } of releases(`${WORKSPACE}/kubeflow.yaml`)) {
    const contenders = [[STOCK, 'js-yaml'], [OURS, 'platform']].map(([name, kind]) => program(name, 'kubeflow', [kind, file], outdir('kubeflow', kind, label)));
    const own = { ...extent, progress: (text: string) => extent.progress(`${label}: ${text}`) };
    const work = compared(contenders, 7, own, sample => sample.work);
    const [stock, ours] = [work[STOCK], work[OURS]];
    const [all, written] = contenders.map(contender => objectsIn(contender.outdir!));
    if (all !== written) { throw new Error(`${label}: of ${all} objects, the library writes ${written}`); }
    figures[label] = work;
    rows.push([label, milliseconds(stock.median), milliseconds(ours.median), String(ratio(ours, stock)), `${stock.peak} MB`, `${ours.peak} MB`]);
    // in small ones, what is loaded when it is first used counts for much
    if (statSync(file).size > 9e6) { targets.push({ what: `${TITLE} (${label})`, is: ratio(ours, stock), atMost: 1.3 }); }
  }
  return { figures, targets, tables: [{ title: TITLE, columns: ['', STOCK, OURS, 'ratio', 'memory of js-yaml', 'memory of the library'], rows }] };
};

/** What is repaired differs; nothing may be lost. Objects that a release has twice are written once. */
function objectsIn(folder: string): number {
  const files = readdirSync(folder).filter(name => name.endsWith('.yaml')).map(name => readFileSync(`${folder}/${name}`, 'utf8'));
  const objects = files.flatMap(text => loadAll(text)).filter(object => object !== null) as any[];
  return new Set(objects.map(({ apiVersion, kind, metadata: { namespace, name } }) => (
    [String(apiVersion).split('/').slice(0, -1), kind, namespace, name].join(' ')))).size;
}
