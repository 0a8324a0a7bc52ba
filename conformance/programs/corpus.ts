import { call, Expression, Literal } from './expression';
import type { Role } from './mutations';

/** Bad input of one sort, and what it is bad for. */
interface Row {
  readonly values: readonly Expression[];
  fits(role: Role, value: Expression): boolean;
}

const strings = (...values: string[]): readonly Expression[] => values;

/** Names of properties and of arguments by what they hold. */
const NAMES = /^(name|id|namespace|poolName|className|gateway|gatewayNamespace|listener|proxyNamespace|controllerNamespace|storageClassName|software|container|secretName|authentication|pullSecrets|portName)$/;
const NAMED_BY_FIRST = /^(ExistingCluster|PlatformChart|PlatformNamespace|ModelServingApp|AutoscaledFrontend|TerraformStack|azure\.(ResourceGroup|AksCluster)|google\.GkeCluster|alicloud\.(Network|AckCluster))$/;
const NAMED_BY_ARGUMENT = /^(SecretFile\.existing|Tls\.\w+|ModelCache\.fromClaim|ModelSource\.volume|Priority\.\w+|Caller\.namespace|Egress\.namespace)$/;

const isName = ({ callee, argument, property }: Role) => NAMES.test(property)
  || (property === '' && ((NAMED_BY_FIRST.test(callee) && argument === 1) || (NAMED_BY_ARGUMENT.test(callee) && argument <= 1)));

// An id is a part of every message, whatever it is.
const isText = ({ callee, argument, property }: Role, value: Expression) => (
  typeof value === 'string' && !(property === '' && ((NAMED_BY_FIRST.test(callee) && argument === 1) || (/NodePool$/.test(callee) && argument === 0))));

