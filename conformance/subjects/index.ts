import * as fs from 'node:fs';
import * as path from 'node:path';
import { exposures } from './exposures';
import { frontends } from './frontends';
import { gpus } from './gpus';
import { pods } from './pods';
import { scalings } from './scalings';
import { servers } from './servers';
import { sources } from './sources';
import { Addon, PlatformApp, PlatformChart, PlatformNamespace, PodSecurity, Prometheus } from '../../src';
import type { Finding } from '../judge';

/** A program that is judged by what it writes. */
export interface Program {
  readonly build: (chart: PlatformChart) => void;
  /** What its namespace promises; restricted if it says nothing. */
  readonly podSecurity?: PodSecurity;
  /** The Kubernetes version that it is written for. */
  readonly kubernetesVersion?: string;
}

/** Programs by name; a plain function is one without wishes. */
export type Programs = Record<string, Program | Program['build']>;

const GROUPS: Record<string, Programs> = { servers, sources, scalings, exposures, gpus, pods, frontends };

/** Writes what each program of each group synthesizes, in folders named `<group>-<program>`; says which programs fail. */
export function generateSubjects(folder: string): Finding[] {
  fs.rmSync(folder, { recursive: true, force: true });
  const findings: Finding[] = [];
  for (const [group, programs] of Object.entries(GROUPS)) {
    for (const [program, wishes] of Object.entries(programs)) {
      const name = `${group}-${program}`;
      try {
        synthesize(path.join(folder, name), name, typeof wishes === 'function' ? { build: wishes } : wishes);
      } catch (error) {
        findings.push({ check: 'synthesis', subject: `generated/${name}`, object: '*', message: (error as Error).message });
      }
    }
  }
  return findings;
}

function synthesize(outdir: string, name: string, { build, podSecurity, kubernetesVersion }: Program): void {
  const app = new PlatformApp({ outdir, kubernetesVersion });
  Prometheus.operator(app, { address: 'http://prometheus-operated.monitoring.svc:9090' });
  for (const addon of [Addon.KEDA, Addon.GATEWAY_API, Addon.CERT_MANAGER, Addon.EXTERNAL_DNS]) { addon.installedIn(app); }
  const chart = new PlatformChart(app, name, { namespace: name });
  new PlatformNamespace(chart, name, { podSecurity });
  build(chart);
  app.synth();
}
