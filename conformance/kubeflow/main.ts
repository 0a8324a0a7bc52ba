// Applies the example of Kubeflow to a control plane with controllers, scheduler and simulated nodes: with the platform of our own that it has in
// its folder and, where there are some, with whole releases:
// KUBEFLOW_MANIFESTS=<folder of rendered releases> conformance/kubeflow/run
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PlatformApp, PlatformChart } from '../../src';
import { DuplicatePolicy, KubeflowPlatform, ManifestSelector, ManifestSource } from '../../src/kubeflow';
import { Manifest, nameOf } from '../manifest';
import { Subject } from '../subject';
import { runPart, Tally } from '../tally';
import { committedOutput, outputFor } from './program';
import { Outcome, Rehearsal } from './rehearsal';

const KUBERNETES = '1.36';
const folder = process.env.KUBEFLOW_MANIFESTS;

type Check = (what: string, problems: readonly string[]) => void;

function checkWith(tally: Tally): Check {
  return (what, problems) => {
    if (problems.length === 0) {
      tally.pass();
      console.log(`  ${what}`);
    }
    problems.forEach((problem) => tally.fail(`${what}: ${problem.slice(0, 400)}`));
  };
}

async function judge(check: Check, subject: Subject, file?: string): Promise<void> {
  const outcome = await Rehearsal.run(subject);
  const total = subject.objects.length;
  console.log(`${subject.name}: ${outcome.accepted} of ${total} objects accepted at the first pass, ${outcome.running} workloads run`);
  const { excused, platform } = file === undefined ? { excused: new Map<string, string>(), platform: undefined } : reasonsFor(subject, file);
  for (const [object, reason] of excused) { if (outcome.refused.has(object)) { console.log(`    not applied: ${object}: ${reason}`); } }
  check('every object is accepted, or its reason is known beforehand', list(outcome.refused, (object) => !excused.has(object)));
  check('what is said to have such a reason is refused', [...excused.keys()].filter((object) => !outcome.refused.has(object)));
  check(`applied again while no webhook runs, ${outcome.waiting.size} objects wait for one, and all of them are said to`, problemsOfWaiting(outcome, platform));
  check('applied again with webhooks, every object is accepted', list(outcome.refusedLater, () => true));
  check(`the pods of ${outcome.running} workloads run`, list(outcome.idle, () => true));
  check(`the ${outcome.placed.size} pods of notebooks and jobs are on nodes with GPUs when they ask for some, and else on others`, outcome.misplaced.map((pod) => `${pod}: ${outcome.placed.get(pod)}`));
}

function list(found: ReadonlyMap<string, string>, counts: (object: string) => boolean): string[] {
  return [...found].filter(([object]) => counts(object)).map(([object, reason]) => `${object}: ${reason}`);
}

function problemsOfWaiting({ waiting, refused }: Outcome, platform: KubeflowPlatform | undefined): string[] {
  const said = new Set(platform?.waitsForWebhook.map(({ object }) => object));
  const known = new Set([...said].map(nameFrom));
  const unsaid = platform ? list(waiting, (object) => !known.has(object)) : [];
  const needless = [...said].filter((object) => !waiting.has(nameFrom(object)) && !refused.has(nameFrom(object))).map((object) => `${object} doesn't wait`);
  return [...unsaid, ...needless];
}

/** The objects that this version of Kubernetes doesn't take, each with the reason, as the library says it. */
function reasonsFor({ objects }: Subject, file: string): { excused: Map<string, string>; platform: KubeflowPlatform } {
  const platform = load(file, { aks: {} });
  const written = new Map(objects.map((object) => [nameOf(object), object.apiVersion]));
  // what the program has replaced is not what the release had
  const removed = platform.facts.removedApis.filter(({ kind, object, apiVersion }) => written.get(`${kind}/${object}`) === apiVersion);
  const excused = new Map(removed.map(({ kind, object, apiVersion, removedIn }) => [`${kind}/${object}`, `${apiVersion} is gone since ${removedIn}`]));
  const lost = objects.filter(({ kind, metadata }) => kind === 'CustomResourceDefinition' && excused.has(`${kind}/${metadata.name}`));
  const kinds = new Set(lost.map(({ spec }) => `${spec.group}/${spec.names.kind}`));
  for (const object of objects) {
    if (kinds.has(kindOf(object))) { excused.set(nameOf(object), `the definition of its kind, ${kindOf(object)}, is of a version that is gone`); }
  }
  for (const { object, webhook, atFirst } of platform.waitsForWebhook) {
    if (atFirst && !excused.has(nameFrom(object))) { excused.set(nameFrom(object), `waits for ${webhook}`); }
  }
  return { excused, platform };
}

/** "Kind/namespace/name" of "Kind namespace/name". */
function nameFrom(title: string): string {
  return title.replace(' ', '/');
}

function kindOf({ apiVersion, kind }: Manifest): string {
  return `${apiVersion.split('/')[0]}/${kind}`;
}

function load(file: string, props: object = {}): KubeflowPlatform {
  const chart = new PlatformChart(new PlatformApp({ kubernetesVersion: KUBERNETES }), 'kubeflow');
  return new KubeflowPlatform(chart, 'kubeflow', { manifests: ManifestSource.files(file), duplicates: DuplicatePolicy.MERGE, ...props });
}

/** With the version given, a release that doesn't fit is refused, and without what doesn't fit it is rewritten where that is safe. */
function judgeVersion(check: Check, file: string): void {
  const removed = load(file).facts.removedApis;
  const rewritable = removed.filter(({ kind }) => ['PodDisruptionBudget', 'HorizontalPodAutoscaler'].includes(kind));
  const left = removed.filter((api) => !rewritable.includes(api));
  const refusal = message(() => load(file, { kubernetesVersion: KUBERNETES }));
  check(left.length > 0 ? `${left.length} objects are named that Kubernetes ${KUBERNETES} doesn't serve` : `fits Kubernetes ${KUBERNETES}`,
    left.length > 0 === (refusal?.includes(`the API versions of ${left.length} of them`) ?? false) ? [] : [refusal ?? 'not refused']);
  const exclude = left.map(({ kind, object }) => {
    const [name, namespace] = object.split('/').reverse();
    return ManifestSelector.of({ kind, name, ...namespace ? { namespace } : {} });
  });
  const rest = load(file, { kubernetesVersion: KUBERNETES, exclude });
  const rewritten = rest.report.filter(({ id }) => id.startsWith(`kubernetes-${KUBERNETES}/`)).flatMap(({ changed }) => changed);
  check(`${rewritten.length} disruption budgets and autoscalers are rewritten`, rewritable.length === rewritten.length ? [] : [`${rewritable.length} are of removed versions`]);
}

function message(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function main(tally: Tally): Promise<void> {
  const check = checkWith(tally);
  await judge(check, committedOutput());
  const chosen = process.argv.slice(2);
  const releases = folder === undefined ? [] : fs.readdirSync(folder).filter((name) => name.endsWith('.yaml') && (chosen.length === 0 || chosen.includes(name))).sort();
  for (const name of releases) {
    const file = path.resolve(folder!, name);
    try {
      await judge(check, await outputFor(file), file);
      judgeVersion(check, file);
    } catch (error) {
      tally.fail(`${name}: ${(error as Error).stack}`);
    }
  }
  if (folder === undefined) { tally.skip('whole releases; KUBEFLOW_MANIFESTS doesn\'t name a folder of them as kustomize renders them'); }
}

runPart(main);
