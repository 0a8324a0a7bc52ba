import { Chart, Duration, Size } from 'cdk8s';
import { Cpu, EnvValue, Probe, Volume } from 'cdk8s-plus-27';
import { Config, Exposure, ModelServer, ModelServingApp, ModelSource, PlatformApp, Scaling, SecretFile } from '../../src';
import { chartOf, envOf, front, IMAGE, mainOf, messageOf, only, podOf, serve, written } from '../support/workloads';

const deploymentOf = (app: ModelServingApp) => only(written(app), 'Deployment');

describe('labels and annotations', () => {
  const recommended = {
    'app.kubernetes.io/name': 'server',
    'app.kubernetes.io/instance': 'llama',
    'app.kubernetes.io/component': 'model-server',
    'app.kubernetes.io/part-of': 'models',
    'app.kubernetes.io/version': '1.0',
    'app.kubernetes.io/managed-by': 'cdk8s',
  };

  test('every object but the shared ones has the recommended labels, and pods are selected by one', () => {
    const app = serve({
      config: Config.fromLiterals({ A: '1' }),
      scaling: Scaling.cpu({ min: 2, max: 3, targetUtilization: 60 }),
      exposure: Exposure.ingress({ hosts: ['a.example.com'] } as any),
    });
    for (const object of written(app)) { expect([object.kind, object.metadata.labels]).toEqual([object.kind, recommended]); }
    expect(deploymentOf(app).spec.template.metadata.labels).toEqual(recommended);
    expect(deploymentOf(app).spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'llama' } });
    expect(only(written(app), 'Service').spec.selector).toEqual({ 'app.kubernetes.io/instance': 'llama' });
  });

  test('an image without a tag gives no version, and a long tag one that is valid', () => {
    const digest = ModelServer.custom({ image: `me/app@sha256:${'0'.repeat(64)}`, port: 80 });
    expect(deploymentOf(serve({ server: digest })).metadata.labels).not.toHaveProperty(['app.kubernetes.io/version']);
    const long = ModelServer.custom({ image: `me/app:${'v'.repeat(128)}`, port: 80 });
    expect(deploymentOf(serve({ server: long })).metadata.labels['app.kubernetes.io/version']).toHaveLength(63);
  });

  test('the user\'s labels and annotations are on the pods', () => {
    const app = serve({ podLabels: { team: 'vision', constructor: 'x' }, podAnnotations: { 'example.com/note': 'a: b # c', 'constructor': 'y' } });
    const { metadata } = deploymentOf(app).spec.template;
    expect(metadata.labels).toEqual({ ...recommended, team: 'vision', constructor: 'x' });
    expect(metadata.annotations).toEqual({ 'example.com/note': 'a: b # c', 'constructor': 'y' });
  });

  test('a construct that moves keeps its selector', () => {
    const moved = new Chart(chartOf(), 'inner', { namespace: 'models' });
    expect(deploymentOf(serve({}, moved)).spec.selector).toEqual(deploymentOf(serve()).spec.selector);
  });
});

