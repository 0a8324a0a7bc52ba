import { JsonPatch } from 'cdk8s';
import { dumpYaml, isPartOf } from './embedded';
import { InvalidInputError, invalid } from '../../../private/errors';
import { checkList } from '../../../private/props';
import { ManifestPatch, PatchOptions } from '../../manifest-patch';
import { ManifestSelector } from '../../manifest-selector';
import { parse } from '../loading/parse';
import { containersOf } from '../pods';
import { isMap, merged } from '../values';

type Change = (manifest: any) => any;

class Changed extends ManifestPatch {
  constructor(id: string, selector: ManifestSelector, options: PatchOptions, private readonly change: Change) {
    super(id, selector, options);
  }

  public apply(manifest: any): any {
    return this.change(manifest);
  }
}

/** A patch that is a function; for the library's own. */
export function changed(id: string, selector: ManifestSelector, options: PatchOptions, change: Change): ManifestPatch {
  return new Changed(id, selector, options, change);
}

export function merge(id: string, selector: ManifestSelector, patch: any, options: PatchOptions): ManifestPatch {
  if (!isMap(patch)) { throw invalid(`ManifestPatch(${id})`, 'patch', patch, 'be an object', 'for example { spec: { replicas: 1 } }'); }
  return changed(id, selector, options, manifest => merged(manifest, patch));
}

export function json(id: string, selector: ManifestSelector, operations: JsonPatch[], options: PatchOptions): ManifestPatch {
  checkList(`ManifestPatch(${id})`, 'operations', operations).forEach((operation, i) => {
    if (typeof operation?._toJson !== 'function') {
      throw invalid(`ManifestPatch(${id})`, `operations[${i}]`, operation, 'be a JsonPatch', 'for example JsonPatch.replace("/spec/replicas", 1)');
    }
  });
  return changed(id, selector, options, manifest => JsonPatch.apply(manifest, ...operations));
}

export function env(
  id: string, selector: ManifestSelector, container: string, variables: { [name: string]: string }, options: PatchOptions,
): ManifestPatch {
  return changed(id, selector, options, manifest => inContainers(id, manifest, container, each => setVariables(each, variables)));
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

export function args(id: string, selector: ManifestSelector, container: string, wanted: string[], options: PatchOptions): ManifestPatch {
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

export function yamlInString(id: string, selector: ManifestSelector, pointer: string, patch: any, options: PatchOptions): ManifestPatch {
  const path = pointer.split('/').slice(1).map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
  if (path.length === 0) { throw invalid(`ManifestPatch(${id})`, 'pointer', pointer, 'be a JSON pointer', 'for example "/data/config"'); }
  return changed(id, selector, options, manifest => {
    const holder = path.slice(0, -1).reduce((at, key) => at?.[key], manifest);
    const key = path[path.length - 1];
    const text = holder?.[key];
    if (typeof text !== 'string') { throw new InvalidInputError(`${pointer} is no text`); }
    const [value] = parse(text, pointer).documents;
    // what says it already keeps its comments
    if (!isPartOf(patch, value)) { holder[key] = dumpYaml(merged(value, patch)); }
    return manifest;
  });
}

export function images(id: string, selector: ManifestSelector, from: string, to: string, options: PatchOptions): ManifestPatch {
  for (const [prop, value] of Object.entries({ from, to })) {
    if (typeof value !== 'string' || value === '') { throw invalid(`ManifestPatch(${id})`, prop, value, 'be the beginning of an image', 'for example "gcr.io/"'); }
  }
  const replaced = (text: unknown) => {
    if (typeof text !== 'string') { return text; }
    const [, flag, rest] = /^(--?[\w-]+=)?(.*)$/s.exec(text)!;
    return rest.startsWith(from) && !rest.startsWith(to) ? `${flag ?? ''}${to}${rest.slice(from.length)}` : text;
  };
  return changed(id, selector, options, manifest => {
    for (const container of containersOf(manifest)) {
      if (container.image !== undefined) { container.image = replaced(container.image); }
      for (const field of ['command', 'args']) {
        if (Array.isArray(container[field])) { container[field] = container[field].map(replaced); }
      }
      for (const variable of container.env ?? []) {
        if (variable?.value !== undefined) { variable.value = replaced(variable.value); }
      }
    }
    return manifest;
  });
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
