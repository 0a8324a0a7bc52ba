import * as fc from 'fast-check';
import { Choice, dictionary, once } from './choice';
import { SCALARS } from '../../../test/app/scalars';

/** Text that a manifest can carry, dense in what readers of YAML get wrong. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...SCALARS.filter(isSound)),
  fc.string({ unit: 'binary', maxLength: 20 }).filter(isSound),
  fc.string({ unit: 'grapheme', maxLength: 60 }).filter(isSound),
  fc.constantFrom('info', '模型', 'été', '🦙', 'مرحبا', 'a\u2028b', 'a\u0085b', '\ufeff', 'line\nline\n', ' \t ', '{"a":1}', '$(HOME)', 'x'.repeat(2000)),
);

function isSound(value: string): boolean {
  return !/[\0\x7f-\x84\x86-\x9f\ufffe\uffff]|\p{Cs}|\[object Object\]|TfToken\[|\$\{Token|\de\+2[89]\d/u.test(value);
}

/** A DNS label, short or as long as one may be. */
export const dnsLabel = once((longest: number = 63): fc.Arbitrary<string> => fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/) },
  { weight: 1, arbitrary: fc.constantFrom('a', '0', 'a'.repeat(longest), `a${'-'.repeat(longest - 2)}9`, '1-2', 'true', 'null', 'constructor') },
).filter((name) => name.length <= longest));

/** A Service's name. */
export const workloadName: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'x'.repeat(46), `v${'-'.repeat(44)}1`, 'vllm', 'true', 'y', 'null', 'e1', 'o0') },
);

/** The name of most objects. */
export const subdomain: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: dnsLabel() },
  { weight: 1, arbitrary: fc.array(dnsLabel(20), { minLength: 2, maxLength: 4 }).map((parts) => parts.join('.')) },
  { weight: 1, arbitrary: fc.constantFrom('a'.repeat(253), `${'a.'.repeat(126)}b`, '1.2', '0') },
);

/** A part of the key of a label, and the value of one. */
const word = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,8}[A-Za-z0-9])?$/) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'B', 'x'.repeat(63), `X${'.-_'.repeat(20)}9`, 'constructor', 'toString', 'yes', '1e3', '0o17', '0B1', 'null', '5') },
).filter((value) => value.length <= 63);

/** Only the user's own: those of Kubernetes and of the library mean something. */
const domain = fc.constantFrom('example.com/', 'a.b.c/', 'x/', `${'d'.repeat(63)}.example/`, '1.2.3/');

export const labelKey = fc.oneof(word, fc.tuple(domain, word).map((parts) => parts.join('')));
export const labelValue = fc.oneof({ weight: 5, arbitrary: word }, fc.constant(''));
export const labels = once((minimum: number = 0): Choice => dictionary(labelKey, labelValue, minimum));
export const annotations: Choice = dictionary(labelKey, text);

/** What names a secret must not hold one, and what a server sets itself is not for others. */
const RESERVED = /secret|passw|passphrase|credential|bearer|key|token|pwd|sas|string|^(home|user|logname|xdg|hf_|vllm|torch|triton|numba|keras|aml|azureml|worker|gunicorn|scoring|model|omp|mplconfig|matplotlib)/i;

export const variable: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/),
  fc.constantFrom('LOG_LEVEL', 'a', '_', '_1', 'constructor', 'toString', 'y', 'V'.repeat(256), 'LANG', 'PORT', 'http_proxy'),
).filter((name) => !RESERVED.test(name));

/** An image with a version. */
export const image: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom('', 'docker.io/', 'registry.example.com/', 'registry.example.com:5000/', 'localhost/', '10.0.0.1:5000/', '[2001:db8::1]:5000/'),
  fc.oneof(
    fc.stringMatching(/^[a-z0-9]{1,8}(\/[a-z0-9]{1,8}([._-][a-z0-9]{1,4})?){0,2}$/),
    fc.constantFrom('app', 'team/app__x', 'a---b', `a/${'b'.repeat(200)}`),
  ),
  fc.oneof(
    fc.stringMatching(/^:[A-Za-z0-9_][A-Za-z0-9_.-]{0,10}$/).filter((tag) => tag !== ':latest'),
    fc.constantFrom(':1', ':1.0', ':0o17', `:${'t'.repeat(128)}`, ':v1.2.3-rc.1', ':_', ':-'.replace('-', '___'), `@sha256:${'0'.repeat(64)}`, `:1e3@sha512:${'a'.repeat(128)}`,
      `:latest@sha256:${'f'.repeat(64)}`),
  ),
).map((parts) => parts.join(''));

/** A folder of a container. */
export const folder: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^(\/[a-z0-9][a-zA-Z0-9_.-]{0,8}){1,3}$/),
  fc.constantFrom('/opt/model', '/a', '/srv/with space', '/模型', '/x.y', `/${'long/'.repeat(100)}end`),
).filter((path) => !/^\/(proc|sys|dev|tmp|cache|mnt|var|etc|usr|bin|sbin|boot|lib\w*)(\/|$)/.test(path) && !/\/\.\.?(\/|$)/.test(path));

/** The path of a request. */
export const requestPath: fc.Arbitrary<string> = fc.oneof(
  fc.stringMatching(/^(\/[a-zA-Z0-9_~-]{1,8}){1,3}\/?$/),
  fc.constantFrom('/', '/healthz', '/v1', '/v2/health/ready', '/a.b', '/x;y=z', '/~user', '/a%20b', '/a:b'),
);

export const host: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?$/), { minLength: 1, maxLength: 3 }).map((parts) => [...parts, 'example'].join('.')),
  fc.constantFrom('llm.example.com', '*.example.com', `${'a'.repeat(63)}.example`, `${'a.'.repeat(120)}example`, 'xn--80ak6aa92e.com'),
);

export const cidr: fc.Arbitrary<string> = fc.constantFrom(
  '10.0.0.0/8', '192.168.0.0/16', '203.0.113.7/32', '0.0.0.0/0', '172.16.0.0/12', '2001:db8::/32', '::/0', '2001:db8::1/128', 'fd00::/8', '100.64.0.0/10');

/** Words that are no command in one text, which the library takes for a mistake. */
export const command = (words: Choice): Choice => words.filter((all) => {
  const [first, ...others] = all as unknown[];
  return others.length > 0 || typeof first !== 'string' || !/\s/.test(first.trim());
});
