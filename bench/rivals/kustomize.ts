import { spawnSync } from 'child_process';
import { mkdirSync, rmSync, writeFileSync } from 'fs';
import { dump } from 'js-yaml';
import type { Contender } from '../processes';
import { WORKSPACE, outdir } from '../programs';
import { names } from '../programs/names';
import { plainUnit } from '../programs/units/plain';

const AVAILABLE = spawnSync('kubectl', ['kustomize', '--help']).status === 0;

/** A base and an overlay for each app, in one build. Beyond a hundred it takes minutes. */
export function kustomize(count: number): Array<Contender & { outdir: string }> {
  if (!AVAILABLE || count > 100) { return []; }
  const folder = `${WORKSPACE}/kustomize-${count}`;
  rmSync(folder, { recursive: true, force: true });
  write(`${folder}/base/fleet.yaml`, plainUnit('app').map(object => dump(object, { noRefs: true })).join('---\n'));
  write(`${folder}/base/kustomization.yaml`, dump({ resources: ['fleet.yaml'] }));
  for (const name of names(count)) { write(`${folder}/${name}/kustomization.yaml`, dump(overlay(name))); }
  write(`${folder}/kustomization.yaml`, dump({ resources: names(count) }));
  const target = outdir('kustomize', String(count));
  const command = `mkdir -p ${target} && kubectl kustomize ${folder} > ${target}/fleet.yaml`;
  return [{ name: 'kubectl kustomize', command: 'sh', args: ['-c', command], outdir: target }];
}

function overlay(name: string): any {
  const [, config] = plainUnit(name);
  return {
    resources: ['../base'],
    nameSuffix: name.slice('app'.length),
    labels: [{ pairs: { app: name }, includeSelectors: true }],
    images: [{ name: 'docker.io/example/app', newName: `docker.io/example/${name}` }],
    patches: [
      { target: { kind: 'Deployment' }, patch: dump([{ op: 'replace', path: '/spec/template/spec/containers/0/env/1/value', value: name }]) },
      { target: { kind: 'ConfigMap' }, patch: dump([{ op: 'replace', path: '/data', value: config.data }]) },
    ],
  };
}

function write(file: string, text: string): void {
  mkdirSync(file.replace(/\/[^/]*$/, ''), { recursive: true });
  writeFileSync(file, text);
}
