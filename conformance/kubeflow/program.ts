import * as fs from 'node:fs';
import * as path from 'node:path';
import { run, temporaryFolder } from '../child';
import { Subject, readSubject } from '../subject';

const EXAMPLE = path.resolve(__dirname, '../../examples/kubeflow-on-aks');

/** What the example wrote when it was committed: from a platform of our own that mimics a release. */
export function committedOutput(): Subject {
  return readSubject('examples/kubeflow-on-aks', path.join(EXAMPLE, 'expected'));
}

/** What the example writes when it is given a release: its program is the one that users copy. */
export async function outputFor(release: string): Promise<Subject> {
  const folder = temporaryFolder('kubeflow');
  fs.cpSync(path.join(EXAMPLE, 'mpi-operator.yaml'), path.join(folder, 'mpi-operator.yaml'));
  const { code, stdout, stderr } = await run(process.execPath, ['--import', require.resolve('tsx'), path.join(EXAMPLE, 'app.ts')], {
    cwd: folder, env: { KUBEFLOW_RELEASE: release, TSX_TSCONFIG_PATH: path.join(__dirname, 'tsconfig.json') },
  });
  if (code !== 0) { throw new Error(`${path.basename(release)}: ${stderr || stdout}`); }
  const name = path.basename(release);
  return { ...readSubject(name, path.join(folder, 'dist')), terraform: readSubject(name, path.join(folder, 'cdktf.out')).terraform };
}
