import * as path from 'node:path';
import { Manifest } from '../manifest';
import { readSubject } from '../subject';
import { moduleFolder } from './go';

/** Where the definitions of custom resources come from: the module that publishes them. */
const SOURCES = [
  {
    module: 'sigs.k8s.io/gateway-api', // newer ones ask for a newer Go than the control plane's
    version: 'v1.6.3',
    sum: 'h1:lKpJa5bGlraC/QeACvCpsHLdmO6y0iKfzVl6gzaFEYc=',
    folder: 'config/crd/standard',
  },
  {
    module: 'github.com/kedacore/keda/v2',
    version: 'v2.21.0',
    sum: 'h1:R6z2HZvstK4RLUMxroNACzBj74xGxt3kG59b5Xc+Xps=',
    folder: 'config/crd/bases',
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator',
    version: 'v0.85.0',
    sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
    folder: 'example/prometheus-operator-crd-full',
  },
];

/** Definitions that nobody publishes for builds; see the files. */
const STATED = path.join(__dirname, '..', 'definitions');

let loaded: Promise<Manifest[]> | undefined;

/** The CustomResourceDefinitions of the objects that need one; read where they are published, never kept. */
export async function definitionsFor(objects: readonly Manifest[]): Promise<Manifest[]> {
  const wanted = new Set(objects.map(({ apiVersion, kind }) => `${apiVersion.split('/')[0]} ${kind}`));
  loaded ??= load();
  return (await loaded).filter(({ spec }) => wanted.has(`${spec.group} ${spec.names.kind}`));
}

/** The sources and versions, for the report. */
export function definitionVersions(): Record<string, string> {
  return { ...Object.fromEntries(SOURCES.map(({ module, version }) => [module, version])), 'cloud.google.com, networking.gke.io': 'stated in conformance/definitions' };
}

async function load(): Promise<Manifest[]> {
  const definitions = [...readSubject('stated', STATED).objects];
  for (const { module, version, sum, folder } of SOURCES) {
    const files = readSubject(module, path.join(await moduleFolder(module, version, sum), folder));
    definitions.push(...files.objects.filter(({ kind }) => kind === 'CustomResourceDefinition'));
  }
  return definitions;
}
