// Applies whole releases of Kubeflow to a control plane, in the order in which the library writes them:
// KUBEFLOW_MANIFESTS=<folder of rendered releases> conformance/kubeflow/run
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PlatformApp, PlatformChart } from '../../src';
import { DuplicatePolicy, KubeflowPlatform, ManifestSource } from '../../src/kubeflow';
import { temporaryFolder, removeFolder } from '../child';
import { ControlPlane } from '../control-plane/control-plane';
import { Kubernetes } from '../toolchain/kubernetes';

const folder = process.env.KUBEFLOW_MANIFESTS;

/** What kubectl says of a file: how many objects were accepted, and a line for each that wasn't. */
interface Outcome { readonly accepted: number; readonly refused: string[] }

async function applied(plane: ControlPlane, file: string): Promise<Outcome> {
  const { stdout, stderr } = await plane.kubectl(['apply', '--server-side', '--force-conflicts', '-f', file]);
  const accepted = stdout.split('\n').filter(line => line.endsWith('serverside-applied')).length;
  const refused = stderr.split('\n').filter(line => line !== '' && !/^Warning:/.test(line));
  return { accepted, refused };
}

async function judge(release: string): Promise<boolean> {
  const outdir = temporaryFolder('kubeflow');
  const app = new PlatformApp({ outdir, kubernetesVersion: '1.36' });
  const kf = new KubeflowPlatform(new PlatformChart(app, 'kubeflow'), 'kubeflow', {
    manifests: ManifestSource.files(path.join(folder!, release)), duplicates: DuplicatePolicy.MERGE, aks: {}, stages: true,
  });
  app.synth();
  const plane = await ControlPlane.start(new Kubernetes('1.36'));
  try {
    let accepted = 0;
    const refused: string[] = [];
    for (const file of fs.readdirSync(outdir).filter(name => name.endsWith('.yaml')).sort()) {
      const result = await applied(plane, path.join(outdir, file));
      accepted += result.accepted;
      refused.push(...result.refused);
      await plane.kubectl(['wait', '--for', 'condition=established', '--timeout=120s', 'crd', '--all']);
    }
    refused.forEach(line => console.log(`  ${line.slice(0, 300)}`));
    console.log(`${release}: ${accepted} of ${kf.apiObjects.length} objects accepted at the first pass; `
      + `${kf.waitsForWebhook.length} wait for a webhook of the platform when they change`);
    return refused.length === 0 && accepted === kf.apiObjects.length;
  } finally {
    await plane.stop();
    removeFolder(outdir);
  }
}

async function main(): Promise<void> {
  if (folder === undefined) {
    console.log('skipped: KUBEFLOW_MANIFESTS doesn\'t name a folder of releases as kustomize renders them');
    console.log('0 passed, 0 failed, 1 skipped');
    return;
  }
  const releases = fs.readdirSync(folder).filter(name => name.endsWith('.yaml')).sort();
  let passed = 0;
  for (const release of releases) { if (await judge(release)) { passed++; } }
  console.log(`${passed} passed, ${releases.length - passed} failed`);
  process.exitCode = passed === releases.length ? 0 : 1;
}

void main();
