import { IConstruct } from 'constructs';
import { invalid } from './errors';
import { isToken } from './numbers';
import { checkMap } from './props';

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const DOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Checks label keys and values, which selectors share: `release: 'kube-prometheus-stack'`. */
export function checkLabels(where: IConstruct | string, prop: string, labels: { [key: string]: string }): { [key: string]: string } {
  for (const [key, value] of Object.entries(checkMap(where, prop, labels, 'strings', '{ team: "vision" }'))) {
    checkLabelKey(where, `${prop}.${key}`, key);
    if (isToken(value)) { continue; }
    if (typeof value !== 'string' || (value !== '' && !NAME.test(value))) {
      throw invalid(where, `${prop}.${key}`, value,
        'be a string of at most 63 letters, digits, "-", "_" and ".", that starts and ends with a letter or digit');
    }
  }
  return labels;
}

/** Checks a label's key: a name, or a domain, "/" and a name. */
export function checkLabelKey(where: IConstruct | string, prop: string, key: string): string {
  const slash = key.indexOf('/');
  const domain = key.slice(0, Math.max(slash, 0));
  if (!NAME.test(key.slice(slash + 1)) || (slash >= 0 && (domain.length > 253 || !DOMAIN.test(domain)))) {
    throw invalid(where, prop, key, 'be a label\'s key: at most 63 letters, digits, "-", "_" and ".", after a domain and "/" if there is one');
  }
  return key;
}
