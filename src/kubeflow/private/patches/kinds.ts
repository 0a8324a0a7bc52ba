import { changed } from './changed';
import { checkAnnotations } from '../../../private/annotations';
import { invalid } from '../../../private/errors';
import { checkLabels } from '../../../private/labels';
import { checkList, checkMap } from '../../../private/props';
import { checkText, inQuotes, LONGEST_ARGUMENT } from '../../../private/text';
import { checkVariable } from '../../../serving/private/variables';
import { ManifestPatch, PatchOptions } from '../../manifest-patch';
import { ManifestSelector } from '../../manifest-selector';
import { checkPlain, plain } from '../plain';
import { containersOf } from '../pods';
import { isMap, merged } from '../values';

export function merge(id: string, selector: ManifestSelector, patch: any, options: PatchOptions): ManifestPatch {
  const wanted = checkPatch(id, patch);
  return changed(id, selector, options, manifest => merged(manifest, plain(`ManifestPatch(${id})`, 'patch', wanted)));
}

/** Checks what is merged into something. What is known later passes. */
export function checkPatch(id: string, patch: any): any {
  if (!isMap(patch)) { throw invalid(`ManifestPatch(${id})`, 'patch', patch, 'be an object', 'for example { spec: { replicas: 1 } }'); }
  return checkPlain(`ManifestPatch(${id})`, 'patch', patch);
}

export function label(id: string, selector: ManifestSelector, labels: { [key: string]: string }, options: PatchOptions): ManifestPatch {
  checkLabels(`ManifestPatch(${id})`, 'labels', labels);
  return merge(id, selector, { metadata: { labels } }, options);
}

export function annotate(id: string, selector: ManifestSelector, annotations: { [key: string]: string }, options: PatchOptions): ManifestPatch {
  checkAnnotations(`ManifestPatch(${id})`, 'annotations', annotations);
  return merge(id, selector, { metadata: { annotations } }, options);
}

export function apiVersion(id: string, selector: ManifestSelector, to: string, options: PatchOptions): ManifestPatch {
  if (typeof to !== 'string' || !/^([a-z0-9.-]+\/)?v[a-z0-9]+$/.test(to)) {
    throw invalid(`ManifestPatch(${id})`, 'to', to, 'be an API version', 'for example "policy/v1"');
  }
  return merge(id, selector, { apiVersion: to }, options);
}

export function env(
  id: string, selector: ManifestSelector, container: string, variables: { [name: string]: string }, options: PatchOptions,
): ManifestPatch {
  const where = `ManifestPatch(${id})`;
  checkContainer(where, container);
  for (const [name, value] of Object.entries(checkMap(where, 'variables', variables, 'strings', '{ LOG_LEVEL: "info" }'))) {
    checkVariable(where, 'variables', name, value, REFERENCE);
    checkText(where, `variables.${name}`, value, LONGEST_ARGUMENT - name.length - 1);
  }
  const wanted = { ...variables };
  return changed(id, selector, options, manifest => inContainers(id, manifest, container, each => setVariables(each, plain(where, 'variables', wanted))));
}

/** What a patch does in place of a literal secret. */
const REFERENCE = 'refer to a Secret, by addJsonPatch of the object that the platform\'s "find" returns';

function checkContainer(where: string, name: string): void {
  if (typeof name !== 'string' || name === '') { throw invalid(where, 'container', name, 'be a container\'s name, or "*" for all'); }
}

/** Sets variables, by name, where they are. */
export function setVariables(container: any, variables: { [name: string]: string }): void {
  const list: any[] = container.env ?? [];
  for (const [name, value] of Object.entries(variables)) {
    const found = list.find(variable => variable?.name === name);
    if (!found) {
      list.push({ name, value });
    } else if (found.value !== value) {
      delete found.valueFrom;
      found.value = value;
    }
  }
  container.env = list;
}

export function args(id: string, selector: ManifestSelector, container: string, given: string[], options: PatchOptions): ManifestPatch {
  const where = `ManifestPatch(${id})`;
  checkContainer(where, container);
  const wanted = checkList(where, 'args', given);
  wanted.forEach((arg, i) => {
    if (typeof arg !== 'string') { throw invalid(where, `args[${i}]`, arg, 'be a string', inQuotes(arg)); }
    checkText(where, `args[${i}]`, arg, LONGEST_ARGUMENT);
  });
  return changed(id, selector, options, manifest => inContainers(id, manifest, container, each => {
    const list: string[] = [...each.args ?? []];
    for (const arg of wanted) {
      const flag = arg.split('=')[0];
      // flags that may be given several times stand in the wish several times
      const several = wanted.filter(other => other.split('=')[0] === flag).length > 1;
      const at = list.findIndex(old => old === arg || (!several && (old === flag || String(old).startsWith(`${flag}=`))));
      if (at < 0) { list.push(arg); } else { list[at] = arg; }
    }
    each.args = list;
  }));
}

export function remove(id: string, selector: ManifestSelector, options: PatchOptions): ManifestPatch {
  return changed(id, selector, options, () => undefined);
}

function inContainers(id: string, manifest: any, name: string, change: (container: any) => void): any {
  const all = containersOf(manifest);
  const found = all.filter(container => name === '*' || container.name === name);
  if (found.length === 0) {
    const names = all.map(container => container.name).join(', ');
    throw invalid(`ManifestPatch(${id})`, 'container', name, `be a container of ${manifest.kind} ${manifest.metadata.name}`, `it has ${names || 'none'}`);
  }
  found.forEach(change);
  return manifest;
}