describe('environment and arguments', () => {
  test('the user\'s are added to the server\'s, each variable after those that it refers to', () => {
    const app = serve({ env: { A_URL: 'http://$(Z_HOST)/', Z_HOST: 'z', LITERAL: '$$(A_URL)' }, args: ['--verbose', '--level', '3'] });
    const names = mainOf(app).env.map((variable: any) => variable.name);
    expect(names.indexOf('Z_HOST')).toBeLessThan(names.indexOf('A_URL'));
    expect(envOf(mainOf(app))).toMatchObject({ HOME: '/cache', A_URL: 'http://$(Z_HOST)/', LITERAL: '$$(A_URL)' });
    expect(mainOf(app).args).toEqual(['--verbose', '--level', '3']);
  });

  test('variables that refer to each other in a circle are printed nevertheless', () => {
    expect(envOf(mainOf(serve({ env: { A: '$(B)', B: '$(A)' } })))).toMatchObject({ A: '$(B)', B: '$(A)' });
  });

  test('the order in which variables are given changes nothing', () => {
    expect(mainOf(serve({ env: { A: '1', B: '2' } }))).toEqual(mainOf(serve({ env: { B: '2', A: '1' } })));
  });

  test('the server\'s arguments come first', () => {
    const app = serve({ server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.inImage('/model'), args: ['--enable-lora'] });
    expect(mainOf(app).args.slice(-1)).toEqual(['--enable-lora']);
    expect(mainOf(app).args[0]).toBe('/model');
  });

  test('a value that says the same as the server\'s is no clash', () => {
    expect(envOf(mainOf(serve({ env: { HOME: '/cache' } }))).HOME).toBe('/cache');
  });

  test('names that every JavaScript object has are ordinary names', () => {
    const app = serve({ env: { constructor: 'a', toString: 'b', hasOwnProperty: 'c' } as any });
    expect(envOf(mainOf(app))).toMatchObject({ constructor: 'a', toString: 'b', hasOwnProperty: 'c' });
  });

  test('text that plain printing spoils survives in a PlatformApp', () => {
    const text = 'a\u2028      securityContext:\u2028        privileged: true';
    const app = new PlatformApp({ existingNamespaces: ['models'] });
    serve({ env: { NOTE: text, OCTAL: '0o17' }, args: [text], podAnnotations: { note: text } }, chartOf(app));
    const yaml = app.synthYaml();
    expect(yaml).not.toMatch(/\u2028/);
    const { spec } = only(parse(yaml), 'Deployment');
    expect(envOf(spec.template.spec.containers[0])).toMatchObject({ NOTE: text, OCTAL: '0o17' });
    expect(spec.template.spec.containers[0].args).toEqual([text]);
    expect(spec.template.metadata.annotations).toEqual({ note: text });
    expect(spec.template.spec.containers[0].securityContext.privileged).toBe(false);
  });
});

function parse(yaml: string): any[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require('js-yaml') as typeof import('js-yaml')).loadAll(yaml);
}

