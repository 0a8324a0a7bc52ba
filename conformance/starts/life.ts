import * as fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Callers } from './callers';
import { Container } from './container';
import { Observation, Plan } from './plan';
import { ask, POD, portOf } from './probes';
import { mebibytesOf } from './quantity';
import { Volumes } from './volumes';

/** How long most requests take. */
const SHORT = 0.2;
/** What a server may take for one request once it is said to be ready. */
const PROMPT = 3;

/** The life of one pod, as the kubelet leads it, and what it shows. */
export class Life {
  private readonly observations: Observation[] = [];
  private readonly volumes: Volumes;
  private container!: Container;
  private callers!: Callers;

  constructor(private readonly plan: Plan) {
    this.volumes = new Volumes(plan);
  }

  public async run(): Promise<readonly Observation[]> {
    setKernelParameters(this.plan.pod);
    this.container = await Container.start(this.plan, this.volumes);
    this.callers = new Callers(this.container.spec.ports[0].containerPort, this.plan.call);
    if (await this.load()) {
      await this.serve();
      await this.write();
      // What a server prints while it ends is its own affair as long as nothing is lost.
      this.observe('complains of nothing', complaints(this.container.log));
      await this.stop();
    }
    this.container.signal('SIGKILL');
    await this.container.ended;
    return this.observations;
  }

  // Nobody may be sent to a server whose model isn't there, and nobody may end it before it is.
  private async load(): Promise<boolean> {
    const { startupProbe: probe } = this.container.spec;
    const end = Date.now() + ((probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3)) * 1000;
    let failures = 0;
    let trouble: string | undefined;
    while (this.container.alive && (trouble = await ask(this.container, probe)) && Date.now() < end) {
      failures++;
      await sleep(250);
    }
    if (!this.container.alive) { trouble = `it ended with ${await this.container.ended}`; }
    this.observe('starts', trouble && `${trouble}; ${this.container.lastWords()}`);
    if (trouble) { return false; }
    const first = await this.callers.call(0, PROMPT);
    this.observe('its startup probe fails until the model is loaded', failures === 0 ? 'it passed at once' : first && `it passed, but the first request had ${first}`);
    if (first) { await this.callers.call(0, 60); }
    return true;
  }

  private async serve(): Promise<void> {
    const { spec } = this.container;
    this.callers.begin(this.plan.atOnce, SHORT);
    await this.askFor(3, 'its probes pass while it serves');
    const { code, output } = await this.container.exec(['/usr/bin/id', '-u'], 5);
    const wanted = spec.securityContext?.runAsUser ?? this.plan.pod.securityContext?.runAsUser;
    this.observe('runs as the user of the manifest', code === 0 && output.trim() === String(wanted) ? undefined : `it is ${output.trim()}, not ${wanted}`);
    const limit = mebibytesOf(spec.resources.limits.memory);
    const used = Math.ceil(this.container.memory());
    const overfull = [...this.volumes.overfull(), ...used > limit ? [`it takes ${used} MiB of ${limit}`] : []];
    this.observe('stays within its limits', overfull.join('; ') || undefined);
    if (this.plan.series) { this.observe('exports the series that are asked for', await this.missingSeries()); }
  }

  private async missingSeries(): Promise<string | undefined> {
    const { port, path, selectors } = this.plan.series!;
    const exported = (await fetch(`http://${POD}:${portOf(this.container, port)}${path}`).then((response) => response.text())).split('\n');
    const missing = selectors.filter((selector) => {
      const [name, labels] = selector.slice(0, -1).split('{');
      // Labels that Prometheus adds itself are not the server's to export.
      const own = labels.split(',').filter((label) => !/^(namespace|pod|container|job|instance)[=!]/.test(label.trim()));
      return !exported.some((line) => line.startsWith(`${name}{`) && own.every((label) => line.includes(label.trim())));
    });
    return missing.length > 0 ? `there is no ${missing.join(', no ')}` : undefined;
  }

