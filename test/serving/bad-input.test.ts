import { existsSync, mkdtempSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Chart, Duration, JsonPatch, ApiObject, Lazy, Size } from 'cdk8s';
import { Cpu, EnvValue, Handler, HorizontalPodAutoscaler, k8s, Probe, Volume } from 'cdk8s-plus-27';
import {
  AutoscaledFrontend, Config, Exposure, HealthCheck, ModelServer, ModelServingApp, ModelSource, PlatformApp, Priority,
  Rollout, Scaling, SecretFile,
} from '../../src';
import { amend } from '../../src/private/overlay';
import { refuses, Row } from '../support/rows';
import { chartOf, front, IMAGE, messageOf, serve, written } from '../support/workloads';

// The rows are numbered as in the project's list of what must be refused: names, labels and data, containers, numbers, objects that don't fit
// each other, structure, strings.

const app = (props: any) => () => serve(props);
const named = (id: string) => () => serve({}, undefined, id);
const server = (options: any) => () => ModelServer.custom({ image: IMAGE, port: 80, ...options });
const image = (text: any) => () => ModelServer.flask({ image: text });
const sidecar = (props: any) => () => serve({ sidecars: [{ name: 'side', image: IMAGE, ...props }] });
const NAME = 'must be lower case letters, digits and "-", and start and end with a letter or digit; rename it';
const ENV_NAME = 'must have names of letters, digits and "_" that don\'t start with a digit; rename the variable';
const PORT = 'must be a whole number from 1 to 65535';

describe('names', () => {
  refuses([
    ['1', 'upper case', named('Llama'), `lab/Llama.id: got "Llama"; ${NAME}`],
    ['2', 'an underscore', app({ name: 'my_app' }), `lab/llama.name: got "my_app"; ${NAME}`],
    ['3', 'a hyphen in front', app({ name: '-a' }), `lab/llama.name: got "-a"; ${NAME}`],
    ['4', 'a dot at the end', app({ name: 'a.' }), `lab/llama.name: got "a."; ${NAME}`],
    ['5', 'no characters', app({ name: '' }), `lab/llama.name: got ""; ${NAME}`],
    ['6', 'a space', app({ name: 'a b' }), `lab/llama.name: got "a b"; ${NAME}`],
    ['7', 'more than 253 characters', app({ name: 'a'.repeat(254) }), 'must have at most 46 characters, so that its pods, "<name>-<hash>-<suffix>", have valid host names; shorten it by 208'],
    ['8', 'too many characters for a Service', app({ name: 'a'.repeat(64) }), 'must have at most 46 characters'],
    ['9', 'a digit in front, which a Service can\'t have', app({ name: '1a' }), 'lab/llama.name: got "1a"; must start with a letter, because a Service has this name; rename it'],
    ['10', 'other letters', app({ name: 'моdel' }), `lab/llama.name: got "моdel"; ${NAME}`],
    ['11', 'a path', app({ name: '../../evil' }), `lab/llama.name: got "../../evil"; ${NAME}`],
    ['13', 'an id that makes no name', named('my_app'), `lab/my_app.id: got "my_app"; ${NAME}`],
    ['25', 'names that leave no room for what controllers append', app({ name: 'a'.repeat(47) }), 'must have at most 46 characters'],
    ['1', 'a number', app({ name: 5 }), `lab/llama.name: got 5; ${NAME}`],
    ['1', 'null', app({ name: null }), 'lab/llama.name: got null; must have a value; leave it out for its default'],
    ['1', 'a line separator', app({ name: 'a\u2028b' }), 'lab/llama.name: got "a\\u2028b"; must be lower case'],
    ['21', 'a namespace that is none', () => serve({}, new Chart(new App(), 'lab', { namespace: 'My_NS' })), `lab.namespace: got "My_NS"; ${NAME}`],
    ['21', 'a namespace of 64 characters', () => serve({}, new Chart(new App(), 'lab', { namespace: 'a'.repeat(64) })), 'must have at most 63 characters; shorten it by 1'],
    ['1', 'an app in place of a chart', () => serve({}, new PlatformApp()), 'llama.scope: got a PlatformApp; must be a Chart or a construct in one; for example new Chart('],
    ['1', 'an id that is a number', () => new ModelServingApp(chartOf(), 5 as any, undefined as any), 'ModelServingApp.id: got 5; must be text that is not empty; for example new ModelServingApp(scope, "main")'],
    ['1', 'an id that is null', () => new AutoscaledFrontend(chartOf(), null as any, undefined as any), 'AutoscaledFrontend.id: got null; must be text that is not empty'],
    ['1', 'the name of every namespace\'s own ServiceAccount', app({ name: 'default' }),
      'lab/llama.name: got "default"; must be another name, because every namespace has a ServiceAccount of this one, which all its other pods run as; rename it'],
    ['1', 'the name of the API server\'s Service', () => serve({ name: 'kubernetes' }, new Chart(new App(), 'lab')),
      'lab/llama.name: got "kubernetes"; must be another name, because the Service of the API server has this one; rename it, or give the chart a namespace'],
    ['1', 'the name of software', () => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, software: 'My Server' }) }), `ModelServer.custom.software: got "My Server"; ${NAME}`],
  ]);

  test('46 characters are the most', () => {
    expect(() => serve({ name: 'a'.repeat(46) })).not.toThrow();
  });
});

