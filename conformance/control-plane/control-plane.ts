import * as crypto from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Daemon, Finished, removeFolder, run, RunOptions, temporaryFolder } from '../child';
import { Api } from './api';
import { freePorts } from './port';
import { until } from './until';
import { Kubernetes } from '../toolchain/kubernetes';

/** Twenty requests a second are what a controller allows itself, and removing one namespace takes a hundred. */
const UNHURRIED = ['--kube-api-qps=1000', '--kube-api-burst=2000'];

export interface ControlPlaneOptions {
  /** Admission plugins beyond the default ones, such as `ExtendedResourceToleration`, which GKE has and AKS has not. */
  readonly admissionPlugins?: readonly string[];
  /** How long pods stay on a node that is lost; five minutes by default. */
  readonly secondsOnLostNode?: number;
}

/** etcd and a kube-apiserver of one version, on free loopback ports and in a temporary folder. */
export class ControlPlane {
  /** Starts it; answers when it is ready. */
  public static async start(kubernetes: Kubernetes, options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    const plane = new ControlPlane(kubernetes, temporaryFolder('control-plane'));
    try {
      await plane.startStore();
      await plane.startApiserver(options);
    } catch (error) {
      await plane.stop();
      throw error;
    }
    return plane;
  }

  public readonly kubeconfig: string;
  private readonly daemons: Daemon[] = [];
  private readonly token = crypto.randomBytes(16).toString('hex');
  private readonly keyFile: string;
  private client?: Api;
  private storePort = 0;

  private constructor(public readonly kubernetes: Kubernetes, private readonly folder: string) {
    this.kubeconfig = path.join(folder, 'kubeconfig');
    this.keyFile = path.join(folder, 'service-account.key');
  }

  public get api(): Api {
    return this.client!;
  }

  /** What the apiserver shows its clients; other servers on loopback may show it, too. */
  public get servingCertificate(): { readonly key: string; readonly certificate: string } {
    const file = (extension: string) => path.join(this.folder, 'apiserver', `apiserver.${extension}`);
    return { key: file('key'), certificate: file('crt') };
  }

  /** Runs kubectl against this control plane. */
  public async kubectl(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
    const { path: kubectl } = await this.kubernetes.kubectl.locate();
    const own = ['--kubeconfig', this.kubeconfig, '--cache-dir', path.join(this.folder, 'kubectl')];
    return run(kubectl, [...own, ...args], { ...options, env: { KUBERC: 'off', ...options.env } });
  }

  /** Starts another program beside the apiserver; it ends with the control plane. */
  public startBeside(name: string, command: string, args: readonly string[]): Daemon {
    const daemon = new Daemon(name, command, args, path.join(this.folder, `${name}.log`));
    this.daemons.push(daemon);
    return daemon;
  }

  /** Adds the controllers, which make pods of deployments, and the scheduler, which gives them nodes. */
  public async startControllers(): Promise<void> {
    const controllerManager = await this.kubernetes.controllerManager.locate();
    const [port] = await freePorts(1);
    this.startBeside('kube-controller-manager', controllerManager.path, [
      `--kubeconfig=${this.kubeconfig}`,
      '--use-service-account-credentials',
      `--service-account-private-key-file=${this.keyFile}`,
      '--controllers=*,-node-ipam-controller,-cloud-node-lifecycle-controller',
      '--horizontal-pod-autoscaler-sync-period=2s',
      '--node-monitor-period=1s', '--node-eviction-rate=10',
      ...UNHURRIED, '--concurrent-namespace-syncs=20',
      '--leader-elect=false',
      '--bind-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${path.join(this.folder, 'controllers')}`,
    ]);
    await this.startScheduler();
  }

  /** Adds the scheduler alone, for pods and nodes that nobody else looks after. */
  public async startScheduler(): Promise<void> {
    const scheduler = await this.kubernetes.scheduler.locate();
    const [port] = await freePorts(1);
    this.startBeside('kube-scheduler', scheduler.path, [
      `--kubeconfig=${this.kubeconfig}`,
      ...UNHURRIED,
      '--leader-elect=false',
      '--bind-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${path.join(this.folder, 'scheduler')}`,
    ]);
  }

  /** Fails with the end of the log if one of the programs has ended by itself. */
  public checkAlive(): void {
    const dead = this.daemons.find(({ alive }) => !alive);
    if (dead) { throw new Error(`${dead.name} ended:\n${dead.tail()}`); }
  }

  /** Ends every program, the last one first, and removes the folder. */
  public async stop(): Promise<void> {
    this.client?.close();
    for (const daemon of [...this.daemons].reverse()) { await daemon.stop(); }
    removeFolder(this.folder);
  }

  private async startStore(): Promise<void> {
    const { path: etcd } = await this.kubernetes.etcd.locate();
    const [clientPort, peerPort] = await freePorts(2);
    this.storePort = clientPort;
    const client = `http://127.0.0.1:${clientPort}`;
    const peer = `http://127.0.0.1:${peerPort}`;
    this.startBeside('etcd', etcd, [
      `--data-dir=${path.join(this.folder, 'etcd')}`, '--unsafe-no-fsync',
      `--listen-client-urls=${client}`, `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`, `--initial-cluster=default=${peer}`,
    ]);
  }

  private async startApiserver({ admissionPlugins = [], secondsOnLostNode = 300 }: ControlPlaneOptions): Promise<void> {
    const { path: apiserver } = await this.kubernetes.apiserver.locate();
    const [port] = await freePorts(1);
    const certificates = path.join(this.folder, 'apiserver');
    const authority = path.join(certificates, 'apiserver.crt');
    const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
    fs.writeFileSync(this.keyFile, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    const tokens = path.join(this.folder, 'tokens.csv');
    fs.writeFileSync(tokens, `${this.token},conformance,conformance,system:masters\n`, { mode: 0o600 });
    fs.writeFileSync(this.kubeconfig, JSON.stringify({
      'apiVersion': 'v1',
      'kind': 'Config',
      'clusters': [{ name: 'here', cluster: { 'server': `https://127.0.0.1:${port}`, 'certificate-authority': authority } }],
      'users': [{ name: 'conformance', user: { token: this.token } }],
      'contexts': [{ name: 'here', context: { cluster: 'here', user: 'conformance' } }],
      'current-context': 'here',
    }), { mode: 0o600 });
    this.startBeside('kube-apiserver', apiserver, [
      `--etcd-servers=http://127.0.0.1:${this.storePort}`,
      '--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', `--secure-port=${port}`, `--cert-dir=${certificates}`,
      '--service-cluster-ip-range=10.0.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${this.keyFile}`, `--service-account-signing-key-file=${this.keyFile}`,
      '--authorization-mode=RBAC', `--token-auth-file=${tokens}`,
      '--allow-privileged=true', // what a pod may do is for Pod Security to decide
      '--endpoint-reconciler-type=none', // there is no address to publish on loopback
      `--default-not-ready-toleration-seconds=${secondsOnLostNode}`, `--default-unreachable-toleration-seconds=${secondsOnLostNode}`,
      ...(admissionPlugins.length > 0 ? [`--enable-admission-plugins=${admissionPlugins.join(',')}`] : []),
    ]);
    const client = new Api({ port, token: this.token, authority: () => fs.readFileSync(authority) });
    this.client = client;
    await until('kube-apiserver is ready', 90, async () => {
      this.checkAlive();
      if (!fs.existsSync(authority)) { return false; }
      const ready = await client.request('GET', '/readyz').catch(() => undefined);
      return ready?.status === 200;
    });
  }
}