describe('configuration', () => {
  const nameOf = (app: ModelServingApp) => only(written(app), 'ConfigMap').metadata.name as string;
  test('literals are variables from an immutable ConfigMap whose name follows from them', () => {
    const app = serve({ config: Config.fromLiterals({ LEVEL: 'info', THRESHOLD: '0.7' }) });
    const map = only(written(app), 'ConfigMap');
    expect(map).toMatchObject({ immutable: true, data: { LEVEL: 'info', THRESHOLD: '0.7' } });
    expect(map.metadata.name).toMatch(/^llama-config-[0-9a-f]{10}$/);
    expect(mainOf(app).envFrom).toEqual([{ configMapRef: { name: map.metadata.name } }]);
  });

  test('files are in a folder that nobody may write to', () => {
    const app = serve({ config: Config.fromFiles({ 'app.ini': '[a]\nb=1\n', 'constructor': 'x' }, { folder: '/etc/app' }) });
    const map = only(written(app), 'ConfigMap');
    expect(map.data).toEqual({ 'app.ini': '[a]\nb=1\n', 'constructor': 'x' });
    expect(mainOf(app).volumeMounts).toContainEqual({ mountPath: '/etc/app', name: 'config', readOnly: true });
    expect(podOf(app).volumes).toContainEqual({ name: 'config', configMap: { name: map.metadata.name } });
    expect(mainOf(app).envFrom).toBeUndefined();
  });

  test('a change makes another map, so that the pods roll, and going back finds the old one', () => {
    const name = (value: string) => nameOf(serve({ config: Config.fromLiterals({ LEVEL: value }) }));
    expect(name('debug')).not.toBe(name('info'));
    expect(name('info')).toBe(name('info'));
    expect(nameOf(serve({ config: Config.fromLiterals({ A: '1', B: '2' }) }))).toBe(nameOf(serve({ config: Config.fromLiterals({ B: '2', A: '1' }) })));
    expect(nameOf(serve({ config: Config.fromFiles({ a: '1' }) }))).not.toBe(nameOf(serve({ config: Config.fromFiles({ a: '1' }, { folder: '/x' }) })));
  });

  test('nothing is added to it later, which its name would not show', () => {
    const app = serve({ config: Config.fromLiterals({ LEVEL: 'info' }) });
    expect(messageOf(() => app.config!.addData('MORE', 'x'))).toBe('lab/llama.config.MORE: got "an entry"; must be given when the workload is made, '
      + 'because the name of the ConfigMap carries a hash of its content; give it in the prop "config"');
    expect(messageOf(() => app.config!.addBinaryData('MORE', 'x'))).toContain('lab/llama.config.MORE');
  });

  test('secrets are files, those of one secret together', () => {
    const app = serve({
      secrets: [SecretFile.existing('db', 'user'), SecretFile.existing('db', 'password'), SecretFile.existing('a.b', 'k'), SecretFile.existing('a-b', 'k')],
    });
    expect(podOf(app).volumes.filter((v: any) => v.secret)).toEqual([
      { name: 'secret-db', secret: { secretName: 'db', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }, { key: 'user', path: 'user' }] } },
      { name: 'secret-a-b', secret: { secretName: 'a.b', defaultMode: 0o440, items: [{ key: 'k', path: 'k' }] } },
      { name: 'secret-a-b-2', secret: { secretName: 'a-b', defaultMode: 0o440, items: [{ key: 'k', path: 'k' }] } },
    ]);
    expect(mainOf(app).volumeMounts).toEqual(expect.arrayContaining([
      { mountPath: '/var/run/secrets/db', name: 'secret-db', readOnly: true }, { mountPath: '/var/run/secrets/a-b', name: 'secret-a-b-2', readOnly: true },
    ]));
    expect(JSON.stringify(mainOf(app).env ?? [])).not.toContain('secretKeyRef');
  });
});

