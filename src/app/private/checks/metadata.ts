import { isLabelValue, isQualifiedName } from './formats';
import { Report } from './report';
import { inQuotes } from '../../../private/text';

const KEY_RULE = 'be a key of at most 63 letters, digits, "-", "_" and ".", after a domain and "/" if there is one';
const VALUE_RULE = 'be a string of at most 63 letters, digits, "-", "_" and ".", that starts and ends with a letter or digit';
const MOST_ANNOTATIONS = 256 * 1024;

/** An object's, or a pod template's, labels and annotations. */
export function checkMetadata(metadata: any, at: string, report: Report): void {
  checkLabels(metadata?.labels, `${at}.labels`, report);
  const annotations = report.map(`${at}.annotations`, metadata?.annotations);
  let size = 0;
  for (const key of Object.keys(annotations)) {
    const value = annotations[key];
    if (!isQualifiedName(key)) { report.refuse(`${at}.annotations`, key, KEY_RULE); }
    if (typeof value !== 'string') {
      report.refuse(`${at}.annotations.${key}`, value, 'be a string', inQuotes(value));
    } else {
      size += Buffer.byteLength(key) + Buffer.byteLength(value);
    }
  }
  if (size > MOST_ANNOTATIONS) {
    report.refuse(`${at}.annotations`, `${size} bytes`, `have at most ${MOST_ANNOTATIONS} bytes together`, 'put long texts into a ConfigMap');
  }
}

/** Labels, and the maps that select by them. */
export function checkLabels(labels: unknown, at: string, report: Report): void {
  const map = report.map(at, labels);
  for (const key of Object.keys(map)) {
    if (!isQualifiedName(key)) { report.refuse(at, key, KEY_RULE); }
    if (!isLabelValue(map[key])) { report.refuse(`${at}.${key}`, map[key], VALUE_RULE); }
  }
}

/** A label selector. */
export function checkSelector(selector: unknown, at: string, report: Report): void {
  const { matchLabels, matchExpressions } = report.map(at, selector);
  checkLabels(matchLabels, `${at}.matchLabels`, report);
  report.list(`${at}.matchExpressions`, matchExpressions).forEach((expression, i) => {
    const where = `${at}.matchExpressions[${i}]`;
    report.oneOf(`${where}.operator`, expression?.operator ?? '', ['In', 'NotIn', 'Exists', 'DoesNotExist']);
    if (!isQualifiedName(expression?.key)) { report.refuse(`${where}.key`, expression?.key, 'be a label\'s key'); }
    const values = report.list(`${where}.values`, expression?.values);
    const wants = expression?.operator === 'In' || expression?.operator === 'NotIn';
    if (wants !== values.length > 0) {
      report.refuse(`${where}.values`, values, wants ? 'have at least one value' : `be left out with the operator ${expression?.operator}`);
    }
    values.filter(value => !isLabelValue(value)).forEach(value => report.refuse(`${where}.values`, value, VALUE_RULE));
  });
}

/** Whether a label selector selects labels. */
export function selects(selector: any, labels: { [key: string]: string }): boolean {
  return Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value)
    && (Array.isArray(selector?.matchExpressions) ? selector.matchExpressions : []).every((expression: any) => {
      const { key, operator, values } = expression ?? {};
      const has = Object.hasOwn(labels, key);
      const listed = has && Array.isArray(values) && values.includes(labels[key]);
      return { In: listed, NotIn: !listed, Exists: has, DoesNotExist: !has }[operator as string] ?? false;
    });
}
