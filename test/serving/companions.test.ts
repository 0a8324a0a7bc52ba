import { App, Chart, Size } from 'cdk8s';
import { Capability, Handler, MountPropagation, Probe, Protocol, Volume } from 'cdk8s-plus-27';
import { refuses } from '../support/rows';
import { IMAGE, podOf, serve } from '../support/workloads';

const sidecar = (props: any) => () => serve({ sidecars: [{ name: 'side', image: IMAGE, ...props }] });
const init = (props: any) => () => serve({ initContainers: [{ name: 'warm', image: IMAGE, ...props }] });
const volume = () => Volume.fromEmptyDir(new Chart(new App(), 'a'), 'Volume', 'scratch');
const mount = (more: any) => sidecar({ volumeMounts: [{ path: '/a', volume: volume(), ...more }] });
const PORT = 'must be a whole number from 1 to 65535';
const NO_PORT = 'got nothing; must be given, because the container has no "portNumber"; give one of the two';

describe('an init container', () => {
  const warm = (props: any) => podOf(init(props)()).initContainers[0];

  test('with a port has no probe, which the API server would refuse', () => {
    expect(warm({ portNumber: 9000 })).not.toHaveProperty('startupProbe');
    expect(warm({ portNumber: 9000 }).ports).toEqual([{ containerPort: 9000 }]);
  });

  test('may listen where the server does later', () => {
    expect(warm({ ports: [{ number: 8080 }] }).ports).toEqual([{ containerPort: 8080 }]);
  });

  refuses([
    ['59', 'a hook', init({ lifecycle: { preStop: Handler.fromCommand(['true']) } }),
      'lab/llama.initContainers[0].lifecycle: got {"preStop":{"commandOptions":{"command":["true"]}}}; must be left out, because an init container ends before anything is stopped'],
    ['59', 'a probe', init({ startup: Probe.fromCommand(['true']) }), 'lab/llama.initContainers[0].startup: got a Probe; must be left out, because an init container ends before anything is probed'],
    ['44', 'port NaN', init({ portNumber: NaN }), `lab/llama.initContainers[0].portNumber: got NaN; ${PORT}`],
    ['44', 'port 0', init({ portNumber: 0 }), `lab/llama.initContainers[0].portNumber: got 0; ${PORT}`],
    ['44', 'a number in place of ports', init({ ports: 5 }), 'lab/llama.initContainers[0].ports: got 5; must be a list'],
    ['44', 'null among the ports', init({ ports: [null] }), 'lab/llama.initContainers[0].ports[0]: got null; must be an object with properties'],
    ['47', 'a port twice', init({ portNumber: 9000, ports: [{ number: 9000 }] }), 'lab/llama.initContainers[0].ports[0].number: got 9000; must be free, and initContainers[0] listens on it'],
    ['48', 'the server\'s name of a port', init({ ports: [{ name: 'http', number: 9000 }] }), 'lab/llama.initContainers[0].ports[0].name: got "http"; must be a name of its own, and the container that serves has it; rename it'],
  ]);
});

