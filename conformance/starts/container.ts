import { ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Plan } from './plan';
import { Volumes } from './volumes';

/** What a command in the container came to. */
export interface Executed {
  readonly code: number | null;
  readonly output: string;
}

const ETC: Record<string, string> = {
  // As in most images, the user that the pod runs as has no name.
  'passwd': 'root:x:0:0:root:/root:/bin/sh\n',
  'group': 'root:x:0:\n',
  'hosts': '127.0.0.1 localhost\n',
  'nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
};

/** The serving container of a pod, run by bubblewrap: its first process is number 1 there, as under Kubernetes. */
export class Container {
  public static async start(plan: Plan, volumes: Volumes): Promise<Container> {
    const container = new Container(plan, volumes);
    await container.becomesItself();
    return container;
  }

  /** Resolves with the exit code; more than 128 is the number of a signal and 128. */
  public readonly ended: Promise<number>;
  /** What it prints. */
  public readonly log: string;
  public readonly spec: any;

  private readonly env: Record<string, string>;
  private readonly child: ChildProcess;
  private status = '';
  private exitCode?: number;

  private constructor(private readonly plan: Plan, volumes: Volumes) {
    [this.spec] = plan.pod.containers;
    this.env = environmentOf(this.spec, plan);
    this.log = path.join(plan.scratch, 'log');
    const out = fs.openSync(this.log, 'a');
    this.child = spawn('bwrap', [...this.sandboxArguments(volumes), ...this.command()], { stdio: ['ignore', out, out, 'pipe'] });
    fs.closeSync(out);
    this.child.stdio[3]!.on('data', (chunk: Buffer) => { this.status += chunk; });
    this.ended = new Promise((resolve) => {
      this.child.on('error', () => resolve(127));
      this.child.on('exit', (code) => resolve(this.exitCode = code ?? 128));
    });
  }

  public get alive(): boolean {
    return this.exitCode === undefined;
  }

  public signal(signal: NodeJS.Signals): void {
    try {
      process.kill(this.process(), signal);
    } catch {
      // it ended by itself in between
    }
  }

  /** Runs a command in the container, as exec probes and hooks are run. */
  public async exec(command: readonly string[], timeoutSeconds: number): Promise<Executed> {
    const enter = ['--target', String(this.process()), '--user', '--mount', '--pid', '--ipc', '--uts', '--preserve-credentials', '--'];
    const shell = ['/bin/sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', this.plan.image.workingDir];
    const child = spawn('/usr/bin/nsenter', [...enter, ...shell, ...command], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) { stream.on('data', (chunk: Buffer) => { output += chunk; }); }
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutSeconds * 1000);
    const code = await new Promise<number | null>((resolve) => {
      child.on('error', () => resolve(127));
      child.on('close', resolve);
    });
    clearTimeout(timer);
    return { code, output };
  }

  /** The memory of all its processes in MiB, with shared pages divided among them. */
  public memory(): number {
    return familyOf(this.process()).reduce((sum, id) => {
      try {
        return sum + Number(/^Pss:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024;
      } catch {
        return sum; // it ended in between
      }
    }, 0);
  }

  /** The end of what it printed. */
  public lastWords(): string {
    return fs.readFileSync(this.log, 'utf8').trimEnd().split('\n').slice(-6).join(' | ');
  }

  private command(): string[] {
    const { entrypoint } = this.plan.image;
    const { command, args } = this.spec;
    // Arguments alone would replace those of the image, which is not taken apart here.
    if (!command && args) { return [entrypoint[0], ...args].map((word) => expanded(word, this.env)); }
    return [...command ?? entrypoint, ...args ?? []].map((word) => expanded(word, this.env));
  }

  private sandboxArguments(volumes: Volumes): string[] {
    const { image, scratch, pod, name } = this.plan;
    const security = { ...pod.securityContext, ...this.spec.securityContext };
    const etc = path.join(scratch, 'etc');
    fs.mkdirSync(etc, { recursive: true });
    for (const [file, content] of Object.entries(ETC)) { fs.writeFileSync(path.join(etc, file), content); }
    return [
      '--unshare-user', '--uid', String(security.runAsUser), '--gid', String(security.runAsGroup ?? security.runAsUser),
      '--unshare-pid', '--as-pid-1', '--unshare-ipc', '--unshare-uts', '--hostname', name,
      '--die-with-parent', '--new-session', '--json-status-fd', '3',
      '--clearenv', ...Object.entries(this.env).flatMap(([variable, value]) => ['--setenv', variable, value]),
      ...rootArguments(),
      ...Object.keys(ETC).flatMap((file) => ['--ro-bind', path.join(etc, file), `/etc/${file}`]),
      ...['/etc/ssl', '/etc/ld.so.cache', '/etc/alternatives'].flatMap((folder) => ['--ro-bind-try', folder, folder]),
      '--ro-bind', image.folder, image.workingDir,
      '--proc', '/proc', '--ro-bind', '/sys', '/sys', '--dev', '/dev', '--size', String(64 * 1024 * 1024), '--tmpfs', '/dev/shm',
      ...volumes.mountArguments(this.spec),
      // After the volumes, because the interpreter may be kept below one of their paths, such as /tmp.
      ...image.folders.flatMap((folder) => ['--ro-bind', folder, folder]),
      ...security.readOnlyRootFilesystem ? ['--remount-ro', '/'] : [],
      '--chdir', this.spec.workingDir ?? image.workingDir,
      '--',
    ];
  }

  private process(): number {
    return Number(/"child-pid": (\d+)/.exec(this.status)?.[1]);
  }

  // Until then it is still bubblewrap that builds the container.
  private async becomesItself(): Promise<void> {
    while (this.alive) {
      const id = this.process();
      if (id && !isBubblewrap(id)) { return; }
      await sleep(20);
    }
  }
}