describe('labels and data', () => {
  const label = (labels: any) => app({ podLabels: labels });
  const VALUE = 'must be a string of at most 63 letters, digits, "-", "_" and ".", that starts and ends with a letter or digit';
  const KEY = 'must be a label\'s key: at most 63 letters, digits, "-", "_" and ".", after a domain and "/" if there is one';
  refuses([
    ['27', 'a value of 64 characters', label({ a: 'b'.repeat(64) }), VALUE],
    ['28', 'a value with a slash', label({ model: 'meta-llama/Llama-3' }), `lab/llama.podLabels.model: got "meta-llama/Llama-3"; ${VALUE}`],
    ['28', 'a value with a space', label({ a: 'b c' }), VALUE],
    ['29', 'a value with a hyphen at its end', label({ a: 'b-' }), VALUE],
    ['30', 'an empty key', label({ '': 'b' }), KEY],
    ['31', 'a key of 64 characters', label({ ['a'.repeat(64)]: 'b' }), KEY],
    ['32', 'a key with a bad domain', label({ 'A_B/c': 'd' }), KEY],
    ['33', 'a key with two slashes', label({ 'a/b/c': 'd' }), KEY],
    ['34', 'a number', label({ rev: 5 }), `lab/llama.podLabels.rev: got 5; ${VALUE}`],
    ['34', 'a boolean', label({ rev: true }), `lab/llama.podLabels.rev: got true; ${VALUE}`],
    ['35', 'null', label({ rev: null }), `lab/llama.podLabels.rev: got null; ${VALUE}`],
    ['40', '__proto__', label(JSON.parse('{"__proto__":"x"}')), KEY],
    ['116', 'a line separator in a label', label({ a: 'b\u2028c' }), VALUE],
    ['96', 'another value for the label that selects', label({ 'app.kubernetes.io/instance': 'other' }),
      'lab/llama.podLabels.app.kubernetes.io/instance: got "other"; must be "llama", because the workload is selected and shown by it; leave it out'],
    ['34', 'labels that are a list', label(['a']), 'lab/llama.podLabels'],
    ['34', 'labels that are text', label('a=b'), 'lab/llama.podLabels'],
    ['30', 'an annotation without a key', app({ podAnnotations: { '': 'b' } }), KEY],
    ['34', 'an annotation that is a number', app({ podAnnotations: { a: 5 } }), 'lab/llama.podAnnotations.a: got 5; must be a string; write "5"'],
    ['34', 'an annotation that is an object', app({ podAnnotations: { a: { b: 1 } } }), 'lab/llama.podAnnotations.a: got {"b":1}; must be a string'],
    ['35', 'an annotation that is null', app({ podAnnotations: { a: null } }), 'lab/llama.podAnnotations.a: got null; must be a string'],
    ['36', 'annotations of more than 256 KiB', app({ podAnnotations: { a: 'x'.repeat(262144) } }), 'lab/llama.podAnnotations: got "262145 bytes"; must have at most 262144 bytes'],
    ['34', 'annotations that are a list', app({ podAnnotations: ['a'] }), 'lab/llama.podAnnotations: got ["a"]; must be an object of strings'],
    ['37', 'a configuration of more than 1 MiB', () => Config.fromFiles({ a: 'x'.repeat(1024 * 1024) }), 'Config.fromFiles.data: got 1048577; must be at most 1048576 bytes'],
    ['38', 'a file name with a slash', () => Config.fromFiles({ 'a/b c': 'x' }), 'Config.fromFiles.name: got "a/b c"; must be at most 253 letters, digits, "-", "_" and "."'],
    ['38', 'a file name of 254 characters', () => Config.fromFiles({ ['a'.repeat(254)]: 'x' }), 'Config.fromFiles.name: got "aaa'],
    ['38', 'a file named ".."', () => Config.fromFiles({ '..': 'x' }), 'Config.fromFiles.name: got ".."'],
    ['40', 'a file named "__proto__"', () => Config.fromFiles(JSON.parse('{"__proto__":"x"}')), 'Config.fromFiles.name: got "__proto__"'],
    ['40', 'a variable named "__proto__"', () => Config.fromLiterals(JSON.parse('{"__proto__":"x"}')), `Config.fromLiterals.literals: got "__proto__"; ${ENV_NAME}`],
    ['41', 'NUL in a file', () => Config.fromFiles({ a: 'x\0' }), 'Config.fromFiles.a: got 2; must be text without NUL and unpaired surrogates'],
    ['41', 'half a surrogate pair in a file', () => Config.fromFiles({ a: '\ud800' }), 'Config.fromFiles.a: got 1; must be text without NUL and unpaired surrogates'],
    ['42', 'a number in a configuration', () => Config.fromLiterals({ A: 5 as any }), 'Config.fromLiterals.A: got 5; must be a string; write "5"'],
    ['42', 'a boolean in a configuration', () => Config.fromFiles({ A: true as any }), 'Config.fromFiles.A: got true; must be a string; write "true"'],
    ['42', 'nothing in a configuration', () => Config.fromLiterals({}), 'Config.fromLiterals.data: got {}; must have at least one entry'],
    ['42', 'a list as a configuration', () => Config.fromLiterals(['A'] as any), 'Config.fromLiterals.data: got ["A"]; must be an object of strings'],
    ['42', 'no configuration at all', () => Config.fromFiles(undefined as any), 'Config.fromFiles.data: got null; must be an object of strings'],
    ['38', 'a variable that is too long for a ConfigMap\'s key', () => Config.fromLiterals({ ['A'.repeat(254)]: 'x' }),
      'must have names of at most 253 characters, as a ConfigMap\'s keys are; shorten it, or use "env"'],
    ['43', 'a password in a configuration', () => Config.fromLiterals({ DB_PASSWORD: 'hunter2' }), 'Config.fromLiterals.literals.DB_PASSWORD: got <secret>; must not be a literal'],
    ['43', 'a private key in a file', () => Config.fromFiles({ 'tls.key': '-----BEGIN RSA PRIVATE KEY-----\n' }), 'Config.fromFiles.files.tls.key: got <secret>; must hold no secret'],
    ['62', 'a folder that isn\'t absolute', () => Config.fromFiles({ a: 'x' }, { folder: 'etc' }), 'Config.fromFiles.folder: got "etc"; must be an absolute path'],
    ...['/etc', '/usr', '/lib', '/run', '/usr/local/bin', '/var'].map((folder): Row => (
      ['62', `the image's ${folder}`, () => Config.fromFiles({ a: 'x' }, { folder }), `Config.fromFiles.folder: got "${folder}"; must not be a folder that the image has, whose files it would hide; take one in it, for example "${folder}/app"`])),
    ['110', 'a misspelt option', () => Config.fromFiles({ a: 'x' }, { dir: '/x' } as any), 'Config.fromFiles.options.dir: got "/x"; must be a property that there is'],
    ['55', 'text in place of a Config', app({ config: { A: '1' } }), 'lab/llama.config: got {"A":"1"}; must be a Config; for example Config.fromLiterals({ LOG_LEVEL: "info" })'],
  ]);
});