describe('other containers', () => {
  test('a sidecar gets what it leaves out: resources, /tmp, a user', () => {
    const app = serve({ sidecars: [{ name: 'proxy', image: 'me/proxy:2', portNumber: 9000, envVariables: { A: EnvValue.fromValue('1') } }] });
    const [, proxy] = podOf(app).containers;
    expect(proxy).toMatchObject({
      name: 'proxy',
      image: 'me/proxy:2',
      env: [{ name: 'A', value: '1' }],
      volumeMounts: [{ mountPath: '/tmp', name: 'tmp' }],
      resources: {
        requests: { 'cpu': '100m', 'memory': '128Mi', 'ephemeral-storage': '256Mi' },
        limits: { 'cpu': '200m', 'memory': '128Mi', 'ephemeral-storage': '256Mi' },
      },
    });
  });

  test('a sidecar whose liveness is asked for gets as long to start as the workload', () => {
    const app = serve({
      loadTimeout: Duration.minutes(20),
      sidecars: [{
        name: 'proxy',
        image: 'me/proxy:2',
        portNumber: 9000,
        liveness: Probe.fromHttpGet('/live', { periodSeconds: Duration.seconds(15), initialDelaySeconds: Duration.seconds(5) }),
      }],
    });
    const [, proxy] = podOf(app).containers;
    expect(proxy.startupProbe).toMatchObject({ httpGet: { path: '/live', port: 9000 }, periodSeconds: 15, failureThreshold: 80 });
    expect(proxy.startupProbe.initialDelaySeconds).toBeUndefined();
    expect(proxy.livenessProbe).toMatchObject({ httpGet: { path: '/live', port: 9000 }, initialDelaySeconds: 5 });
  });

  test('a sidecar without a liveness probe, or with a startup probe, keeps what it has', () => {
    const probesOf = (props: any) => podOf(serve({ sidecars: [{ name: 'proxy', image: 'me/proxy:2', portNumber: 9000, ...props }] })).containers[1].startupProbe;
    expect(probesOf({})).toBeUndefined();
    const own = { liveness: Probe.fromTcpSocket(), startup: Probe.fromTcpSocket({ failureThreshold: 7 }) };
    expect(probesOf(own)).toMatchObject({ failureThreshold: 7 });
  });

  test('a sidecar\'s own resources, folders and disk are kept', () => {
    const chart = chartOf();
    const volume = Volume.fromEmptyDir(chart, 'Volume', 'work', { sizeLimit: Size.gibibytes(1) });
    const app = serve({
      sidecars: [{
        name: 'proxy',
        image: 'me/proxy:2',
        volumeMounts: [{ path: '/tmp', volume }, { path: '/dev/shm', volume, subPath: 'shm' }],
        resources: {
          cpu: { request: Cpu.millis(50) },
          memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
          ephemeralStorage: { limit: Size.gibibytes(2) },
        },
      }],
    }, chart);
    const [, proxy] = podOf(app).containers;
    expect(proxy.volumeMounts).toEqual([{ mountPath: '/tmp', name: 'work' }, { mountPath: '/dev/shm', name: 'work', subPath: 'shm' }]);
    expect(proxy.resources).toEqual({
      requests: { 'cpu': '50m', 'memory': '64Mi', 'ephemeral-storage': '2Gi' }, limits: { 'cpu': '100m', 'memory': '256Mi', 'ephemeral-storage': '2Gi' },
    });
  });

  test('the user\'s init containers run after those that fetch the model', () => {
    const app = serve({ model: ModelSource.huggingFace('org/model', { size: Size.gibibytes(1) }), initContainers: [{ name: 'warm', image: 'me/warm:1' }] });
    expect(podOf(app).initContainers.map((c: any) => c.name).pop()).toBe('warm');
    expect(podOf(app).initContainers).toHaveLength(2);
  });

  test('images are pulled with the named secrets', () => {
    expect(podOf(serve({ pullSecrets: ['registry', 'mirror.example'] })).imagePullSecrets).toEqual([{ name: 'registry' }, { name: 'mirror.example' }]);
  });

  test('a port below 1024 is opened without root', () => {
    const sysctls = (port: number) => podOf(serve({ server: ModelServer.flask({ image: IMAGE, port }) })).securityContext.sysctls;
    expect(sysctls(443)).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '443' }]);
    expect(sysctls(1024)).toBeUndefined();
    expect(podOf(front({ port: 80 })).securityContext.sysctls).toEqual([{ name: 'net.ipv4.ip_unprivileged_port_start', value: '80' }]);
  });

  test('and says so to kube-linter, which counts the parameter as unsafe', () => {
    const annotations = (app: ModelServingApp) => deploymentOf(app).metadata.annotations;
    const reason = { 'ignore-check.kube-linter.io/unsafe-sysctls': 'Kubernetes counts it as safe; it lets a container that is not root open port 443' };
    expect(annotations(serve({ server: ModelServer.flask({ image: IMAGE, port: 443 }) }))).toEqual(reason);
    expect(annotations(serve({ server: ModelServer.flask({ image: IMAGE, port: 443 }), allowWritableRoot: 'it must' })))
      .toEqual({ ...reason, 'ignore-check.kube-linter.io/no-read-only-root-fs': 'it must' });
    expect(annotations(serve())).toBeUndefined();
  });

  test('so is a sidecar\'s, and that of a container that is added to the Deployment', () => {
    const start = (app: ModelServingApp) => podOf(app).securityContext.sysctls?.[0].value;
    expect(start(serve({ sidecars: [{ name: 'proxy', image: IMAGE, portNumber: 443 }] }))).toBe('443');
    const app = serve();
    app.deployment.addContainer({ name: 'dns', image: IMAGE, ports: [{ number: 53 }] });
    expect(start(app)).toBe('53');
  });
});