function isBubblewrap(id: number): boolean {
  try {
    return fs.readlinkSync(`/proc/${id}/exe`).endsWith('/bwrap');
  } catch {
    return true; // it ended in between, and its end is soon known
  }
}

// What the manifest says, on top of what an image and every container have.
function environmentOf(spec: any, plan: Plan): Record<string, string> {
  const env: Record<string, string> = {
    PATH: plan.image.path,
    HOSTNAME: plan.name,
    KUBERNETES_SERVICE_HOST: '10.0.0.1',
    KUBERNETES_SERVICE_PORT: '443',
  };
  for (const { configMapRef, secretRef, prefix = '' } of spec.envFrom ?? []) {
    const content = configMapRef ? plan.configMaps[configMapRef.name] : plan.secrets[secretRef.name];
    for (const [name, value] of Object.entries(content)) { env[`${prefix}${name}`] = value; }
  }
  for (const { name, value, valueFrom } of spec.env ?? []) {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
    const given = configMapKeyRef
      ? plan.configMaps[configMapKeyRef.name][configMapKeyRef.key]
      : plan.secrets[secretKeyRef?.name]?.[secretKeyRef?.key];
    env[name] = expanded(value ?? given ?? '', env);
  }
  return env;
}

// `$(NAME)` as Kubernetes replaces it.
function expanded(word: string, env: Record<string, string>): string {
  return word.replace(/\$(\$|\([^)]+\))/g, (whole, what: string) => (what === '$' ? '$' : env[what.slice(1, -1)] ?? whole));
}

// The machine's own programs and libraries stand in for those of an image.
function rootArguments(): string[] {
  return ['/usr', '/bin', '/sbin', '/lib', '/lib64'].flatMap((folder) => {
    if (!fs.existsSync(folder)) { return []; }
    return fs.lstatSync(folder).isSymbolicLink() ? ['--symlink', fs.readlinkSync(folder), folder] : ['--ro-bind', folder, folder];
  });
}

function familyOf(id: number): number[] {
  const parents = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const [, parent] = fs.readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').pop()!.split(' ');
      return [[Number(name), Number(parent)]];
    } catch {
      return [];
    }
  });
  const family = [id];
  for (const member of family) { family.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child)); }
  return family;
}
