import { isDnsLabel, isSubdomain } from './formats';
import { Report } from './report';
import { BUILT_IN } from '../kinds';

/** What an object is: its API version and kind, its name and its namespace. */
export function checkIdentity(manifest: any, report: Report): void {
  checkKind(manifest, report);
  const { name, namespace } = report.map('metadata', manifest.metadata);
  if (namespace !== undefined && !isDnsLabel(namespace)) {
    report.refuse('metadata.namespace', namespace, 'be at most 63 lower case letters, digits and "-", that starts and ends with a letter or digit');
  }
  checkName(manifest, name, report);
}

/** The kinds in good order that were seen, by API version. */
const sound = new Map<unknown, Set<unknown>>();

function checkKind({ apiVersion, kind }: any, report: Report): void {
  if (sound.get(apiVersion)?.has(kind)) { return; }
  if (typeof kind !== 'string' || !/^[A-Za-z][A-Za-z0-9]*$/.test(kind)) {
    report.refuse('kind', kind, 'be the name of a kind: letters and digits, the first a letter');
    return;
  }
  const [, group, version] = /^(?:([a-z0-9.-]+)\/)?([a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)$/.exec(typeof apiVersion === 'string' ? apiVersion : '') ?? [];
  // who defines a resource may call its versions anything
  if (version === undefined || (group === undefined && !/^v\d+((alpha|beta)\d+)?$/.test(version)) || (group !== undefined && !isSubdomain(group))) {
    report.refuse('apiVersion', apiVersion, 'be a version, such as "v1", after an API group and "/" if there is one');
    return;
  }
  const known = BUILT_IN[group ?? 'core'];
  if (known && !known.versions.includes(version)) {
    report.refuse('apiVersion', apiVersion, 'be a version that Kubernetes still serves', `write "${group ? `${group}/` : ''}${known.versions[0]}"`);
  } else if (known && !known.namespaced.includes(kind) && !known.cluster.includes(kind)) {
    const group_ = group ? `the group "${group}"` : 'the core group';
    report.refuse('kind', kind, `be a kind of ${group_}`, `one of ${[...known.namespaced, ...known.cluster].join(', ')}`);
  } else {
    sound.set(apiVersion, (sound.get(apiVersion) ?? new Set()).add(kind));
  }
}

const LABEL_RULE = 'be lower case letters, digits and "-", and start and end with a letter or digit';
const SUBDOMAIN_RULE = 'be at most 253 lower case letters, digits, "-" and ".", each part starting and ending with a letter or digit';
/** Kinds whose names become a part of others, with the longest that fits. */
const LONGEST: { [kind: string]: [number, string] } = {
  CronJob: [52, 'so that its jobs, "<name>-<time>", have valid names'],
  StatefulSet: [52, 'so that its pods\' label with its revision fits'],
  Job: [63, 'because its pods have it as a label'],
  Deployment: [242, 'so that its ReplicaSets, "<name>-<hash>", have valid names'],
  DaemonSet: [242, 'so that its revisions, "<name>-<hash>", have valid names'],
};
/** Kinds whose pods have as much of the name as fits. */
const CUT = ['Deployment', 'DaemonSet', 'ReplicaSet'];

function checkName({ apiVersion, kind }: any, name: unknown, report: Report): void {
  const group = typeof apiVersion === 'string' ? apiVersion.split('/')[0] : '';
  if (group === 'rbac.authorization.k8s.io' || kind === 'CertificateSigningRequest' || kind === 'Event') {
    if (typeof name !== 'string' || name === '' || name === '.' || name === '..' || /[/%]/.test(name)) {
      report.refuse('metadata.name', name, 'be a name without "/" and "%"', 'rename it');
    }
  } else if (kind === 'Service' && apiVersion === 'v1') {
    if (!isDnsLabel(name) || !/^[a-z]/.test(name)) {
      report.refuse('metadata.name', name, 'be at most 63 lower case letters, digits and "-", that start with a letter and end with a letter or digit', 'rename it');
    }
  } else if (kind === 'Namespace' && apiVersion === 'v1') {
    if (!isDnsLabel(name)) { report.refuse('metadata.name', name, `${LABEL_RULE}, and have at most 63 characters`, 'rename it'); }
  } else if (!isSubdomain(name)) {
    report.refuse('metadata.name', name, SUBDOMAIN_RULE, 'rename it');
  } else if (group === 'apps' || group === 'batch') {
    const [max, why] = LONGEST[kind] ?? [253, ''];
    if (name.length > max) { report.refuse('metadata.name', name, `have at most ${max} characters, ${why}`, `shorten it by ${name.length - max}`); }
    if (CUT.includes(kind) && name.length > longestUncut(report)) {
      report.warn(`its name has ${name.length} characters, so that Kubernetes cuts it in those of its pods, "<name>-<hash>-<suffix>", which then don't tell their rollouts apart; have at most 52`);
    }
  }
}

/** A name that cdk8s makes of an id is cut at 63 characters, and nobody gave it. */
function longestUncut({ source }: Report): number {
  return (source as any).props?.metadata?.name === undefined ? 63 : 52;
}
