import * as fs from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder } from '../child';
import { buildImage, interpreterFor } from './images';
import { Observation, Plan } from './plan';
import { checkSandbox, leadLife } from './sandbox';
import { allStarts, build, Start } from './starts';
import { Addon, PlatformApp, PlatformChart, PlatformNamespace, Prometheus } from '../../src';
import { Manifest, readManifests } from '../manifest';
import { progress } from '../progress';
import { runPart, Tally } from '../tally';
import { MissingTool } from '../toolchain/tool';

const LOGS = path.join(__dirname, '..', 'report', 'starts');

async function main(tally: Tally): Promise<void> {
  const starts = allStarts().filter(({ name }) => !process.argv[2] || name.includes(process.argv[2]));
  fs.mkdirSync(LOGS, { recursive: true });
  // Nearly all of them mostly wait, so all live at once.
  const groups = [starts.filter(({ heavy }) => !heavy), starts.filter(({ heavy }) => heavy)].filter(({ length }) => length > 0);
  const outcomes = await Promise.all(groups.map(live));
  for (const { lives, missing } of outcomes) {
    if (missing) { tally.skip(missing.why, missing.starts); }
    for (const { start, observations } of lives) { tell(tally, start, observations); }
  }
}

interface Life {
  readonly start: Start;
  readonly observations: readonly Observation[];
}

interface Outcome {
  readonly lives: readonly Life[];
  readonly missing?: { readonly starts: number; readonly why: string };
}

async function live(group: readonly Start[]): Promise<Outcome> {
  try {
    await checkSandbox();
    await interpreterFor(group[0].recipe);
    const living = progress(group.length > 1 ? `${group.length} servers` : group[0].name);
    return { lives: await Promise.all(group.map(lead)).finally(() => living.done()) };
  } catch (error) {
    if (!(error instanceof MissingTool)) { throw error; }
    return { lives: [], missing: { starts: group.length, why: `${group.map(({ name }) => name).join('; ')}: ${error.message}` } };
  }
}

// What a server printed is kept beside the report.
async function lead(start: Start): Promise<Life> {
  const plan = await planOf(start);
  const observations = await leadLife(plan, start.heavy);
  const log = path.join(plan.scratch, 'log');
  if (fs.existsSync(log)) { fs.copyFileSync(log, path.join(LOGS, `${start.name.replace(/\W+/g, '-')}.log`)); }
  return { start, observations };
}

function tell(tally: Tally, { name, fails }: Start, observations: readonly Observation[]): void {
  console.log(name);
  const results = fails === undefined ? observations : [{
    check: `is seen to be wrong: ${fails}`,
    trouble: observations.some(({ check, trouble }) => check === fails && trouble) ? undefined : 'nobody noticed',
  }];
  for (const { check, trouble } of results) {
    tally.check(`${name}: ${check}`, trouble);
    if (trouble === undefined) { console.log(`  passed: ${check}`); }
  }
}

// Everything but the image and its callers is what the program wrote.
async function planOf(start: Start): Promise<Plan> {
  const folder = temporaryFolder('start');
  const app = new PlatformApp({ outdir: path.join(folder, 'dist'), kubernetesVersion: start.kubernetesVersion });
  Prometheus.operator(app, { address: 'http://prometheus-operated.monitoring.svc:9090' });
  Addon.KEDA.installedIn(app);
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
    ...await buildImage(start.recipe, folder),
    call: start.call,
    atOnce: start.atOnce ?? 4,
    scratch: folder,
    series: seriesOf(objects),
  };
}

// The metrics that the autoscaler's queries name, and where Prometheus looks for them.
function seriesOf(objects: readonly Manifest[]): Plan['series'] {
  const monitor = objects.find(({ kind }) => kind === 'PodMonitor');
  const queries = objects.filter(({ kind }) => kind === 'ScaledObject').flatMap(({ spec }) => spec.triggers.map(({ metadata }: any) => metadata.query ?? ''));
  const [endpoint] = monitor?.spec.podMetricsEndpoints ?? [];
  const selectors = queries.flatMap((query: string) => query.match(/\b[a-z]+[:_]\w+\{[^}]*\}/g) ?? []);
  return endpoint && { port: endpoint.port, path: endpoint.path ?? '/metrics', selectors };
}

runPart(main);
