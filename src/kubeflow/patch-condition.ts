/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a patch is applied */
import { KubeflowFacts } from './kubeflow-facts';
import { invalid } from '../private/errors';
import { checkProps } from '../private/props';

/** A range of versions. */
export interface VersionRange {
  /**
   * The first version in the range, such as "3.1".
   *
   * @default - from the first
   */
  readonly atLeast?: string;
  /**
   * The first version after the range, such as "3.4".
   *
   * @default - to the last
   */
  readonly below?: string;
}

/** When a patch is for a platform at all; else it is skipped, with the reason in the report. */
export abstract class PatchCondition {
  /** Argo Workflows is of a range of versions. Throws when a version is none. */
  public static argo(range: VersionRange): PatchCondition {
    return new InRange('Argo Workflows', range, 'argoVersion');
  }

  /** Istio is of a range of versions. Throws when a version is none. */
  public static istio(range: VersionRange): PatchCondition {
    return new InRange('Istio', range, 'istioVersion');
  }

  /** A CustomResourceDefinition serves a kind: `serves("kubeflow.org/v1", "MPIJob")`. */
  public static serves(apiVersion: string, kind: string): PatchCondition {
    return new Serves(`${apiVersion}/${kind}`);
  }

  /** Why a patch isn't for a platform with these facts; undefined when it is. */
  public abstract whyNot(facts: KubeflowFacts): string | undefined;
}

class InRange extends PatchCondition {
  constructor(private readonly of: string, private readonly range: VersionRange, private readonly fact: 'argoVersion' | 'istioVersion') {
    super();
    checkProps('PatchCondition', 'range', range, { atLeast: true, below: true });
    for (const prop of ['atLeast', 'below'] as const) {
      if (range[prop] !== undefined && (typeof range[prop] !== 'string' || !/^\d+(\.\d+)*$/.test(range[prop]))) { throw invalid('PatchCondition', prop, range[prop], 'be a version', 'for example "3.4"'); }
    }
  }

  public whyNot(facts: KubeflowFacts): string | undefined {
    const { compareVersions } = require('./private/versions') as typeof import('./private/versions');
    const version = facts[this.fact];
    if (version === undefined) { return `the version of ${this.of} is unknown`; }
    const { atLeast, below } = this.range;
    if (atLeast !== undefined && compareVersions(version, atLeast) < 0) { return `${this.of} is ${version}, older than ${atLeast}`; }
    return below !== undefined && compareVersions(version, below) >= 0 ? `${this.of} is ${version}, not older than ${below}` : undefined;
  }
}

class Serves extends PatchCondition {
  constructor(private readonly kind: string) {
    super();
  }

  public whyNot(facts: KubeflowFacts): string | undefined {
    return facts.servedKinds.includes(this.kind) ? undefined : `no CustomResourceDefinition serves ${this.kind}`;
  }
}
