/* eslint-disable @typescript-eslint/no-require-imports -- what only synthesis needs is loaded when an app is synthesized */
import * as path from 'path';
import { ApiObject, App, AppProps, Chart, YamlOutputType } from 'cdk8s';
import { Construct } from 'constructs';
import type { OutputFile } from './private/layout';
import type { ChartDocuments, Synthesis } from './private/synthesis';
import { checkBoolean } from '../private/booleans';
import { InvalidInputError, invalid } from '../private/errors';
import { checkDnsLabel } from '../private/names';
import { RENDERS } from '../private/platform';
import { checkList, checkMethods, checkProps, Known } from '../private/props';
import { DEFAULT_KUBERNETES_VERSION, setSetting } from '../private/settings';
import { PRINTS_WARNINGS, printWarnings, warn, warningsOf } from '../private/warnings';
import { hostCharts } from './private/host-charts';
import { hostTerraform } from './private/terraform/host';

const PLATFORM_APP = Symbol.for('cdk8s-ml/platform-app');

/** Properties of a `PlatformApp`. */
export interface PlatformAppProps extends AppProps {
  /**
   * The oldest Kubernetes minor version that the manifests must work on, "1.27" or newer.
   *
   * What needs a newer one is left out or refused.
   *
   * @default '1.33'
   */
  readonly kubernetesVersion?: string;

  /**
   * Kinds of custom resources that have no namespace, each "group/Kind", such as "example.com/Fleet".
   *
   * @default - Kubernetes' own, those of common operators, and those of the CustomResourceDefinitions in the program
   */
  readonly clusterScopedKinds?: string[];

  /**
   * Namespaces that are in the cluster already, so that nobody need declare them.
   *
   * @default - those of every cluster, such as "default"; for any other that the program doesn't declare there is a warning
   */
  readonly existingNamespaces?: string[];

  /**
   * The folder for Terraform's files, when the program has stacks.
   *
   * @default - the environment variable CDKTF_OUTDIR, else "cdktf.out"
   */
  readonly terraformOutdir?: string;

  /**
   * The folder where the outputs of stacks are recorded, each in "terraform.<stack>.outputs.json", as `terraform output -json` writes them.
   *
   * Values that exist only after `terraform apply` are read from there.
   *
   * @default "."
   */
  readonly recordedOutputs?: string;

  /**
   * Whether a value that nobody has recorded is an error, in place of a chart that is held back.
   *
   * @default false
   */
  readonly strictLateValues?: boolean;
}

const KNOWN: Known<PlatformAppProps> = {
  outdir: true,
  outputFileExtension: true,
  yamlOutputType: true,
  recordConstructMetadata: true,
  resolvers: true,
  kubernetesVersion: true,
  clusterScopedKinds: true,
  existingNamespaces: true,
  terraformOutdir: true,
  recordedOutputs: true,
  strictLateValues: true,
};

/**
 * A `cdk8s.App` whose output can be trusted.
 *
 * Every string is printed so that all YAML parsers read it back the same. Every object, also of cdk8s-plus or your own, is checked before
 * anything is written. Files are written whole or not at all, and those that the last run wrote and this one does not are removed.
 */
export class PlatformApp extends App {
  /** Whether something is a `PlatformApp`. */
  public static isPlatformApp(x: any): x is PlatformApp {
    return x !== null && typeof x === 'object' && PLATFORM_APP in x;
  }

  /** The oldest Kubernetes minor version that the manifests must work on. */
  public readonly kubernetesVersion: string;

  /** Kinds of custom resources that have no namespace, each "group/Kind". */
  public readonly clusterScopedKinds: string[];

  /** Namespaces that are in the cluster already. */
  public readonly existingNamespaces: string[];

  /** The folder for Terraform's files. */
  public readonly terraformOutdir: string;

  /** The folder where the outputs of stacks are recorded. */
  public readonly recordedOutputs: string;

  private readonly strictLateValues: boolean;
  private readonly printed = new Set<string>();
  private waiting: string[] = [];

