import { execFileSync } from 'child_process';
import { Measure, compared, milliseconds, ratio } from '../measure';
import { Contender, environment } from '../processes';
import { WORKSPACE } from '../programs';

const PEERS = ['constructs', 'cdk8s', 'cdk8s-plus-27'];
const LIBRARY = [...PEERS, 'cdk8s-ml'];
const COUNT = 'const files = Object.keys(require.cache); '
  + 'console.log(JSON.stringify({ files: files.length, bytes: files.reduce((sum, file) => sum + fs.statSync(file).size, 0) }))';

/** Loading the library, against loading what any program that uses it loads anyway. */
export const loading: Measure = extent => {
  const figures = compared([loads('nothing', []), loads('the required peers', PEERS), loads('the library', LIBRARY)], 21, extent);
  const [of, own] = [counted(PEERS), counted(LIBRARY)];
  const added = { files: own.files - of.files, kilobytes: Math.round((own.bytes - of.bytes) / 1024) };
  return {
    figures: { ...figures, added },
    tables: [{
      title: 'Loading',
      columns: ['', 'median', 'least', 'of the peers'],
      rows: Object.entries(figures).map(([name, f]) => [name, milliseconds(f.median), milliseconds(f.least), String(ratio(f, figures['the required peers']))]),
    }],
    targets: [{ what: 'loading the library, of loading its peers', is: ratio(figures['the library'], figures['the required peers']), atMost: 1.1 }],
  };
};

function loads(name: string, modules: readonly string[]): Contender {
  return { name, command: process.execPath, args: ['-e', script(modules)], folder: WORKSPACE };
}

function script(modules: readonly string[]): string {
  return modules.map(module => `require('${module}');`).join(' ') || '0';
}

function counted(modules: readonly string[]): { files: number; bytes: number } {
  return JSON.parse(execFileSync(process.execPath, ['-e', `${script(modules)} ${COUNT}`], { cwd: WORKSPACE, env: environment, encoding: 'utf8' }));
}