describe('containers', () => {
  const volume = (id: string, name: string) => Volume.fromEmptyDir(new Chart(new App(), id), 'Volume', name);
  const mount = (path: any, more: any = {}) => sidecar({ volumeMounts: [{ path, volume: volume('a', 'scratch'), ...more }] });
  const IMAGE_RULE = 'must be an image reference "registry/repository:tag" or "...@sha256:digest" in lower case; for example "docker.io/me/app:1.0"';
  refuses([
    ['44', 'port 0', server({ port: 0 }), `ModelServer.custom.port: got 0; ${PORT}`],
    ['44', 'port NaN', server({ port: NaN }), `ModelServer.custom.port: got NaN; ${PORT}`],
    ['44', 'no port', server({ port: undefined }), `ModelServer.custom.port: got nothing; ${PORT}`],
    ['45', 'port 65536', () => front({ port: 65536 }), `lab/chat.port: got 65536; ${PORT}`],
    ['45', 'port -1', () => front({ port: -1 }), `lab/chat.port: got -1; ${PORT}`],
    ['45', 'port 8080.5', () => front({ port: 8080.5 }), `lab/chat.port: got 8080.5; ${PORT}`],
    ['45', 'port "8080"', () => front({ port: '8080' as any }), `lab/chat.port: got "8080"; ${PORT}`],
    ['45', 'port "8080" of Flask', () => ModelServer.flask({ image: IMAGE, port: '8080' as any }), `ModelServer.flask.port: got "8080"; ${PORT}`],
    ['46', 'a port\'s name of 16 characters', () => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, otherPorts: [{ name: 'a'.repeat(16), number: 81 }] }) }),
      'lab/llama.server.ports[1].name: got "aaaaaaaaaaaaaaaa"; must be at most 15 lower case letters, digits and single "-"'],
    ['46', 'a port\'s name in upper case', () => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, otherPorts: [{ name: 'GRPC', number: 81 }] }) }), 'lab/llama.server.ports[1].name: got "GRPC"'],
    ['46', 'a port\'s name of digits', () => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, otherPorts: [{ name: '9000', number: 81 }] }) }), 'lab/llama.server.ports[1].name: got "9000"'],
    ['46', 'a port\'s name with two hyphens', sidecar({ ports: [{ name: 'a--b', number: 81 }] }), 'lab/llama.sidecars[0].ports[0].name: got "a--b"'],
    ['47', 'a port\'s name twice', () => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, otherPorts: [{ name: 'http', number: 81 }] }) }),
      'lab/llama.server.ports[1].name: got "http"; must be a name of its own; rename one of the two'],
    ['47', 'a port\'s number twice', () => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, otherPorts: [{ name: 'grpc', number: 80 }] }) }),
      'lab/llama.server.ports[1].number: got 80; must be a number of its own, and "http" has it; change one of the two'],
    ['48', 'a sidecar with a port twice', sidecar({ port: 1, portNumber: 2 }), 'lab/llama.sidecars[0].port: got 1; must be left out when "portNumber" is given; keep "portNumber", which replaces it'],
    ['48', 'a sidecar on the server\'s port', sidecar({ portNumber: 8080 }), 'lab/llama.sidecars[0].portNumber: got 8080; must be free, and the container that serves listens on it; take another port'],
    ['48', 'two sidecars on one port', app({ sidecars: [{ name: 'a', image: IMAGE, ports: [{ number: 9000 }] }, { name: 'b', image: IMAGE, ports: [{ number: 9000 }] }] }),
      'lab/llama.sidecars[1].ports[0].number: got 9000; must be free, and sidecars[0] listens on it; take another port'],
    ['48', 'a port of the node', sidecar({ ports: [{ number: 9000, hostPort: 9000 }] }), 'lab/llama.sidecars[0].ports[0].hostPort: got 9000; must be left out'],
    ['49', 'a sidecar with the server\'s name', sidecar({ name: 'server' }), 'lab/llama.sidecars[0].name: got "server"; must be a name of its own, and the container that serves has it; rename it'],
    ['49', 'two sidecars of one name', app({ sidecars: [{ name: 'a', image: IMAGE }, { name: 'a', image: IMAGE }] }), 'lab/llama.sidecars[1].name: got "a"; must be a name of its own, and sidecars[0] has it'],
    ['49', 'a sidecar and an init container of one name', app({ sidecars: [{ name: 'a', image: IMAGE }], initContainers: [{ name: 'a', image: IMAGE }] }), 'must be a name of its own, and initContainers[0] has it'],
    ['50', 'a container\'s name with an underscore', sidecar({ name: 'my_side' }), `lab/llama.sidecars[0].name: got "my_side"; ${NAME}`],
    ['50', 'a container without a name', sidecar({ name: undefined }), `lab/llama.sidecars[0].name: got nothing; ${NAME}`],
    ['50', 'a container\'s name of 64 characters', sidecar({ name: 'a'.repeat(64) }), 'must have at most 63 characters; shorten it by 1'],
    ['51', 'no image', image(undefined), `ModelServer.flask.image: got nothing; ${IMAGE_RULE}`],
    ['51', 'an empty image', image(''), `ModelServer.flask.image: got ""; ${IMAGE_RULE}`],
    ['51', 'an image in upper case', image('Me/App:1'), IMAGE_RULE],
    ['51', 'an image with an empty tag', image('nginx:'), IMAGE_RULE],
    ['51', 'an image with half a digest', image('nginx@sha256:abc'), IMAGE_RULE],
    ['51', 'an image with a short digest', image(`nginx@sha256:${'0'.repeat(63)}`), 'must have a complete digest, such as "sha256:" and 64 hexadecimal digits; copy it from the registry'],
    ['51', 'an image with a line break', image('nginx:1\nx'), IMAGE_RULE],
    ['116', 'an image with a line separator', image('nginx:1\u2028  securityContext:\u2028 privileged: true'), 'ModelServer.flask.image: got "nginx:1\\u2028'],
    ['51', 'an image with a variable', image('nginx:${TAG}'), IMAGE_RULE],
    ['51', 'an image without a tag', image('nginx'), 'must name a tag or digest, because an image without one is "latest" and changes by itself; for example "nginx:1.0"'],
    ['51', 'an image that is an object', image({ a: 1 }), `ModelServer.flask.image: got {"a":1}; ${IMAGE_RULE}`],
    ['51', 'a sidecar without an image', sidecar({ image: undefined }), `lab/llama.sidecars[0].image: got nothing; ${IMAGE_RULE}`],
    ['51', 'a front end without an image', () => front({ image: undefined as any }), 'lab/chat.image: got nothing'],
    ['52', 'a sidecar that is none', app({ sidecars: [undefined] }), 'lab/llama.sidecars[0]: got nothing; must be an object with properties'],
    ['52', 'a sidecar that is its image', app({ sidecars: ['me/side:1'] }), 'lab/llama.sidecars[0]: got "me/side:1"; must be an object with properties'],
    ['52', 'sidecars that are one', app({ sidecars: { name: 'a', image: IMAGE } }), 'lab/llama.sidecars: got {"name":"a","image":"registry.example.com/team/app:1.0"}; must be a list'],
    ['53', 'a variable with a space', app({ env: { '1 BAD-NAME': 'x' } }), `lab/llama.env: got "1 BAD-NAME"; ${ENV_NAME}`],
    ['53', 'a variable without a name', app({ env: { '': 'x' } }), `lab/llama.env: got ""; ${ENV_NAME}`],
    ['53', 'a variable with "="', app({ env: { 'A=B': 'x' } }), ENV_NAME],
    ['53', 'a variable named "__proto__"', app({ env: JSON.parse('{"__proto__":"x"}') }), ENV_NAME],
    ['53', 'a variable of a sidecar with a hyphen', sidecar({ envVariables: { 'a-b': EnvValue.fromValue('x') } }), `lab/llama.sidecars[0].envVariables: got "a-b"; ${ENV_NAME}`],
    ['53', 'a variable of a back end with a space', () => front({ backends: { 'my model': serve() } }), `lab/chat.backends: got "my model"; ${ENV_NAME}`],
    ['55', 'a variable that is a number', app({ env: { A: 5 } }), 'lab/llama.env.A: got 5; must be a string; write "5"'],
    ['55', 'a variable that is true', app({ env: { A: true } }), 'lab/llama.env.A: got true; must be a string; write "true"'],
    ['55', 'a variable that is nothing', app({ env: { A: undefined } }), 'lab/llama.env.A: got nothing; must be a string'],
    ['55', 'a variable that is null', app({ env: { A: null } }), 'lab/llama.env.A: got null; must be a string'],
    ['55', 'a variable that is an object', app({ env: { A: EnvValue.fromValue('x') } }), 'lab/llama.env.A: got a EnvValue; must be a string'],
    ['55', 'variables that are a list', app({ env: ['A=1'] }), 'lab/llama.env: got ["A=1"]; must be an object of strings; for example { LOG_LEVEL: "info" }'],
    ['55', 'a sidecar\'s variable that is text', sidecar({ envVariables: { A: 'x' } }), 'lab/llama.sidecars[0].envVariables.A: got "x"; must be an EnvValue; for example EnvValue.fromValue("x")'],
    ['55', 'a variable that Linux can\'t pass', app({ env: { A: 'x'.repeat(131072) } }), 'must have at most 131069 bytes; put it into a file: Config.fromFiles({ ... })'],
    ['56', 'a number among the arguments', app({ args: ['--level', 3] }), 'lab/llama.args[1]: got 3; must be a string; write "3"'],
    ['56', 'nothing among the arguments', app({ args: [undefined] }), 'lab/llama.args[0]: got nothing; must be a string'],
    ['56', 'arguments that are text', app({ args: '--level 3' }), 'lab/llama.args: got "--level 3"; must be a list; put it into brackets: [...]'],
    ['56', 'an argument that Linux can\'t pass', app({ args: ['x'.repeat(131072)] }), 'must have at most 131071 bytes'],
    ['56', 'a number among a sidecar\'s arguments', sidecar({ args: [3] }), 'lab/llama.sidecars[0].args[0]: got 3; must be a string; write "3"'],
    ['57', 'a probe of a port that isn\'t there', () => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, readiness: HealthCheck.http('/h', 'admin') }) }),
      'lab/llama.server.startup.portName: got "admin"; must be one of the container\'s ports: http'],
    ['58', 'a probe\'s path without a slash', () => HealthCheck.http('health'), 'HealthCheck.http.path: got "health"; must start with "/" and have no spaces; for example "/healthz"'],
    ['58', 'a probe\'s path with a space', () => ModelServer.flask({ image: IMAGE, healthPath: '/a b' }), 'HealthCheck.http.path: got "/a b"; must start with "/" and have no spaces; for example "/healthz"'],
    ['58', 'an empty path', () => front({ healthPath: '' }), 'HealthCheck.http.path: got ""; must start with "/"'],
    ['58', 'a path that is a number', () => front({ healthPath: 5 as any }), 'HealthCheck.http.path: got 5; must start with "/"'],
    ['58', 'a probe that is a path', server({ readiness: '/health' }), 'ModelServer.custom.readiness: got "/health"; must be a HealthCheck; for example HealthCheck.http("/health")'],
    ['58', 'a command without words', () => HealthCheck.command(), 'HealthCheck.command.command: got []; must have at least one word'],
    ['58', 'a command as one list', () => HealthCheck.command(['cat', '/x'] as any), 'HealthCheck.command.command: got ["cat","/x"]; must be words, one by one'],
    ['58', 'nothing among the words of a command', () => HealthCheck.command('cat', undefined as any), 'HealthCheck.command.command: got nothing; must be words, one by one'],
    ['58', 'a server\'s command as one text', () => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, command: ['python app.py'] }) }),
      'lab/llama.server.command: got ["python app.py"]; must be words, one by one; for example ["python","app.py"]'],
    ['58', 'a sidecar\'s command as one text', () => serve({ sidecars: [{ name: 'side', image: IMAGE, command: [' tail  -f /log '] }] }),
      'lab/llama.sidecars[0].command: got [" tail  -f /log "]; must be words, one by one; for example ["tail","-f","/log"]'],
    ['58', 'a command as one text', () => HealthCheck.command('cat /tmp/ready'), 'HealthCheck.command.command: got "cat /tmp/ready"; must be words, one by one; for example HealthCheck.command("cat", "/tmp/ready")'],
    ['58', 'a port\'s name that is a number', () => HealthCheck.tcp(80 as any), 'HealthCheck.tcp.portName: got 80; must be the name of a port; for example "http"'],
    ['59', 'a probe of an init container', app({ initContainers: [{ name: 'a', image: IMAGE, liveness: Probe.fromCommand(['true']) }] }),
      'lab/llama.initContainers[0].liveness: got a Probe; must be left out, because an init container ends before anything is probed'],
    ['61', 'a folder twice in a sidecar', sidecar({ volumeMounts: [{ path: '/a', volume: volume('a', 'x') }, { path: '/a', volume: volume('b', 'y') }] }),
      'lab/llama.sidecars[0].volumeMounts[1].path: got "/a"; must be mounted once; give one of the two another folder'],
    ['61', 'a folder twice in the server', app({ secrets: [SecretFile.existing('a', 'k', { folder: '/x' }), SecretFile.existing('b', 'k', { folder: '/x' })] }),
      'lab/llama.secrets.folder: got "/x"; must be mounted once; give one of the two another folder'],
    ['61', 'a secret in the folder of another', app({ secrets: [SecretFile.existing('a', 'k', { folder: '/x' }), SecretFile.existing('b', 'k', { folder: '/x/y' })] }),
      'lab/llama.secrets.folder: got "/x/y"; must not be mounted inside of another volume that is read-only: /x/y is in /x'],
    ['61', 'a secret around the folder of another', app({ secrets: [SecretFile.existing('b', 'k', { folder: '/x/y' }), SecretFile.existing('a', 'k', { folder: '/x' })] }), '/x/y is in /x'],
    ['61', 'a configuration in /cache', app({ config: Config.fromFiles({ a: '1' }, { folder: '/cache' }) }), 'lab/llama.config.folder: got "/cache"; must be mounted once'],
    ['61', 'a writable folder twice', server({ writableFolders: [{ path: '/a', size: Size.gibibytes(1) }, { path: '/a', size: Size.gibibytes(2) }] }),
      'ModelServer.custom.writableFolders[1].path: got "/a"; must be in the list once; remove it'],
    ['61', 'a writable folder where the image has its programs', server({ writableFolders: [{ path: '/usr/local/lib', size: Size.gibibytes(1) }] }),
      'ModelServer.custom.writableFolders[0].path: got "/usr/local/lib"; must not be a folder of the image\'s programs, which an empty one would hide; take one in it, for example "/usr/local/lib/app"'],
    ['62', 'a relative folder', server({ writableFolders: [{ path: 'a', size: Size.gibibytes(1) }] }), 'ModelServer.custom.writableFolders[0].path: got "a"; must be an absolute path without ":"'],
    ['62', 'a folder with a colon', mount('/a:b'), 'lab/llama.sidecars[0].volumeMounts[0].path: got "/a:b"; must be an absolute path without ":"'],
    ['62', 'a folder with ".."', mount('/a/../b'), 'must be an absolute path without ":", ".", "..", "//" and "/" at its end'],
    ['62', 'the root', mount('/'), 'must be an absolute path'],
    ['62', 'a slash at the end', mount('/a/'), 'must be an absolute path'],
    ['62', '/proc', mount('/proc/1'), 'must not be in /proc, /sys or /dev, which the container runtime provides; take another folder'],
    ['62', 'no path', mount(undefined), 'lab/llama.sidecars[0].volumeMounts[0].path: got nothing; must be an absolute path'],
    ['63', 'a folder outside the volume', mount('/a', { subPath: '../x' }), 'lab/llama.sidecars[0].volumeMounts[0].subPath: got "../x"; must be a path inside the volume'],
    ['64', 'another volume of the name "tmp"', sidecar({ volumeMounts: [{ path: '/a', volume: volume('a', 'tmp') }] }),
      'lab/llama.sidecars[0].volumeMounts[0].volume: got "tmp"; must have a name that no other volume of the pod has; give it another name'],
    ['64', 'two volumes of one name', sidecar({ volumeMounts: [{ path: '/a', volume: volume('a', 'x') }, { path: '/b', volume: volume('b', 'x') }] }), 'volumeMounts[1].volume: got "x"; must have a name'],
    ['64', 'a mount without a volume', sidecar({ volumeMounts: [{ path: '/a' }] }), 'lab/llama.sidecars[0].volumeMounts[0].volume: got nothing; must be a Volume'],
    ['65', 'user -5', app({ user: -5 }), 'lab/llama.user: got -5; must be a whole number from 1 to 2147483647'],
    ['65', 'user "app"', app({ user: 'app' }), 'lab/llama.user: got "app"; must be a whole number from 1 to 2147483647'],
    ['65', 'user 2^31', app({ user: 2 ** 31 }), 'lab/llama.user: got 2147483648; must be a whole number from 1 to 2147483647'],
    ['65', 'a server\'s user -5', server({ user: -5 }), 'ModelServer.custom.user: got -5; must be a whole number from 0 to 2147483647'],
    ['66', 'a privileged sidecar', sidecar({ securityContext: { privileged: true } }), 'lab/llama.sidecars[0].securityContext.privileged: got true; must be left out'],
    ['67', 'a secret without a key', () => SecretFile.existing('a', ''), 'SecretFile.existing.key'],
    ['67', 'a secret in place of a file', app({ secrets: ['huggingface'] }), 'lab/llama.secrets[0]: got <secret>; must be a SecretFile; for example SecretFile.existing("name", "key")'],
    ['67', 'nothing in place of a file', app({ secrets: [undefined] }), 'lab/llama.secrets[0]: got nothing; must be a SecretFile'],
    ['67', 'one file in place of a list', app({ secrets: SecretFile.existing('a', 'b') }), 'lab/llama.secrets: got a SecretFile; must be a list'],
    ['68', 'an empty pull secret', app({ pullSecrets: [''] }), 'lab/llama.pullSecrets[0]: got ""; must be at most 253 lower case letters'],
    ['68', 'a pull secret twice', app({ pullSecrets: ['a', 'a'] }), 'lab/llama.pullSecrets[1]: got "a"; must be in the list once; remove it'],
    ['68', 'pull secrets that are text', app({ pullSecrets: 'registry' }), 'lab/llama.pullSecrets: got "registry"; must be a list; put it into brackets: [...]'],
  ]);

  test.each(['HF_TOKEN', 'hf_token', 'OPENAI_API_KEY', 'openaiApiKey', 'DB_PASSWORD', 'DATABASE_PWD', 'AZURE_CLIENT_SECRET', 'AZURE_STORAGE_KEY', 'AWS_SECRET_ACCESS_KEY',
    'AWS_ACCESS_KEY_ID', 'STORAGE_ACCOUNT_KEY', 'CONNECTION_STRING', 'BEARER', 'SECRETKEY', 'MyPassphrase', 'SIGNING_KEY', 'CREDENTIALS'])('row 54: %s as a literal', name => {
    const said = messageOf(() => serve({ env: { [name]: 'hunter2' } }));
    expect(said).toBe(`lab/llama.env.${name}: got <secret>; must not be a literal, because everyone who reads the manifest reads it; `
      + 'mount it: secrets: [SecretFile.existing(name, key)]');
    expect(messageOf(() => Config.fromLiterals({ [name]: 'hunter2' }))).toContain('got <secret>');
  });

  test.each([
    ['a token of the hub', `hf_${'a'.repeat(34)}`], ['a token of OpenAI', `sk-${'a'.repeat(40)}`], ['a token of GitHub', `ghp_${'a'.repeat(36)}`], ['a key of AWS', `AKIA${'A'.repeat(16)}`],
    ['an address with a password', 'postgres://user:hunter2@db:5432/x'], ['a connection string', `AccountName=x;AccountKey=${'a'.repeat(40)}==`],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nabc'], ['a signed address', `https://x.blob.core.windows.net/c?sv=1&sig=${'a'.repeat(30)}`],
  ])('row 54: %s in a variable of any name, an argument, a file', (_, secret) => {
    expect(messageOf(() => serve({ env: { SOURCE: secret } }))).toContain('lab/llama.env.SOURCE: got <secret>; must not be a literal');
    expect(messageOf(() => serve({ args: [secret] }))).toContain('lab/llama.args[0]: got <secret>; must hold no secret');
    expect(messageOf(() => Config.fromFiles({ 'app.ini': `a=${secret}` }))).toContain('files.app.ini: got <secret>; must hold no secret');
    expect(messageOf(() => serve({ sidecars: [{ name: 'a', image: IMAGE, envVariables: { SOURCE: EnvValue.fromValue(secret) } }] }))).toContain('got <secret>');
  });

  test.each<[string, string, (words: string[]) => unknown]>([
    ['a server\'s arguments', 'server.args', args => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, args }) })],
    ['a server\'s command', 'server.command', command => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, command }) })],
    ['a sidecar\'s arguments', 'sidecars[0].args', args => serve({ sidecars: [{ name: 'side', image: IMAGE, args }] })],
    ['a sidecar\'s command', 'sidecars[0].command', command => serve({ sidecars: [{ name: 'side', image: IMAGE, command }] })],
  ])('row 54: a secret in %s', (_, prop, run) => {
    for (const words of [['run', `hf_${'a'.repeat(34)}`], ['run', '--password', 'hunter2'], ['run', '--hf_token=hunter2']]) {
      const said = messageOf(() => run(words));
      expect(said).toMatch(new RegExp(`^lab/llama\\.${prop.replace(/[.[\]]/g, '\\$&')}\\[1\\]: got (<secret>|"--password"|"--hf-token"); must hold no secret`));
      expect(said).not.toContain('hunter2');
    }
    for (const words of [['--password', '/run/db'], ['--token=$(TOKEN)'], ['--token=/run/token'], ['--password', '--verbose'], ['--secret']]) { expect(() => run(words)).not.toThrow(); }
  });

  test('row 54: a secret in an annotation', () => {
    expect(messageOf(() => serve({ podAnnotations: { 'example.com/source': `https://me:${'x'.repeat(9)}@example.com` } }))).toBe(
      'lab/llama.podAnnotations.example.com/source: got <secret>; must hold no secret, because everyone who reads the manifest reads it; '
      + 'mount it as a file: secrets: [SecretFile.existing(name, key)]');
    expect(() => serve({ podAnnotations: { 'vault.hashicorp.com/agent-inject-secret-config': 'secret/data/db' } })).not.toThrow();
  });

  test('row 54: a secret by a flag', () => {
    expect(messageOf(() => serve({ args: ['--api-key', 'hunter2'] }))).toBe('lab/llama.args[0]: got "--api-key"; must hold no secret, '
      + 'because everyone who reads the manifest or the process list reads it; mount it as a file: secrets: [SecretFile.existing(name, key)]');
    expect(messageOf(() => serve({ args: ['--api_key=hunter2'] }))).not.toContain('hunter2');
  });

  test.each([
    ['HF_TOKEN_PATH', '/var/run/secrets/huggingface/token'], ['GOOGLE_APPLICATION_CREDENTIALS', '/var/run/secrets/gcp/key.json'], ['TOKENIZERS_PARALLELISM', 'true'],
    ['MAX_TOKENS', '4096'], ['DISABLE_AUTH_TOKEN', 'false'], ['KEY_PREFIX', 'models'], ['PASSWORD', '$(OTHER)'], ['SECRET_NAME', 'huggingface'], ['EMPTY_TOKEN', ''], ['API_KEY_HEADER', 'x-api-key'], ['PASSWORD_MIN_LENGTH', '12'],
    ['URL', 'https://user@example.com/a:b'], ['ANNOTATION', 'skip-this'], ['PWD', '/app'],
  ])('%s with %j is no secret', (name, value) => {
    expect(() => serve({ env: { [name]: value } })).not.toThrow();
  });
});