/** The project's list of what must be refused, by its letters; what a judge accepts all the same is no fault. */
export const CORPUS: readonly Row[] = [
  // A: names and files
  {
    values: strings('Upper', 'under_score', '-lead', 'trail-', 'trail.', '', 'a b', 'x'.repeat(47), 'x'.repeat(64), 'x'.repeat(254), '1digit', 'é', '模型', '../../evil', 'a/b', 'a.b', 'a\nb',
      'a\u2028b', '.', '..', 'kube-system', 'default', 'kubernetes', 'default-deny', 'system-x', 'constructor', '__proto__', '-', 'A'.repeat(300)),
    fits: (role, value) => typeof value === 'string' && isName(role),
  },
  // B: labels, annotations, data
  {
    values: strings('x'.repeat(64), 'a b', 'a/b', 'trail-', '-', '.a', 'ä', 'a\u2028b', ' a', '', 'x'.repeat(300_000)),
    fits: ({ property }, value) => typeof value === 'string' && /(labels|Labels|Annotations|annotations)\.entry$/.test(property),
  },
  // C: containers
  {
    values: strings('', 'nginx', 'nginx:', 'nginx:latest', 'Nginx:1', 'a b:1', 'nginx:1\n', 'nginx:${TAG}', 'nginx@sha256:abc', ':1', '/nginx:1', 'nginx:1:2', `x:${'t'.repeat(129)}`, 'http://r/x:1',
      'nginx:1\u2028  securityContext:\u2028    privileged: true', `${'r'.repeat(256)}:1`, 'docker.io/A/b:1', 'a//b:1', 'localhost:99999/x:1', 'r:0/x:1', '[fe80::1%25eth0]/x:1', 'a/b___c:1', 'a.b/c:\uff11'),
    fits: ({ property }, value) => typeof value === 'string' && /^(image|downloaderImage)$/.test(property),
  },
  {
    values: [0, -1, 65536, 8080.5, 22, 1e9, '8080', -0],
    fits: ({ property, callee }, value) => typeof value === 'number' && (/port|Port/.test(property) || callee.startsWith('Egress.cidr')),
  },
  {
    values: strings('', 'relative', '/', '/a/', '//a', '/a/../b', '/..', '/a:b', '/a\nb', '/proc/x', '/sys', '/dev/shm', '/tmp', '/cache', '/mnt/models', '/a\u2028b', `/${'x'.repeat(5000)}`, '/var/run/secrets', '.'),
    fits: ({ property, callee }, value) => typeof value === 'string' && (/^(folder|path|appRoot|modelRepository|modelBasePath|workingDir|healthPath)$/.test(property) || /inImage|HealthCheck\.http/.test(callee)),
  },
  {
    values: strings('', 'a\0b', '\ud800', 'x\udc00', '[object Object]', '${TfToken[TOKEN.0]}', 'n--8.1095622125913805e+298', 'a\x7fb', 'a\ufffe', 'x'.repeat(140_000), 'a\u2028b', '$(A)', 'hf_abcdefghijklmnopqrstuvwxyzABCDEFGH',
      '-----BEGIN RSA PRIVATE KEY-----', 'https://user:pass@example.com', '--port=1', '--model=x', '-b', '--hf-token=abc'),
    fits: isText,
  },
  // D: numbers and quantities
  {
    values: [0, -1, 1.5, -0, NaN, Infinity, 2 ** 31, 2 ** 31 - 1, 2 ** 32, 1e21, 2 ** 53, '3', 1e-9, 1_000_001, 100_000],
    fits: (_, value) => typeof value === 'number',
  },
  {
    values: [
      call('Size.kibibytes', 0), call('Size.kibibytes', 1), call('Size.mebibytes', 1), call('Size.pebibytes', 1e6), call('Size.gibibytes', 1e21), call('Size.pebibytes', 8), call('Size.gibibytes', 1.5),
      call('Size.gibibytes', 100_000), 5, '5Gi', new Literal('{ amount: 1 }', () => ({ amount: 1 })),
    ],
    fits: ({ callee }, value) => isCallTo(value, 'Size.') && callee !== '',
  },
  {
    values: [
      call('Duration.millis', 500), call('Duration.millis', 1500), call('Duration.seconds', 0), call('Duration.days', 400), call('Duration.seconds', 1e12), call('Duration.minutes', 0.5), call('Duration.seconds', NaN),
      call('Duration.seconds', Infinity), 5, '5s', call('Duration.seconds', 86400), call('Duration.seconds', 3600), call('Duration.seconds', 1),
    ],
    fits: ({ callee }, value) => isCallTo(value, 'Duration.') && callee !== '',
  },
  {
    values: [
      call('kplus.Cpu.millis', 0), call('kplus.Cpu.millis', -100), call('kplus.Cpu.millis', 0.5), call('kplus.Cpu.millis', NaN), call('kplus.Cpu.units', 1e-7), call('kplus.Cpu.millis', 1e12), call('kplus.Cpu.units', 0.1 + 0.2),
      '1', 1, call('kplus.Cpu.millis', 1e21), call('kplus.Cpu.units', 1000), call('kplus.Cpu.millis', 1),
    ],
    fits: (_, value) => isCallTo(value, 'kplus.Cpu.'),
  },
  // E: what doesn't fit together
  {
    values: strings('Bad_Host!', '*.*.example.com', '*', '10.0.0.1', 'example.com.', 'http://example.com', 'example.com/path', 'a b', '', 'exa mple.com', 'Example.com', `${'a'.repeat(64)}.com`, 'localhost', 'a..b', '-a.b', 'é.com', '*.example.com.', 'a.*.b', '*a.example.com', 'a_b.example.com', 'xn--.com\u200b'),
    fits: ({ property }, value) => typeof value === 'string' && /^(hosts|dnsName)$/.test(property),
  },
  {
    values: strings('300.0.0.0/8', '10.0.0.0/99', '10.0.0.1/8', '10.0.0.0', '::/129', '10.0.0.0/08', '010.0.0.0/8', '::ffff:10.0.0.0/104', 'fe80::1%eth0/64', '0.0.0.0/0', '::/0', '10.0.0.0/-1', ' 10.0.0.0/8', '2001:DB8::/32', '0x0a.0.0.0/8', '10.0.0.0/+8', '\uff11\uff10.0.0.0/8', '1::2::3/64', '2001:db8::1/32'),
    fits: (_, value) => typeof value === 'string' && /^[0-9a-f.:]+\/\d+$/.test(value),
  },
  {
    values: strings('99 * * * *', 'abc', '', '* * * *', '* * * * * *', '@daily', '0 8 * * 8', '0-70 * * * *', '*/0 * * * *', '0 8 * * MON', 'TZ=UTC 0 8 * * *', '0 8 31 2 *', '7 20 * * *'),
    fits: ({ property }, value) => typeof value === 'string' && /^(start|end)$/.test(property),
  },
  { values: strings('Mars/Olympus', '', '+02:00', 'europe/berlin', 'CET', 'UTC+1'), fits: ({ property }, value) => typeof value === 'string' && property === 'timezone' },
  { values: strings('garbage', '', 'noschedule', 'NoExecute'), fits: ({ property }, value) => typeof value === 'string' && property === 'effect' },
  {
    values: strings('sum(', '', 'x', 'sum by (pod) (x)', 'x[5m]', 'sum(x) > bool', 'sum(x\u2028)', '"text"', '1', 'rate(x[5m])', 'count_values("a", x)', 'sum(x) or sum(y)', 'topk(2, x)', 'sum(x{a="\\z"})'),
    fits: ({ property }, value) => typeof value === 'string' && property === 'query',
  },
  {
    values: strings('', 'ftp://x', 'http://', 'x', 'http://user:pass@x', 'https://x?y=z', 'http://x#y', 'http://x y', 'http://x:99999', 's3://', 's3://A', 'gs://a..b', 's3://bucket/../x', 'https://a.blob.core.windows.net/c?sig=abc',
      'https://models.blob.core.windows.net/--', 'a', 'a/b/c', '/b', 'a/', 'a b/c', 'a--b/c', 'x'.repeat(97)),
    fits: ({ property, callee, argument }, value) => typeof value === 'string' && (/^(address|endpoint)$/.test(property) || (/^ModelSource\.(s3|gcs|azureBlob|huggingFace)$/.test(callee) && argument === 0 && property === '')),
  },
  {
    values: strings('1.26', '1', '1.33.1', 'v1.33', '2.0', '', '0.5.9', 'latest', '25.13', '25', '0.11', '1.100', '1.027'),
    fits: ({ property }, value) => typeof value === 'string' && /[vV]ersion$/.test(property),
  },
  { values: strings('8g.10gb', '1g.10', '', '1G.10GB', '1g.10gb+me', '7g.80gb', '3g.20gb', 'all'), fits: ({ property }, value) => typeof value === 'string' && property === 'migProfile' },
  { values: strings('11111111-2222', '', 'x'.repeat(36), '11111111-2222-3333-4444-55555555555G'), fits: ({ property }, value) => typeof value === 'string' && /(client|tenant)Id/.test(property) },
  { values: strings('a@b.c', '', 'arn:aws:iam::1:role/x', 'arn:aws:s3:::x', 'me@project.iam.gserviceaccount.com '), fits: ({ property }, value) => typeof value === 'string' && /^(serviceAccountEmail|roleArn)$/.test(property) },
  // H and I: what Terraform evaluates, and what providers refuse late
  {
    values: strings('GpuPool_toolong', 'gpu-pool!', '', 'x'.repeat(66), '1pool', 'system', 'user', '../x', 'é', '${file("/etc/passwd")}', 'a%{if x}b', '__proto__', 'a b', 'UPPER', '\ud800'),
    fits: ({ callee, argument, property }, value) => typeof value === 'string' && /\.add(Gpu)?NodePool$/.test(callee) && argument === 0 && property === '',
  },
  {
    values: strings('', 'Standard_NC6', 'Standard_D2s', 'n1-standard-4', 'Standard_NC24ads_A100_v4', 'a2-ultragpu-8g', 'ecs.gn7e-c16g1.32xlarge', '${var.size}', 'e2-micro', 'Standard_B2s', 'standard_d4ds_v5', 'x'.repeat(300)),
    fits: ({ property }, value) => typeof value === 'string' && /^(machineType|systemMachineType)$/.test(property),
  },
  {
    values: strings('', 'mars', 'us-central1', 'us-central1-z9', 'europe-west1-b', '4', '${var.zone}', 'West Europe', 'westeurope ', '-1', 'cn-hangzhou-h'),
    fits: ({ property }, value) => typeof value === 'string' && /^(location|zones)$/.test(property),
  },
  {
    values: strings('', '1.2', '1.99', 'latest', '1.35-gke.1', 'v1.35', '1.35.', '${var.version}', '1.20.11-aliyun.1'),
    fits: ({ property, callee }, value) => typeof value === 'string' && property === 'kubernetesVersion' && callee !== 'PlatformApp',
  },
  {
    values: strings('${var.x}', '%{ for x in y }', '${azurerm_resource_group.a.name}', '${TfToken[TOKEN.1]}', '$${x}', 'a${"b"}'),
    fits: ({ callee }, value) => typeof value === 'string' && /^(azure|google|alicloud|made|Capacity)\b/.test(callee),
  },
];

function isCallTo(value: Expression, prefix: string): boolean {
  return typeof value === 'object' && 'callee' in value && typeof value.callee === 'string' && value.callee.startsWith(prefix);
}
