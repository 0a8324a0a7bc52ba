import * as path from 'node:path';
import { cleanUpOnExit, temporaryFolder } from '../child';
import { makeImage, makeModel } from './images';
import { Interpreter, pythonWithServers } from './interpreters';
import { Observation, Plan } from './plan';
import { checkSandbox, leadLife } from './sandbox';
import { allStarts, build, Start } from './starts';
import { PlatformApp, PlatformChart, PlatformNamespace } from '../../src';
import { readManifests } from '../manifest';
import { progress } from '../progress';
import { MissingTool } from '../toolchain/tool';

async function main(): Promise<void> {
  cleanUpOnExit();
  const starts = allStarts().filter(({ name }) => !process.argv[2] || name.includes(process.argv[2]));
  let totals: readonly [passed: number, failed: number, skipped: number];
  try {
    await checkSandbox();
    const python = await pythonWithServers();
    // They mostly wait, so all live at once.
    const living = progress(`${starts.length} servers`);
    const lives = await Promise.all(starts.map(async (start) => ({ start, observations: await leadLife(planOf(start, python)) })));
    living.done();
    const counts = lives.map(({ start, observations }) => print(start, observations));
    totals = [counts.reduce((sum, [passed]) => sum + passed, 0), counts.reduce((sum, [, failed]) => sum + failed, 0), 0];
  } catch (error) {
    if (!(error instanceof MissingTool)) { throw error; }
    console.log(`  skipped: ${error.message}`);
    totals = [0, 0, starts.length];
  }
  const [passed, failed, skipped] = totals;
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exit(failed > 0 ? 1 : 0);
}

function print({ name, fails }: Start, observations: readonly Observation[]): [passed: number, failed: number] {
  console.log(name);
  const results = fails === undefined ? observations : [{
    check: `is seen to be wrong: ${fails}`,
    trouble: observations.some(({ check, trouble }) => check === fails && trouble) ? undefined : 'nobody noticed',
  }];
  for (const { check, trouble } of results) { console.log(trouble ? `  failed: ${name}: ${check}: ${trouble}` : `  passed: ${check}`); }
  const failed = results.filter(({ trouble }) => trouble).length;
  return [results.length - failed, failed];
}

// Everything but the image and its callers is what the program wrote.
function planOf(start: Start, python: Interpreter): Plan {
  const folder = temporaryFolder('start');
  const app = new PlatformApp({ outdir: path.join(folder, 'dist'), kubernetesVersion: start.kubernetesVersion });
  const chart = new PlatformChart(app, 'iris', { namespace: 'iris' });
  new PlatformNamespace(chart, 'Namespace', { name: 'iris' });
  build(chart, start);
  app.synth();
  const objects = readManifests(path.join(folder, 'dist', 'iris.k8s.yaml'));
  const deployment = objects.find(({ kind }) => kind === 'Deployment')!;
  const configMaps = objects.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata, data }) => [metadata.name, data]);
  return {
    name: deployment.metadata.name,
    pod: deployment.spec.template.spec,
    configMaps: Object.fromEntries(configMaps),
    secrets: start.secrets ?? {},
    image: makeImage(start.recipe, python, path.join(folder, 'image')),
    model: makeModel(start.recipe, path.join(folder, 'model')),
    call: start.call,
    atOnce: start.atOnce ?? 4,
    scratch: folder,
  };
}

main().catch((error: Error) => {
  console.error(error);
  process.exit(1);
});