describe('numbers and quantities', () => {
  const REPLICAS = 'must be a whole number from 0 to 2147483647';
  const cpu = (given: any) => app({ cpu: given });
  refuses([
    ...[-1, 1.5, '3', 2 ** 31, 1e21, NaN, Infinity, -Infinity, 2 ** 53 + 1, true, [3], {}].map((replicas): Row => (
      ['70', `replicas ${String(replicas)}`, app({ replicas }), `; ${REPLICAS}`])),
    ['81', 'minus zero', app({ replicas: -0 }), `lab/llama.replicas: got -0; ${REPLICAS}`],
    ['72', 'a negative processor', cpu({ request: Cpu.millis(-100) }), 'lab/llama.cpu.request: got "-100m"; must be a whole number of thousandths of a processor, at least 1m; for example Cpu.millis(250)'],
    ['72', 'NaN of a processor', cpu({ request: Cpu.millis(NaN) }), 'lab/llama.cpu.request: got "NaNm"'],
    ['72', 'half a thousandth', cpu({ limit: Cpu.millis(0.5) }), 'lab/llama.cpu.limit: got "0.5m"'],
    ['72', '1e-7 processors', cpu({ request: Cpu.units(1e-7) }), 'lab/llama.cpu.request: got "1e-7"'],
    ['72', 'no processor', cpu({ request: Cpu.units(0) }), 'lab/llama.cpu.request: got "0"'],
    ['72', 'a processor as a number', cpu({ request: 2 }), 'lab/llama.cpu.request: got 2; must be a whole number of thousandths'],
    ['72', 'a processor as text', cpu({ request: '250m' }), 'lab/llama.cpu.request: got "250m"; must be a whole number of thousandths'],
    ['72', 'a processor without request and limit', cpu(Cpu.units(1)), 'lab/llama.cpu.amount: got "1"; must be a property that there is; there is request, limit'],
    ['72', 'a number of processors', cpu(2), 'lab/llama.cpu: got 2; must be an object with properties; it may have request, limit'],
    ['73', 'more processor than its limit', cpu({ request: Cpu.units(2), limit: Cpu.units(1) }), 'lab/llama.cpu.request: got "2000m"; must be at most the limit, 1000m; raise the limit'],
    ['73', 'more of a sidecar\'s processor than its limit', sidecar({ resources: { cpu: { request: Cpu.units(2), limit: Cpu.units(1) } } }), 'lab/llama.sidecars[0].resources.cpu.request: got "2000m"'],
    ['73', 'more of a sidecar\'s memory than its limit', sidecar({ resources: { memory: { request: Size.gibibytes(2), limit: Size.gibibytes(1) } } }),
      'lab/llama.sidecars[0].resources.memory.request: got "2048Mi"; must be at most the limit, 1024Mi; raise the limit'],
    ['74', 'no memory', app({ memory: Size.gibibytes(0) }), 'lab/llama.memory: got "0Ki"; must be a Size of more than zero and at most 8 PiB'],
    ['74', 'memory as text', app({ memory: '2Gi' }), 'lab/llama.memory: got "2Gi"; must be a Size'],
    ['74', 'memory as a number', app({ memory: 2048 }), 'lab/llama.memory: got 2048; must be a Size'],
    ['74', 'NaN GiB', app({ memory: Size.gibibytes(NaN) }), 'lab/llama.memory: got a Size; must be a Size of more than zero and at most 8 PiB'],
    ['74', 'a BigInt of GiB', app({ memory: Size.gibibytes(1n as any) }), 'lab/llama.memory: got a Size; must be a Size of more than zero and at most 8 PiB'],
    ['78', 'a BigInt of milliseconds', app({ drainDelay: Duration.millis(1n as any) }), 'lab/llama.drainDelay: got a Duration; must be a Duration of whole seconds'],
    ['75', '0.1 GiB, which is no whole number of bytes', app({ memory: Size.gibibytes(0.1) }), 'lab/llama.memory: got "104857.6Ki"; must be a Size of whole kibibytes; give it in a smaller unit'],
    ['74', '1e21 GiB', app({ memory: Size.gibibytes(1e21) }), 'must be a Size of more than zero and at most 8 PiB'],
    ['74', 'disk as text', app({ ephemeralStorage: '2Gi' }), 'lab/llama.ephemeralStorage: got "2Gi"; must be a Size'],
    ['74', 'a folder without a size', server({ writableFolders: [{ path: '/a' }] }), 'ModelServer.custom.writableFolders[0].size: got nothing; must be a Size'],
    ['74', 'shared memory of nothing', server({ sharedMemory: Size.mebibytes(0) }), 'ModelServer.custom.sharedMemory: got "0Ki"; must be a Size'],
    ['76', 'a GPU among a sidecar\'s resources', sidecar({ resources: { gpu: 1 } }), 'lab/llama.sidecars[0].resources.gpu: got 1; must be a property that there is'],
    ['76', 'a GPU among an init container\'s resources', app({ initContainers: [{ name: 'a', image: IMAGE, resources: { 'nvidia.com/gpu': 1 } as any }] }),
      'lab/llama.initContainers[0].resources.nvidia.com/gpu: got 1; must be a property that there is'],
    ['78', 'half a second', app({ drainDelay: Duration.millis(500) }), 'lab/llama.drainDelay: got "0.5s"; must be a Duration of whole seconds from 0 to 3600'],
    ['78', 'a time as a number', app({ loadTimeout: 600 }), 'lab/llama.loadTimeout: got 600; must be a Duration of whole seconds from 1 to 86400'],
    ['78', 'no time to load', app({ loadTimeout: Duration.seconds(0) }), 'lab/llama.loadTimeout: got "0s"; must be a Duration of whole seconds from 1 to 86400'],
    ['78', 'a time as text', app({ requestTimeout: '30s' }), 'lab/llama.requestTimeout: got "30s"; must be a Duration'],
    ['78', 'zero as a time', app({ requestTimeout: 0 }), 'lab/llama.requestTimeout: got 0; must be a Duration'],
    ['78', 'two days to load', app({ loadTimeout: Duration.days(2) }), 'lab/llama.loadTimeout: got "172800s"; must be a Duration of whole seconds from 1 to 86400'],
    ['78', 'a drain of a thousandth', app({ drainTimeout: Duration.millis(1) }), 'lab/llama.drainTimeout: got "0.001s"; must be a Duration'],
    ['78', 'a front end\'s time to start as a number', () => front({ startTimeout: 60 as any }), 'lab/chat.startTimeout: got 60; must be a Duration of whole seconds from 1 to 3600'],
    ['78', 'a server\'s time to load as a number', server({ loadTimeout: 60 }), 'ModelServer.custom.loadTimeout: got 60; must be a Duration'],
    ['78', 'ready for a day', () => Rollout.rolling({ minReady: Duration.days(1) }), 'Rollout.rolling.minReady: got "86400s"; must be a Duration of whole seconds from 0 to 3600'],
    ['79', 'an update that may neither add nor remove', () => Rollout.rolling({ maxSurge: 0, maxUnavailable: 0 }),
      'Rollout.rolling.maxUnavailable: got 0; must be at least 1 when maxSurge is 0, else no pod could ever be replaced; raise one of them'],
    ['79', 'a surge of -1', () => Rollout.rolling({ maxSurge: -1 }), 'Rollout.rolling.maxSurge: got -1; must be a whole number from 0 to 10000'],
    ['79', 'a surge of "25%"', () => Rollout.rolling({ maxSurge: '25%' as any }), 'Rollout.rolling.maxSurge: got "25%"; must be a whole number'],
    ['79', 'a surge of 1.5', () => Rollout.rolling({ maxSurge: 1.5 }), 'Rollout.rolling.maxSurge: got 1.5; must be a whole number'],
    ['79', 'a misspelt surge', () => Rollout.rolling({ maxsurge: 1 } as any), 'Rollout.rolling.options.maxsurge: got 1; must be a property that there is; did you mean "maxSurge"?'],
    ['70', 'a priority of half', () => Priority.of('a', 0.5), 'Priority.of.value: got 0.5; must be a whole number from -2147483648 to 1000000000'],
    ['70', 'a priority above the system\'s', () => Priority.of('a', 2e9), 'Priority.of.value: got 2000000000; must be a whole number from -2147483648 to 1000000000'],
    ['1', 'a priority of the system\'s', () => Priority.of('system-mine', 1), 'Priority.of.name: got "system-mine"; must not start with "system-", which is Kubernetes\' own'],
    ['1', 'a priority without a name', () => Priority.existing(''), 'Priority.existing.name: got ""'],
  ]);
});