  /** Throws when the version is not "1.<minor>", 27 or newer, a kind is not "group/Kind", or a namespace's name is none. */
  public constructor(props: PlatformAppProps = {}) {
    super(checkAppProps(props));
    this.kubernetesVersion = props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
    if (typeof this.kubernetesVersion !== 'string' || !/^1\.(2[7-9]|[3-9]\d)$/.test(this.kubernetesVersion)) {
      throw invalid('PlatformApp', 'kubernetesVersion', props.kubernetesVersion, 'be a minor version from "1.27" to "1.99"', 'for example "1.33"');
    }
    setSetting(this, 'kubernetesVersion', this.kubernetesVersion);
    this.clusterScopedKinds = [...checkList('PlatformApp', 'clusterScopedKinds', props.clusterScopedKinds)];
    for (const kind of this.clusterScopedKinds) {
      if (typeof kind !== 'string' || !/^[a-z0-9.-]+\/[A-Za-z0-9]+$/.test(kind)) {
        throw invalid('PlatformApp', 'clusterScopedKinds', kind, 'be an API group, "/" and a kind', 'for example "example.com/Fleet"');
      }
    }
    this.existingNamespaces = checkList('PlatformApp', 'existingNamespaces', props.existingNamespaces).map(name => checkDnsLabel('PlatformApp', 'existingNamespaces', name));
    this.terraformOutdir = props.terraformOutdir ?? process.env.CDKTF_OUTDIR ?? 'cdktf.out';
    this.recordedOutputs = props.recordedOutputs ?? '.';
    this.strictLateValues = props.strictLateValues ?? false;
    hostTerraform(this);
    Object.defineProperty(this, PLATFORM_APP, { value: true });
    Object.defineProperty(this, PRINTS_WARNINGS, { value: true });
    if (process.env.CDK8S_LEGACY_HASH) {
      // cdk8s asks for it whenever it makes a name
      delete process.env.CDK8S_LEGACY_HASH;
      warn(this, 'CDK8S_LEGACY_HASH has no effect, because names must not depend on where a program runs; give names where the old ones are needed');
    }
    Object.defineProperty(this, RENDERS, { value: (object: ApiObject) => renderRoom().renderClass(object) });
    hostCharts(this, chart => this.rendered(chart));
  }

  /** The charts, each after those that it depends on. */
  public override get charts(): Chart[] {
    return synthesisRoom().Synthesis.of(this, whole => whole.charts, { validate: false });
  }

  /** What the program's constructs warn about, each once, in the order of the constructs. */
  public get warnings(): string[] {
    return warningsOf(this);
  }

  /**
   * What the last synthesis held back, a line for each value that exists only after `terraform apply` and that nobody recorded:
   * the object, its field, the output, and the command that records it.
   */
  public get heldBack(): string[] {
    return [...this.waiting];
  }

  /** Writes the manifests, and what Terraform reads when there are stacks. Throws, having written nothing, when anything fails its validation. */
  public override synth(): void {
    synthesisRoom().Synthesis.of(this, whole => {
      const { terraform } = whole;
      terraform?.prepare();
      const contents = this.filesOf(whole, whole.documents()).map(file => ({ path: file.path, texts: separated(file.documents.map(d => d.yaml)) }));
      if ((this as any).recordConstructMetadata) { contents.push({ path: 'construct-metadata.json', texts: [whole.constructMetadata()] }); }
      try {
        terraform?.render();
        const removed = outputRoom().write(path.resolve(this.outdir), contents, this);
        if (removed.length > 0) {
          warn(this, `${this.outdir}: another app of this program wrote ${removed.join(', ')} there, and this app has removed it; give each app an outdir of its own`);
        }
        terraform?.commit();
      } finally {
        terraform?.discard();
      }
    });
    this.printNewWarnings();
  }

  /** All manifests as one text. Throws when anything fails its validation. */
  public override synthYaml(): string {
    const texts = synthesisRoom().Synthesis.of(this, whole => this.withoutWaiting(whole.documents()).flatMap(c => c.documents.map(d => d.yaml)));
    this.printNewWarnings();
    return Buffer.concat(separated(texts)).toString();
  }

  /**
   * The manifests of a chart, or of all charts below a construct, as they are written. Throws what `synth` would throw, and when the
   * chart waits for a value.
   *
   * @internal
   */
  public _manifestsOf(scope: Construct): any[] {
    return synthesisRoom().Synthesis.of(this, whole => this.written(whole, scope));
  }

  /** What cdk8s's own `toJson` of a chart gives. */
  private rendered(chart: Chart): any[] {
    const { hasOwnToJson, Synthesis } = synthesisRoom();
    return Synthesis.of(this, (whole, nested) => {
      // who asks while the app is synthesized changes what it gets, and what comes of that is looked at then
      if (nested) { return whole.rendered(chart); }
      const manifests = this.written(whole, chart);
      return hasOwnToJson(chart) ? whole.renderedLate(chart) : manifests;
    });
  }

