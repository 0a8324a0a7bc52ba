import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import { ModelBinding, ModelHost, ModelSource } from '../../src/models';
import { warningsOf } from '../../src/private/warnings';

export interface Bound {
  readonly binding: ModelBinding;
  /** The pod's spec, with a server that has what the binding asks for. */
  readonly pod: any;
  /** The container that downloads, if there is one. */
  readonly init: any;
  /** Every object that was made. */
  readonly objects: any[];
  readonly warnings: string[];
}

/** Binds a source to a workload "llm" of one pod and renders that. */
export function bound(source: ModelSource, host: Partial<ModelHost> = {}): Bound {
  const silent = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const chart = new Chart(Testing.app(), 'lab');
    const binding = source.bind(chart, { name: 'llm', user: 65532, downloadsByItself: false, maxPods: 1, ...host });
    const deployment = new Deployment(chart, 'Deployment', { containers: [{ image: 'server:1' }], initContainers: binding.initContainers });
    for (const mount of binding.mounts ?? []) {
      deployment.containers[0].mount(mount.path, mount.volume, { readOnly: mount.readOnly, subPath: mount.subPath });
    }
    const objects = Testing.synth(chart);
    const pod = objects.find(o => o.kind === 'Deployment').spec.template.spec;
    return { binding, pod, init: pod.initContainers?.[0], objects, warnings: warningsOf(chart) };
  } finally {
    silent.mockRestore();
  }
}

/** The environment of a rendered container. */
export function envOf(container: any): { [name: string]: string } {
  return Object.fromEntries(container.env.map((entry: any) => [entry.name, entry.value]));
}