describe('objects that don\'t fit each other', () => {
  const scaling = () => Scaling.cpu({ min: 2, max: 4, targetUtilization: 60 });
  refuses([
    ['82', 'fewer at most than at least', () => front({ minReplicas: 5, maxReplicas: 3 }), 'lab/chat.minReplicas: got 5; must be at most maxReplicas, 3; raise maxReplicas'],
    ['83', 'none at least', () => front({ minReplicas: 0 }), 'lab/chat.minReplicas: got 0; must be a whole number from 1 to 2147483647'],
    ['83', '-1 at least', () => front({ minReplicas: -1 }), 'lab/chat.minReplicas: got -1'],
    ['83', 'none at most', () => front({ maxReplicas: 0 }), 'lab/chat.maxReplicas: got 0'],
    ['83', '1.5 at most', () => front({ maxReplicas: 1.5 }), 'lab/chat.maxReplicas: got 1.5'],
    ['83', '"3" at least', () => front({ minReplicas: '3' as any }), 'lab/chat.minReplicas: got "3"'],
    ...[0, -5, 60.5, '60%', NaN, 1001].map((target): Row => ['84', `a target of ${target}`, () => front({ targetCpuUtilization: target as any }),
      'must be a whole number from 1 to 1000']),
    ['85', 'a fixed number and a scaling', app({ replicas: 2, scaling: scaling() }), 'lab/llama.replicas: got 2; must be left out when "scaling" is given, because the autoscaler sets it'],
    ['85', 'a fixed number and a minimum', () => front({ replicas: 2, minReplicas: 2 }), 'lab/chat.replicas: got 2; must be left out when "minReplicas" is given'],
    ['85', 'a scaling and a minimum', () => front({ scaling: scaling(), maxReplicas: 2 }), 'lab/chat.maxReplicas: got 2; must be left out when "scaling" is given; set it in the scaling'],
    ['85', 'a front end\'s fixed number and its scaling', () => front({ replicas: 2, scaling: scaling() }), 'lab/chat.replicas: got 2; must be left out when "scaling" is given'],
    ['87', 'a second autoscaler', () => {
      const scaled = serve({ scaling: scaling() });
      new HorizontalPodAutoscaler(scaled, 'Second', { target: scaled.deployment, minReplicas: 1, maxReplicas: 2 });
    }, 'must be the only scaler of Deployment "llama", because two undo each other\'s work'],
    ['89', 'a Service with one port twice', app({ server: ModelServer.triton({ version: '25.06', modelRepository: '/m' }), exposure: Exposure.clusterIp({ port: 8001 }) }),
      'lab/llama.exposure: got 8001; must be another port than those of the server, and "grpc" has it; take another port'],
    ['57', 'metrics on a port that isn\'t there', () => serve({ server: ModelServer.custom({ image: IMAGE, port: 80, metrics: { port: 'metrics' } }) }),
      'lab/llama.server.metrics.port: got "metrics"; must be one of the container\'s ports: http'],
    ['21', 'a metric without a name', server({ metrics: { port: 'http', waitingRequests: { name: 'a b' } } }), 'ModelServer.custom.metrics.waitingRequests.name: got "a b"; must be letters, digits, "_" and ":", and not start with a digit'],
    ['102', 'a Map of a metric\'s labels', server({ metrics: { port: 'http', waitingRequests: { name: 'a', labels: new Map() } } }), 'ModelServer.custom.metrics.waitingRequests.labels: got a Map; must be an object of strings'],
    ['53', 'a variable that the server relies on', app({ env: { HOME: '/root' } }), 'lab/llama.env.HOME: got "/root"; must be "/cache", which the server relies on; leave it out'],
    ['53', 'a configured variable that the server relies on', app({ config: Config.fromLiterals({ HOME: '/root' }) }), 'lab/llama.config.HOME: got "/root"; must be "/cache", which the server relies on; leave it out'],
    ['53', 'a variable in the environment and the configuration', app({ env: { A: '1' }, config: Config.fromLiterals({ A: '2' }) }),
      'lab/llama.config.A: got "2"; must not be in "env" too, which would win; leave it out of one of them'],
    ['56', 'a flag that the server gives', app({ server: ModelServer.flask({ image: IMAGE, gunicorn: { app: 'a' } }), args: ['--workers', '4'] }),
      'lab/llama.args[0]: got "--workers"; must not repeat --workers, which the server\'s preset gives; use the preset\'s option'],
    ['56', 'a short flag that the server gives', app({ server: ModelServer.flask({ image: IMAGE, gunicorn: { app: 'a' } }), args: ['-w4'] }), 'lab/llama.args[0]: got "-w4"; must not have -w; use "workers"'],
    ['56', 'a flag in another spelling', app({ server: ModelServer.vllm({ version: '0.11.0' }), model: ModelSource.inImage('/m'), args: ['--tensor_parallel_size=2'] }),
      'lab/llama.args[0]: got "--tensor_parallel_size=2"; must not have --tensor-parallel-size; a pod\'s GPUs are those of one replica: use "gpu.count"'],
  ]);
});