  private written(whole: Synthesis, scope: Construct): any[] {
    const wanted = Chart.isChart(scope) ? [scope] : whole.charts.filter(chart => chart.node.scopes.includes(scope));
    whole.terraform?.check();
    const charts = whole.documents(wanted);
    this.filesOf(whole, charts);
    const waiting = charts.find(({ chart }) => chart === scope)?.waiting ?? [];
    if (waiting.length > 0) { throw notRecorded(waiting); }
    return charts.filter(chart => chart.waiting.length === 0).flatMap(({ manifests }) => manifests);
  }

  private filesOf(whole: Synthesis, charts: ChartDocuments[]): OutputFile[] {
    return layoutRoom().layout(this, this.withoutWaiting(charts), whole.chartsDepend);
  }

  /** The charts that wait for no value. Throws, when that is what the user wants, if one does. */
  private withoutWaiting(charts: ChartDocuments[]): ChartDocuments[] {
    this.waiting = charts.flatMap(chart => chart.waiting);
    if (this.strictLateValues && this.waiting.length > 0) { throw notRecorded(this.waiting); }
    return charts.filter(chart => chart.waiting.length === 0);
  }

  private printNewWarnings(): void {
    const fresh = [...this.warnings, ...this.waiting.map(line => `held back: ${line}`)].filter(warning => !this.printed.has(warning));
    for (const warning of fresh) { this.printed.add(warning); }
    printWarnings(fresh);
  }
}

/** Checks what `cdk8s.App` takes as it is, before it does. */
function checkAppProps(props: PlatformAppProps): PlatformAppProps {
  checkProps('PlatformApp', 'props', props, KNOWN);
  const folders = {
    outdir: props.outdir ?? process.env.CDK8S_OUTDIR,
    terraformOutdir: props.terraformOutdir ?? process.env.CDKTF_OUTDIR,
    recordedOutputs: props.recordedOutputs,
  };
  for (const [prop, folder] of Object.entries(folders)) {
    if (folder !== undefined && (typeof folder !== 'string' || folder === '' || folder.includes('\0'))) {
      throw invalid('PlatformApp', prop, folder, 'be the path of a folder', 'for example "dist"');
    }
  }
  const extension = props.outputFileExtension;
  if (extension !== undefined && !(typeof extension === 'string' && /^[-\w.]{1,64}$/.test(extension))) {
    throw invalid('PlatformApp', 'outputFileExtension', extension, 'be at most 64 letters, digits, ".", "-" and "_"', 'for example ".yaml"');
  }
  if (extension !== undefined && !extension.includes('.')) {
    // kubectl passes over files of such names, and says nothing
    throw invalid('PlatformApp', 'outputFileExtension', extension, 'have a ".", because it is put behind the name of a chart as it is', `write ".${extension}"`);
  }
  const type = props.yamlOutputType;
  if (type !== undefined && (typeof type !== 'number' || YamlOutputType[type] === undefined)) {
    throw invalid('PlatformApp', 'yamlOutputType', type, 'be a YamlOutputType', 'for example YamlOutputType.FILE_PER_CHART');
  }
  checkList('PlatformApp', 'resolvers', props.resolvers)
    .forEach((resolver, i) => checkMethods('PlatformApp', `resolvers[${i}]`, resolver ?? null, ['resolve'], 'an IResolver', 'new NumberStringUnionResolver()'));
  checkBoolean('PlatformApp', 'recordConstructMetadata', props.recordConstructMetadata);
  checkBoolean('PlatformApp', 'strictLateValues', props.strictLateValues);
  return props;
}

function notRecorded(waiting: readonly string[]): Error {
  return new InvalidInputError(`Values that exist only after "terraform apply" are not recorded:\n  ${waiting.join('\n  ')}`);
}

const SEPARATOR = Buffer.from('---\n');

function separated(texts: Buffer[]): Buffer[] {
  return texts.flatMap((text, i) => (i === 0 ? [text] : [SEPARATOR, text]));
}

// `require` of a file takes a look at the disk each time
let synthesis: typeof import('./private/synthesis');
let layout: typeof import('./private/layout');
let output: typeof import('./private/output');
let rendering: typeof import('./private/render');

function synthesisRoom() { return (synthesis ??= require('./private/synthesis') as typeof import('./private/synthesis')); }
function layoutRoom() { return (layout ??= require('./private/layout') as typeof import('./private/layout')); }
function outputRoom() { return (output ??= require('./private/output') as typeof import('./private/output')); }
function renderRoom() { return (rendering ??= require('./private/render') as typeof import('./private/render')); }
