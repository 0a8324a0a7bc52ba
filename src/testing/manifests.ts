/* eslint-disable @typescript-eslint/no-require-imports -- programs that aren't tests load nothing more */
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { PlatformApp } from '../app';
import { invalid } from '../private/errors';
import { checkScope } from '../private/names';

/**
 * The manifests of a chart or an app, for tests: found by kind and name, compared in part, printed as they would be written.
 *
 * All checks of the whole app run first.
 */
export class Manifests {
  /**
   * The manifests of a chart, or of all charts of an app or of what has charts in it.
   *
   * Throws what `app.synth()` would throw, and of a chart that waits for a value of Terraform what it waits for; such charts of an app are
   * left out, as they are not written.
   */
  public static of(scope: Construct): Manifests {
    checkScope('Manifests.of', scope, 'Manifests.of(chart)');
    const root = scope.node.root as App;
    if (scope !== root && !scope.node.findAll().some(construct => Chart.isChart(construct))) {
      throw invalid('Manifests.of', 'scope', scope, 'be an app, a chart, or what has charts in it', 'take the chart around it: Chart.of(construct)');
    }
    if (PlatformApp.isPlatformApp(root)) { return new Manifests(root._manifestsOf(scope)); }
    const errors = root.node.findAll().flatMap(c => c.node.validate().map(error => `[${c.node.path}] ${error}`));
    if (errors.length > 0) { throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`); }
    const charts = Chart.isChart(scope) ? [scope] : root.charts.filter(chart => chart.node.scopes.includes(scope));
    return new Manifests(charts.flatMap(chart => chart.toJson()));
  }

  private constructor(
    /** All manifests, in the order in which they are written. */
    public readonly all: any[],
  ) {}

  /** The manifests as YAML. */
  public get yaml(): string {
    const { yamlOf } = require('./private/yaml-of') as typeof import('./private/yaml-of');
    return yamlOf(this.all);
  }

  /** The kinds and names of all manifests, such as "Deployment llama". */
  public get names(): string[] {
    return this.all.map(nameOf);
  }

  /** The manifests of a kind. */
  public ofKind(kind: string): any[] {
    return this.all.filter(manifest => manifest.kind === kind);
  }

  /**
   * The one manifest of a kind and name.
   *
   * Throws when there is none or more than one, with the manifests that there are.
   *
   * @param kind such as "Deployment"
   * @param name needed when there are several of the kind
   */
  public find(kind: string, name?: string): any {
    if (typeof kind !== 'string') { throw invalid('Manifests', 'kind', kind, 'be a kind', 'for example "Deployment"'); }
    const found = this.ofKind(kind).filter(manifest => name === undefined || manifest.metadata?.name === name);
    if (found.length === 1) { return found[0]; }
    const wanted = name === undefined ? `one ${kind}` : `one ${kind} "${name}"`;
    const there = this.names.length > 0 ? this.names.map(n => `  ${n}`).join('\n') : '  nothing';
    throw new Error(`expected ${wanted}, found ${found.length}; the manifests are\n${there}`);
  }

  /**
   * Checks that a manifest has the parts given; what they leave out may be anything. Lists match item by item.
   *
   * Throws with a line for each difference: its path, what was expected and what is there.
   */
  public match(kind: string, name: string, parts: any): void {
    const { difference } = require('./private/difference') as typeof import('./private/difference');
    const differences = difference(this.find(kind, name), parts);
    if (differences.length > 0) {
      throw new Error(`${kind} "${name}" differs:\n${differences.map(line => `  ${line}`).join('\n')}`);
    }
  }
}

function nameOf(manifest: any): string {
  const { name, namespace } = manifest.metadata ?? {};
  return `${manifest.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