describe('structure', () => {
  const cyclic: any = {};
  cyclic.self = cyclic;
  refuses([
    ['100', 'an object that refers to itself among the labels', app({ podLabels: { a: cyclic } }), 'lab/llama.podLabels.a: got an object that refers to itself; must be a string'],
    ['100', 'an object that refers to itself as a prop', app({ memory: cyclic }), 'lab/llama.memory: got an object that refers to itself; must be a Size'],
    ['100', 'an object that refers to itself as the server', app({ server: cyclic }), 'lab/llama.server: got an object that refers to itself; must be a ModelServer'],
    ['102', 'a Date', app({ env: { A: new Date(0) } }), 'lab/llama.env.A: got a Date; must be a string'],
    ['102', 'a Map of variables', app({ env: new Map([['A', '1']]) }), 'lab/llama.env: got a Map; must be an object of strings'],
    ['103', 'a function', app({ env: { A: () => 'x' } }), 'lab/llama.env.A: got a function; must be a string'],
    ['103', 'a symbol', app({ podAnnotations: { a: Symbol('x') } }), 'lab/llama.podAnnotations.a: got a symbol; must be a string'],
    ['103', 'a BigInt', app({ replicas: 3n }), 'lab/llama.replicas: got 3; must be a whole number'],
    ['104', 'a hole in a list', app({ args: [, 'x'] }), 'lab/llama.args[0]: got nothing; must be a string'], // eslint-disable-line no-sparse-arrays
    ['110', 'a misspelt prop', app({ replica: 3 }), 'lab/llama.replica: got 3; must be a property that there is; did you mean "replicas"?'],
    ['110', 'a prop of a front end', app({ minReplicas: 3 }), 'lab/llama.minReplicas: got 3; must be a property that there is'],
    ['110', 'a prop in another spelling', app({ load_timeout: Duration.minutes(1) }), 'lab/llama.load_timeout: got a Duration; must be a property that there is; did you mean "loadTimeout"?'],
    ['110', 'a front end\'s misspelt prop', () => front({ healthpath: '/' } as any), 'lab/chat.healthpath: got "/"; must be a property that there is; did you mean "healthPath"?'],
    ['110', 'a sidecar\'s misspelt prop', sidecar({ env: { A: 'x' } }), 'lab/llama.sidecars[0].env: got {"A":"x"}; must be a property that there is'],
    ['110', 'a server\'s misspelt option', () => ModelServer.vllm({ version: '0.11.0', maxModelLen: 8 } as any), 'ModelServer.vllm.options.maxModelLen: got 8; must be a property that there is; did you mean "maxModelLength"?'],
    ['110', 'no props', () => new ModelServingApp(chartOf(), 'a', undefined as any), 'lab/a.props: got nothing; must be an object with properties'],
    ['110', 'null for props', () => new ModelServingApp(chartOf(), 'a', null as any), 'lab/a.props: got null; must be an object with properties'],
    ['110', 'null for a prop', app({ scaling: null }), 'lab/llama.scaling: got null; must have a value; leave it out for its default'],
    ['110', 'no server', app({ server: undefined }), 'lab/llama.server: got nothing; must be a ModelServer; for example ModelServer.vllm({ version: "0.11.0" })'],
    ['110', 'a server as text', app({ server: 'vllm' }), 'lab/llama.server: got "vllm"; must be a ModelServer'],
    ['110', 'a model as text', app({ model: 'org/name' }), 'lab/llama.model: got "org/name"; must be a ModelSource; for example ModelSource.huggingFace("org/name")'],
    ['110', 'a scaling as an object', app({ scaling: { min: 1, max: 2 } }), 'lab/llama.scaling: got {"min":1,"max":2}; must be a Scaling; for example Scaling.cpu('],
    ['110', 'a rollout as text', app({ rollout: 'inPlace' }), 'lab/llama.rollout: got "inPlace"; must be a Rollout; for example Rollout.surge()'],
    ['110', 'an exposure as text', app({ exposure: 'LoadBalancer' }), 'lab/llama.exposure: got "LoadBalancer"; must be an Exposure; for example Exposure.clusterIp()'],
    ['110', 'a priority as text', app({ priority: 'high' }), 'lab/llama.priority: got "high"; must be a Priority; for example Priority.of("interactive", 1000)'],
    ['110', 'an identity as text', app({ identity: 'client-id' }), 'lab/llama.identity: got "client-id"; must be a workload identity'],
    ['110', 'a caller as text', app({ callers: ['web'] }), 'lab/llama.callers[0]: got "web"; must be a Caller; for example Caller.namespace("web")'],
    ['110', 'one caller in place of a list', app({ callers: 'web' }), 'lab/llama.callers: got "web"; must be a list; put it into brackets: [...]'],
    ['110', 'a destination as text', app({ outbound: '0.0.0.0/0' }), 'lab/llama.outbound: got "0.0.0.0/0"; must be an Egress; for example Egress.internet()'],
    ['110', 'a switch as text', () => ModelServer.customVision({ image: IMAGE, allowUrl: 'no' as any }), 'ModelServer.customVision.allowUrl: got "no"; must be true or false'],
    ['110', 'no options', () => ModelServer.flask(undefined as any), 'ModelServer.flask.options: got nothing; must be an object with properties'],
  ]);

  test('row 106: a value that is known later is taken, and its error names the object', () => {
    const late = serve({ env: { A: Lazy.any({ produce: () => 'late' }) }, podAnnotations: { a: Lazy.any({ produce: () => 'late' }) } } as any);
    const rendered = ApiObject.of(late.deployment).toJson();
    expect(JSON.stringify(rendered)).toContain('{"name":"A","value":"late"}');
    expect(rendered.spec.template.metadata.annotations).toEqual({ a: 'late' });
    const failing = serve({ env: { A: Lazy.any({ produce: () => { throw new Error('no such thing'); } }) } } as any);
    expect(messageOf(() => ApiObject.of(failing.deployment).toJson())).toMatch(/lab\/llama\/Deployment.*no such thing/);
  });

  test('row 114: a patch that can\'t be applied names the object', () => {
    const patched = serve();
    ApiObject.of(patched.deployment).addJsonPatch(JsonPatch.replace('/spec/nowhere/x', 1));
    expect(messageOf(() => ApiObject.of(patched.deployment).toJson())).toContain('lab/llama/Deployment.addJsonPatch: got "replace /spec/nowhere/x"; must be a JSON patch that fits the manifest; add "/spec/nowhere" first, which isn\'t there');
  });
});

