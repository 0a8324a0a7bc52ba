import { isIP } from 'net';

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;

/** A list as it is; nothing where something else was given, which other checks refuse. */
export function arrayOf(value: unknown): any[] {
  return Array.isArray(value) ? value : [];
}

/** An RFC 1123 label: a namespace, a container. */
export function isDnsLabel(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 63 && LABEL.test(value);
}

/** An RFC 1123 subdomain: what most objects may be called. */
export function isSubdomain(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 253 && (LABEL.test(value) || value.split('.').every(part => LABEL.test(part)));
}

/** An IANA service name, which ports have. */
export function isPortName(value: unknown): value is string {
  return typeof value === 'string' && PORT_NAME.test(value);
}

const labelValues = remembered(value => value === '' || LABEL_VALUE.test(value));
const qualifiedNames = remembered(value => {
  const slash = value.indexOf('/');
  return LABEL_VALUE.test(value.slice(slash + 1)) && (slash < 0 || isSubdomain(value.slice(0, slash)));
});

/** What a label's value may be. */
export function isLabelValue(value: unknown): value is string {
  return typeof value === 'string' && labelValues(value);
}

/** What the key of a label or annotation may be: a name, or a domain, "/" and a name. */
export function isQualifiedName(value: unknown): value is string {
  return typeof value === 'string' && qualifiedNames(value);
}

/** A port: 1 to 65535. */
export function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}

/** An address and the length of its prefix. */
export function isCidr(value: unknown): value is string {
  const [, address, prefix] = (typeof value === 'string' && /^([^/%]+)\/(0|[1-9]\d{0,2})$/.exec(value)) || [];
  const version = isIP(address ?? '');
  return version !== 0 && Number(prefix) <= (version === 4 ? 32 : 128);
}

/** A host name, of which the first part may be "*". */
export function isHost(value: unknown): value is string {
  return typeof value === 'string' && isSubdomain(value.replace(/^\*\./, '')) && value !== '*.';
}

const QUANTITY = /^([+-]?(?:\d+(?:\.\d*)?|\.\d+))(?:([KMGTPE])i|([numkMGTPE])|[eE]([+-]?\d+))?$/;
const BINARY = ' KMGTPE';
const DECIMAL: { [suffix: string]: number } = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const quantities = new Map<string, number>();

/** A quantity's value; NaN when it is none. */
export function quantity(value: unknown): number {
  if (typeof value === 'number') { return Number.isFinite(value) ? value : NaN; }
  if (typeof value !== 'string') { return NaN; }
  let result = quantities.get(value);
  if (result === undefined) {
    const [, number, binary, decimal, exponent] = QUANTITY.exec(value) ?? [];
    result = number === undefined ? NaN : binary
      ? Number(number) * 1024 ** BINARY.indexOf(binary)
      : Number(`${number}e${exponent ?? DECIMAL[decimal] ?? 0}`);
    remember(quantities, value, result);
  }
  return result;
}

/** Equal strings abound in an app: each is judged once. */
function remembered(judge: (value: string) => boolean): (value: string) => boolean {
  const known = new Map<string, boolean>();
  return value => known.get(value) ?? remember(known, value, judge(value));
}

function remember<T>(known: Map<string, T>, key: string, value: T): T {
  if (known.size > 10000) { known.clear(); }
  known.set(key, value);
  return value;
}