  private async write(): Promise<void> {
    const mounts: { mountPath: string; readOnly?: boolean }[] = this.container.spec.volumeMounts ?? [];
    const fails = async (folder: string) => (await this.container.exec(['/bin/sh', '-c', `: >'${folder}/written'`], 5)).code !== 0;
    const outside = ['', this.plan.image.workingDir, '/etc', '/usr'].filter((folder) => !mounts.some(({ mountPath }) => `${folder}/`.startsWith(`${mountPath}/`)));
    const troubles: string[] = [];
    for (const folder of outside) {
      if (!await fails(folder)) { troubles.push(`${folder || '/'} takes a file`); }
    }
    for (const { mountPath, readOnly } of mounts) {
      const given = readOnly || /ConfigMap|Secret/.test(kindOf(this.plan.pod, this.container.spec, mountPath));
      if (await fails(mountPath) !== given) { troubles.push(`${mountPath} takes ${given ? 'a' : 'no'} file`); }
    }
    this.observe('a write fails outside its mounts, and only there', troubles.join('; ') || undefined);
  }

  // The kubelet runs the hook, then tells the server to end, and kills it when the grace period is over. Requests come as long as the hook runs.
  private async stop(): Promise<void> {
    const { spec } = this.container;
    const grace = this.plan.pod.terminationGracePeriodSeconds ?? 30;
    const end = Date.now() + grace * 1000;
    const hook = this.hook(spec.lifecycle?.preStop, grace);
    await this.askFor(2, 'its probes pass while others still send requests');
    await hook;
    // These go on as long as the workload says that requests may: the grace period without the hook and five seconds, and some to spare.
    const left = (end - Date.now()) / 1000;
    this.callers.end();
    for (let i = 0; i < this.plan.atOnce; i++) { this.callers.send(Math.max(1, left - 7)); }
    await sleep(1000);
    this.container.signal('SIGTERM');
    const ended = await Promise.race([this.container.ended, sleep(Math.max(0, end - Date.now()), undefined, { ref: false })]);
    if (ended === undefined) { this.container.signal('SIGKILL'); }
    await this.callers.settled();
    const { lost, answered } = this.callers;
    this.observe('loses no request when it is stopped', lost.length > 0 ? `${lost.length} of ${lost.length + answered} were lost: ${[...new Set(lost)].join('; ')}` : undefined);
  }

  private async hook(preStop: any, grace: number): Promise<void> {
    if (preStop?.sleep) { await sleep(preStop.sleep.seconds * 1000); }
    if (preStop?.exec) {
      const { code, output } = await this.container.exec(preStop.exec.command, grace);
      if (code !== 0) { this.observe('runs its preStop', `exit code ${code}: ${output.trim()}`); }
    }
  }

  private async askFor(times: number, check: string): Promise<void> {
    const troubles = new Set<string>();
    for (let i = 0; i < times; i++) {
      for (const name of ['readinessProbe', 'livenessProbe']) {
        const trouble = this.container.spec[name] && await ask(this.container, this.container.spec[name]);
        if (trouble) { troubles.add(`${name}: ${trouble}`); }
      }
      await sleep(1000);
    }
    this.observe(check, [...troubles].join('; ') || undefined);
  }

  private observe(check: string, trouble: string | undefined): void {
    this.observations.push({ check, trouble });
  }
}

function kindOf(pod: any, spec: any, mountPath: string): string {
  const { name } = spec.volumeMounts.find((mount: any) => mount.mountPath === mountPath);
  const { configMap, secret, projected } = pod.volumes.find((volume: any) => volume.name === name);
  return configMap ? 'ConfigMap' : secret || projected ? 'Secret' : 'other';
}

function complaints(log: string): string | undefined {
  const lines = fs.readFileSync(log, 'utf8').split('\n').filter((line) => /read-only file system|permission denied|traceback|\[critical\]/i.test(line));
  return lines.length > 0 ? lines.slice(0, 3).join(' | ') : undefined;
}

// The network of the sandbox is the pod's own.
function setKernelParameters(pod: any): void {
  for (const { name, value } of pod.securityContext?.sysctls ?? []) { fs.writeFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, value); }
}
