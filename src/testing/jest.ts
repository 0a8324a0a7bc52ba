// For Jest alone, and not part of the library's API: `import 'cdk8s-ml/testing'` in a test file.
import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Manifests } from './manifests';
import { difference } from './private/difference';
import { yamlOf } from './private/yaml-of';
import { arrayOf } from '../app/private/checks/formats';
import { podTemplateOf } from '../app/private/checks/pods';

declare global {
  namespace jest {
    interface Matchers<R> {
      /** Expects each container of the workload's pods that asks for one of these resources to ask for all, as a request and as a limit. */
      toAskFor(resources: { [name: string]: number | string }): R;
      /** Expects the object's manifest to have these parts. */
      toHaveManifest(parts: object): R;
    }
  }
}

interface MatcherResult { readonly pass: boolean; readonly message: () => string }

const isManifest = (value: any): boolean =>
  typeof value === 'object' && value !== null && typeof value.apiVersion === 'string' && typeof value.kind === 'string';

/** Prints manifests as YAML, one or a list of them, so that a snapshot reads as what is applied. */
export const yamlSerializer = {
  test: (value: any): boolean => isManifest(value) || value instanceof Manifests
    || (Array.isArray(value) && value.length > 0 && value.every(isManifest)),
  serialize: (value: any): string => {
    if (value instanceof Manifests) { return value.yaml; }
    return yamlOf(Array.isArray(value) ? value : [value]);
  },
};

/** Expects a workload's containers to ask for resources. */
export function toAskFor(received: IConstruct, resources: { [name: string]: number | string }): MatcherResult {
  const manifest = ApiObject.of(received).toJson();
  const pod = podTemplateOf(manifest)?.template?.spec ?? manifest.spec?.template?.spec ?? manifest.spec;
  const names = Object.keys(resources);
  const asking = arrayOf(pod?.containers).filter(container => {
    const any = { ...container.resources?.limits, ...container.resources?.requests };
    return names.some(name => any[name] !== undefined);
  });
  // one that asks for nothing stands for a pod in which none does
  const wrong = (asking.length > 0 ? asking : [{}]).flatMap(container => names.flatMap(name => ['requests', 'limits'].flatMap(list => {
    const asked = container.resources?.[list]?.[name];
    if (String(asked) === String(resources[name])) { return []; }
    return [`${asking.length > 1 ? `${container.name}: ` : ''}${list}.${name}: expected ${resources[name]}, got ${asked ?? 'nothing'}`];
  })));
  const title = `${manifest.kind} "${manifest.metadata.name}"`;
  return {
    pass: wrong.length === 0,
    message: () => (wrong.length === 0 ? `${title} asks for ${JSON.stringify(resources)}` : `${title}\n  ${wrong.join('\n  ')}`),
  };
}

/** Expects an object's manifest to have parts. */
export function toHaveManifest(received: IConstruct, parts: object): MatcherResult {
  const manifest = ApiObject.of(received).toJson();
  const differences = difference(manifest, parts);
  const title = `${manifest.kind} "${manifest.metadata.name}"`;
  return {
    pass: differences.length === 0,
    message: () => (differences.length === 0 ? `${title} has these parts` : `${title} differs:\n  ${differences.join('\n  ')}`),
  };
}

const { expect } = globalThis as any;
if (typeof expect?.extend === 'function') {
  expect.extend({ toAskFor, toHaveManifest });
  expect.addSnapshotSerializer(yamlSerializer);
}
