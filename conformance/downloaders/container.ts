import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-27';
import type { ModelHost, ModelSource } from '../../src/models';
import { Finished, run, temporaryFolder } from '../child';

/** The init container of a source, on this machine: its folders are below a temporary one, its programs are those that are linked into it. */
export class DownloadContainer {
  public readonly root = temporaryFolder('download');
  private readonly spec: any;
  private folders = [path.join(this.root, 'bin'), '/usr/bin', '/bin'];

  constructor(source: ModelSource, host: Partial<ModelHost> = {}) {
    const chart = new Chart(Testing.app(), 'downloads');
    const { initContainers } = source.bind(chart, { name: 'llm', user: 65532, downloadsByItself: false, maxPods: 1, ...host });
    new Deployment(chart, 'Deployment', { containers: [{ image: 'server:1' }], initContainers });
    this.spec = Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.template.spec.initContainers[0];
    ['bin', 'tmp', 'secrets', 'mnt/models'].forEach((folder) => fs.mkdirSync(path.join(this.root, folder), { recursive: true }));
  }

  /** Where the model appears. */
  public get folder(): string {
    return this.environment().MODEL_FOLDER;
  }

  public get complete(): boolean {
    return fs.existsSync(`${this.folder}.complete`);
  }

  /** Makes a program of this machine one of the image's. */
  public link(name: string, program: string): this {
    fs.rmSync(path.join(this.root, 'bin', name), { force: true });
    fs.symlinkSync(program, path.join(this.root, 'bin', name));
    return this;
  }

  /** Writes a program for the container. */
  public program(name: string, body: string): this {
    fs.rmSync(path.join(this.root, 'bin', name), { force: true });
    fs.writeFileSync(path.join(this.root, 'bin', name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    return this;
  }

  /** Gives the container a shell and tools of busybox and no others, as in images of Alpine Linux. */
  public busybox(program: string | undefined): this {
    if (!program) { return this; }
    this.folders = [path.join(this.root, 'bin')];
    for (const applet of ['sh', 'cat', 'mkdir', 'mv', 'rm', 'find', 'head', 'sed', 'flock', 'grep', 'sleep']) { this.link(applet, program); }
    return this;
  }

  /** Puts a secret where it is mounted. */
  public secret(name: string, key: string, value: string): this {
    fs.mkdirSync(path.join(this.root, 'secrets', name), { recursive: true });
    fs.writeFileSync(path.join(this.root, 'secrets', name, key), value);
    return this;
  }

  /** Starts it; `env` stands in for what the cloud gives a pod, and for the address of a store on this machine. */
  public start(env: NodeJS.ProcessEnv = {}): Promise<Finished> {
    const [shell, ...command] = [...this.spec.command, ...this.spec.args ?? []].map((word: string) => this.here(word));
    const clean = Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined]));
    // The first folder that has the shell is the container's.
    const program = this.folders.map((folder) => path.join(folder, path.basename(shell))).find((file) => fs.existsSync(file))!;
    return run(program, command, { cwd: this.root, env: { ...clean, ...this.environment(), PATH: this.folders.join(':'), ...env } });
  }

  /** The model's files by name, without what tools keep beside them. */
  public files(): { [name: string]: string } {
    if (!fs.existsSync(this.folder)) { return {}; }
    return Object.fromEntries(fs.readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.startsWith('.cache') && fs.statSync(path.join(this.folder, name)).isFile())
      .sort()
      .map((name) => [name, fs.readFileSync(path.join(this.folder, name), 'latin1')]));
  }

  private environment(): { [name: string]: string } {
    return Object.fromEntries(this.spec.env.map(({ name, value }: any) => [name, this.here(value)]));
  }

  private here(word: string): string {
    return word.replace(/^(--[a-z0-9-]+=)?\/(var\/run\/secrets|mnt\/models|tmp)\b/, (_, flag, folder) =>
      `${flag ?? ''}${this.root}/${folder.replace('var/run/', '')}`);
  }
}