test('row 50: a command of a handler that is no list names the object, though cdk8s-plus finds it', () => {
  const side = { name: 'a', image: IMAGE, lifecycle: { preStop: Handler.fromCommand('sleep' as any) } };
  expect(messageOf(() => written(serve({ sidecars: [side] })))).toMatch(/lab\/llama\/Deployment\.spec: got a KubeDeployment; must be of the types that its class takes; .*not a function/);
});

describe('strings', () => {
  const plain = () => chartOf(new App());
  const PRINTED = 'must not be text that plain cdk8s prints as something else; use new PlatformApp() in place of new App()';
  const breaking = ['a\u2028b', 'a\u2029b', 'a\u0085b', '\ufeffa', '0o17', '0O17', '0B1', '0X1F', '-0o17', '=', '<<'];

  test.each(breaking)('row 116-120: %j is refused where plain printing would spoil it', text => {
    const silent = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(messageOf(() => serve({ env: { A: text } }, plain()))).toContain(PRINTED);
    expect(messageOf(() => serve({ args: [text] }, plain()))).toContain(PRINTED);
    expect(messageOf(() => serve({ podAnnotations: { a: text } }, plain()))).toContain(PRINTED);
    expect(messageOf(() => serve({ config: Config.fromFiles({ a: text }) }, plain()))).toContain(PRINTED);
    expect(messageOf(() => serve({ sidecars: [{ name: 'a', image: IMAGE, args: [text] }] }, plain()))).toContain(PRINTED);
    silent.mockRestore();
  });

  test.each(breaking)('row 116-120: %j is taken by a PlatformApp', text => {
    expect(() => serve({ env: { A: text }, args: [text], podAnnotations: { a: text }, config: Config.fromFiles({ a: text }) })).not.toThrow();
  });

  test.each(['a\x7f', 'a\u0080', 'a\ufffe'])('row 119: %j is refused, because server-side apply can\'t carry it', text => {
    const rule = 'must be text without the control characters U+007F to U+009F, U+FFFE and U+FFFF, which server-side apply can\'t carry; encode binary data';
    expect(messageOf(() => serve({ env: { A: text } }))).toContain(rule);
    expect(messageOf(() => serve({ config: Config.fromFiles({ a: text }) }))).toContain(rule);
    expect(messageOf(() => written(serve({ allowRoot: 'x', sidecars: [{ name: 'a', image: IMAGE, args: [text] }] })))).toContain(rule);
  });

  test.each(['${TfToken[TOKEN.0]}', 'a-${TfToken[TOKEN.0]}', '#{TfToken[TOKEN.2]}', 'n--8.1095622125913805e+298'])('row 107: %j of Terraform is refused under a plain app', text => {
    expect(messageOf(() => serve({ env: { A: text } }, plain()))).toContain('must not be a value that only Terraform knows; use new PlatformApp() in place of new App()');
  });

  test('row 105: an object written as text', () => {
    expect(messageOf(() => serve({ env: { A: `x-${Lazy.any({ produce: () => 1 })}` } }))).toContain('must be text without NUL, unpaired surrogates and "[object Object]"');
  });

  test('row 116: a patch can\'t bring one in either', () => {
    const target = serve({}, plain());
    ApiObject.of(target.deployment).addJsonPatch(JsonPatch.add('/metadata/annotations', { note: 'a\u2028b' }));
    expect(messageOf(() => ApiObject.of(target.deployment).toJson())).toBe(`lab/llama/Deployment.metadata.annotations.note: got "a\\u2028b"; ${PRINTED}`);
  });

  test.each([
    [NaN, 'NaN'], [Infinity, 'Infinity'], [() => 1, 'a function'], [3n, '3'], [new Date(0), 'a Date'], [undefined, 'nothing'], [[1, NaN], 'NaN'], [{ a: NaN }, 'NaN'],
  ])('row 71: a patch can\'t bring in what is not JSON: %p', (value, got) => {
    const target = serve({}, plain());
    ApiObject.of(target.service).addJsonPatch(JsonPatch.add('/spec/x', value));
    expect(messageOf(() => ApiObject.of(target.service).toJson())).toBe(
      `lab/llama/Service.spec.x: got ${got}; must be JSON; patch with a string, a number, a boolean, a list or a plain object`);
  });

  test('row 71: an amendment can\'t bring in what is no number', () => {
    const target = serve({}, plain());
    amend(target.service, manifest => { manifest.spec.x = NaN; });
    expect(messageOf(() => ApiObject.of(target.service).toJson())).toBe('lab/llama/Service.spec.x: got NaN; must be a number that a manifest can have');
  });

  test('row 114: quantities of cdk8s-plus and values known later are taken in a patch', () => {
    const target = serve();
    ApiObject.of(target.deployment).addJsonPatch(
      JsonPatch.add('/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu', k8s.Quantity.fromNumber(1)),
      JsonPatch.add('/spec/paused', Lazy.any({ produce: () => [{ a: k8s.IntOrString.fromString('25%') }] })),
    );
    const { spec } = ApiObject.of(target.deployment).toJson();
    expect(spec.template.spec.containers[0].resources.limits['nvidia.com/gpu']).toBe(1);
    expect(spec.paused).toEqual([{ a: '25%' }]);
  });

  test('row 114: what is no patch is refused', () => {
    expect(messageOf(() => ApiObject.of(serve().deployment).addJsonPatch({ op: 'add' } as any))).toBe(
      'lab/llama/Deployment.addJsonPatch: got {"op":"add"}; must be a JsonPatch; for example JsonPatch.add("/spec/paused", true)');
  });

  test.each(['a\0b', '\ud800', '\udc00\ud800', 'x-[object Object]'])('row 121: %j is refused everywhere', text => {
    for (const chart of [plain(), chartOf()]) {
      expect(messageOf(() => serve({ env: { A: text } }, chart, 'a'))).toContain('lab/a.env.A: got');
      expect(messageOf(() => serve({ args: [text] }, chart, 'b'))).toContain('must be text without NUL, unpaired surrogates and "[object Object]"');
      expect(messageOf(() => serve({ podAnnotations: { a: text } }, chart, 'c'))).toContain('lab/c.podAnnotations.a: got');
    }
  });

  test.each(['yes', 'No', 'null', '~', '""', '0x1', '017', '1e3', '.5', '1:30', '2001-01-01', '- a', '---', '#b', 'a: b', '*x', '!t', '|', ' a ', 'a\r\nb', '😀', 'עברית', ''])(
    '%j is ordinary text', text => {
      expect(() => serve({ env: { A: text }, args: [text], podAnnotations: { a: text } }, plain())).not.toThrow();
    });
});

test('nothing is written by a program whose props are refused', () => {
  const outdir = join(mkdtempSync(join(tmpdir(), 'bad-input-')), 'dist');
  const program = () => {
    const root = new PlatformApp({ outdir });
    const chart = chartOf(root);
    serve({}, chart, 'good');
    serve({ replicas: -1 }, chart, 'bad');
    root.synth();
  };
  expect(program).toThrow('lab/bad.replicas: got -1');
  expect(existsSync(outdir)).toBe(false);
});
