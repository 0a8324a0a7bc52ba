import * as fs from 'node:fs';
import * as path from 'node:path';
import { clusters } from './clusters';
import { exposures } from './exposures';
import { frontends } from './frontends';
import { gpus } from './gpus';
import { namespaces } from './namespaces';
import { pods } from './pods';
import { scalings } from './scalings';
import { servers } from './servers';
import { sources } from './sources';
import { STACKS, synthesizeStack } from './stacks';
import { Addon, PlatformApp, PlatformChart, PlatformNamespace, PlatformNamespaceProps, Prometheus } from '../../src';
import type { Finding } from '../judge';

/** A program that is judged by what it writes. */
export interface Program {
  readonly build: (chart: PlatformChart) => void;
  /** The same program after a change. */
  readonly next?: (chart: PlatformChart) => void;
  /** Its namespace; one with the defaults if it says nothing, and somebody else's if it says false. */
  readonly namespace?: PlatformNamespaceProps | false;
  /** The Kubernetes version that it is written for. */
  readonly kubernetesVersion?: string;
}

/** Programs by name; a plain function is one without wishes. */
export type Programs = Record<string, Program | Program['build']>;

const GROUPS: Record<string, Programs> = { servers, sources, scalings, exposures, gpus, pods, clusters, frontends, namespaces };

/** The names of all of them, as the report has them. */
export function generatedNames(): string[] {
  return Object.entries({ ...GROUPS, ...STACKS }).flatMap(([group, programs]) => Object.keys(programs).map((program) => `generated/${group}-${program}`));
}

/** Writes what each program of each group synthesizes, in folders named `<group>-<program>`; says which programs fail. */
export function generateSubjects(folder: string): Finding[] {
  fs.rmSync(folder, { recursive: true, force: true });
  const findings: Finding[] = [];
  const attempt = (name: string, program: (outdir: string) => void) => {
    try {
      program(path.join(folder, name));
    } catch (error) {
      findings.push({ check: 'synthesis', subject: `generated/${name}`, object: '*', message: (error as Error).message });
    }
  };
  for (const [group, programs] of Object.entries(GROUPS)) {
    for (const [program, wishes] of Object.entries(programs)) {
      const name = `${group}-${program}`;
      attempt(name, (outdir) => synthesize(outdir, name, typeof wishes === 'function' ? { build: wishes } : wishes));
    }
  }
  for (const [group, programs] of Object.entries(STACKS)) {
    for (const [program, build] of Object.entries(programs)) { attempt(`${group}-${program}`, (outdir) => synthesizeStack(outdir, build)); }
  }
  return findings;
}

function synthesize(outdir: string, name: string, program: Program): void {
  write(outdir, name, program);
  if (!program.next) { return; }
  const next = path.join(outdir, 'next');
  write(next, name, { ...program, build: program.next });
  fs.renameSync(path.join(next, `${name}.k8s.yaml`), path.join(outdir, `${name}.next.yaml`));
  fs.rmSync(next, { recursive: true });
}

function write(outdir: string, name: string, { build, namespace, kubernetesVersion }: Program): void {
  const existingNamespaces = namespace === false ? [name] : undefined;
  const app = new PlatformApp({ outdir, terraformOutdir: path.join(outdir, 'cdktf.out'), kubernetesVersion, existingNamespaces });
  Prometheus.operator(app, { address: 'http://prometheus-operated.monitoring.svc:9090' });
  for (const addon of [Addon.KEDA, Addon.GATEWAY_API, Addon.CERT_MANAGER, Addon.EXTERNAL_DNS]) { addon.installedIn(app); }
  const chart = new PlatformChart(app, name, { namespace: name });
  if (namespace !== false) { new PlatformNamespace(chart, name, namespace); }
  build(chart);
  app.synth();
}