describe('a sidecar', () => {
  const side = (props: any) => podOf(sidecar(props)()).containers[1];

  test('has the probes that were asked for, and no other', () => {
    expect(side({ portNumber: 9000, startup: undefined })).not.toHaveProperty('startupProbe');
    const asked = side({ portNumber: 9000, readiness: Probe.fromHttpGet('/ready'), startup: Probe.fromTcpSocket({ port: 9001 }), ports: [{ number: 9001 }] });
    expect(asked.readinessProbe.httpGet).toMatchObject({ path: '/ready', port: 9000 });
    expect(asked.startupProbe.tcpSocket).toEqual({ port: 9001 });
  });

  test('may listen on one number by two protocols', () => {
    const ports = [{ name: 'dns', number: 5353, protocol: Protocol.UDP }, { name: 'dns-tcp', number: 5353, protocol: Protocol.TCP }];
    expect(side({ ports }).ports).toEqual([{ name: 'dns', containerPort: 5353, protocol: 'UDP' }, { name: 'dns-tcp', containerPort: 5353, protocol: 'TCP' }]);
  });

  test('has the disk space that it asks for, and no more than it limits', () => {
    const { requests, limits } = side({ resources: { ephemeralStorage: { request: Size.gibibytes(1), limit: Size.gibibytes(2) } } }).resources;
    expect([requests['ephemeral-storage'], limits['ephemeral-storage']]).toEqual(['1Gi', '2Gi']);
  });

  test('mounts a folder that its environment names, and sees what is mounted later', () => {
    expect(side({ volumeMounts: [{ path: '/a', volume: volume(), subPathExpr: '$(POD_NAME)/x', propagation: MountPropagation.HOST_TO_CONTAINER, readOnly: false }] }).volumeMounts[0])
      .toEqual({ mountPath: '/a', name: 'scratch', subPathExpr: '$(POD_NAME)/x', mountPropagation: 'HostToContainer', readOnly: false });
  });

  refuses([
    ['59', 'a probe without a port', sidecar({ readiness: Probe.fromHttpGet('/ready') }), `lab/llama.sidecars[0].readiness.port: ${NO_PORT}`],
    ['59', 'a TCP probe without a port', sidecar({ liveness: Probe.fromTcpSocket(), ports: [{ number: 9000 }] }), `lab/llama.sidecars[0].liveness.port: ${NO_PORT}`],
    ['59', 'a hook without a port', sidecar({ lifecycle: { preStop: Handler.fromHttpGet('/stop') } }), `lab/llama.sidecars[0].lifecycle.preStop.port: ${NO_PORT}`],
    ['47', 'a name of a port twice', sidecar({ ports: [{ name: 'a', number: 1 }, { name: 'a', number: 2 }] }), 'lab/llama.sidecars[0].ports[1].name: got "a"; must be a name of its own, and sidecars[0] has it; rename it'],
    ['48', 'the server\'s name of a port', sidecar({ ports: [{ name: 'http', number: 1 }] }), 'lab/llama.sidecars[0].ports[0].name: got "http"; must be a name of its own, and the container that serves has it'],
    ['45', 'a protocol that there is not', sidecar({ ports: [{ number: 1, protocol: 'udp' }] }), 'lab/llama.sidecars[0].ports[0].protocol: got "udp"; must be one of TCP, UDP, SCTP; for example Protocol.UDP'],
    ['63', 'a folder and an expression', mount({ subPath: 'x', subPathExpr: 'y' }), 'lab/llama.sidecars[0].volumeMounts[0].subPathExpr: got "y"; must not be given together with "subPath"; leave out one of them'],
    ['63', 'an expression that leads outside', mount({ subPathExpr: '../../x' }), 'lab/llama.sidecars[0].volumeMounts[0].subPathExpr: got "../../x"; must be a path inside the volume'],
    ['63', 'mounts that reach the node', mount({ propagation: MountPropagation.BIDIRECTIONAL }),
      'lab/llama.sidecars[0].volumeMounts[0].propagation: got "Bidirectional"; must be one of None, HostToContainer, because only privileged containers have another; leave it out'],
    ['63', 'a propagation that there is not', mount({ propagation: 'both' }), 'lab/llama.sidecars[0].volumeMounts[0].propagation: got "both"; must be one of'],
    ['110', 'a read-only mount as text', mount({ readOnly: 'false' }), 'lab/llama.sidecars[0].volumeMounts[0].readOnly: got "false"; must be true or false'],
    ['73', 'more disk than its limit', sidecar({ resources: { ephemeralStorage: { request: Size.gibibytes(5), limit: Size.gibibytes(1) } } }),
      'lab/llama.sidecars[0].resources.ephemeralStorage.request: got "5120Mi"; must be at most the limit, 1024Mi; raise the limit'],
    ['66', 'a capability in place of a list', sidecar({ securityContext: { capabilities: { add: 'SYS_ADMIN' } } }), 'lab/llama.sidecars[0].securityContext.capabilities.add: got "SYS_ADMIN"; must be a list'],
    ['66', 'a number among the capabilities', sidecar({ securityContext: { capabilities: { add: [5] } } }),
      'lab/llama.sidecars[0].securityContext.capabilities.add[0]: got 5; must be a Capability; for example Capability.NET_BIND_SERVICE'],
    ['66', 'a capability of the system\'s', sidecar({ securityContext: { capabilities: { add: [Capability.SYS_ADMIN] } } }), 'securityContext.capabilities.add: got "SYS_ADMIN"; must be NET_BIND_SERVICE or nothing'],
    ['66', 'capabilities that are a list', sidecar({ securityContext: { capabilities: ['ALL'] } }), 'lab/llama.sidecars[0].securityContext.capabilities: got ["ALL"]; must be an object with properties'],
    ['65', 'a group that is text', sidecar({ securityContext: { group: 'app' } }), 'lab/llama.sidecars[0].securityContext.group: got "app"; must be a whole number from 0 to 2147483647'],
    ['110', 'a right as text', sidecar({ securityContext: { readOnlyRootFilesystem: 'false' } }), 'lab/llama.sidecars[0].securityContext.readOnlyRootFilesystem: got "false"; must be true or false'],
  ]);
});
