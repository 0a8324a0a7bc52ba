/* eslint-disable @typescript-eslint/no-require-imports -- only what is measured is loaded */
// node kubeflow.js <js-yaml | platform> <file> <folder>: reads a release of Kubeflow and writes it, as it is or repaired for AKS.
import { mkdirSync, readFileSync, writeFileSync } from 'fs';

const [, , kind, file, outdir] = process.argv;
const { before, work } = kind === 'platform' ? platform() : jsYaml();
before();
const start = performance.now();
work();
console.log(JSON.stringify({ work: performance.now() - start, peak: process.resourceUsage().maxRSS / 1024 }));

function jsYaml() {
  const yaml = require('js-yaml') as typeof import('js-yaml');
  return {
    before: () => mkdirSync(outdir, { recursive: true }),
    work: () => {
      const objects = yaml.loadAll(readFileSync(file, 'utf8'));
      writeFileSync(`${outdir}/kubeflow.yaml`, objects.map(object => yaml.dump(object, { noRefs: true, lineWidth: -1 })).join('---\n'));
    },
  };
}

function platform() {
  const { PlatformApp, PlatformChart, kubeflow } = require('cdk8s-ml') as typeof import('../../src');
  return {
    before: () => void kubeflow.KubeflowPlatform,
    work: () => {
      const app = new PlatformApp({ outdir });
      new kubeflow.KubeflowPlatform(new PlatformChart(app, 'kubeflow'), 'kubeflow', {
        manifests: kubeflow.ManifestSource.files(file), duplicates: kubeflow.DuplicatePolicy.MERGE, aks: {},
      });
      app.synth();
    },
  };
}
