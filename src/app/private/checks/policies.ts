import { isCidr, isDnsLabel, isPort, isPortName, isSubdomain } from './formats';
import { checkSelector } from './metadata';
import { Report } from './report';
import { checkAmount } from './resources';
import { checkNumberOrPercent } from './workloads';

/** NetworkPolicies. */
export function checkNetworkPolicy(manifest: any, report: Report): void {
  const spec = report.map('spec', manifest.spec);
  checkSelector(spec.podSelector, 'spec.podSelector', report);
  for (const type of report.list('spec.policyTypes', spec.policyTypes)) { report.oneOf('spec.policyTypes', type, ['Ingress', 'Egress']); }
  for (const [direction, peers] of [['ingress', 'from'], ['egress', 'to']]) {
    report.list(`spec.${direction}`, spec[direction]).forEach((rule, i) => {
      report.list(`spec.${direction}[${i}].${peers}`, rule?.[peers]).forEach((peer, j) => checkPeer(peer, `spec.${direction}[${i}].${peers}[${j}]`, report));
      report.list(`spec.${direction}[${i}].ports`, rule?.ports).forEach((port, j) => checkPolicyPort(port, `spec.${direction}[${i}].ports[${j}]`, report));
    });
  }
}

function checkPeer(peer: any, at: string, report: Report): void {
  const { ipBlock, podSelector, namespaceSelector } = report.map(at, peer);
  if (ipBlock !== undefined) {
    if (podSelector !== undefined || namespaceSelector !== undefined) { report.refuse(at, Object.keys(peer), 'have an ipBlock or selectors, not both'); }
    if (!isCidr(ipBlock?.cidr)) { report.refuse(`${at}.ipBlock.cidr`, ipBlock?.cidr, 'be an address and the length of its prefix, such as 10.0.0.0/8'); }
    report.list(`${at}.ipBlock.except`, ipBlock?.except).filter(range => !isCidr(range))
      .forEach(range => report.refuse(`${at}.ipBlock.except`, range, 'be an address and the length of its prefix, such as 10.0.0.0/8'));
  } else if (podSelector === undefined && namespaceSelector === undefined) {
    report.refuse(at, peer, 'have an ipBlock, a podSelector or a namespaceSelector');
  }
  checkSelector(podSelector, `${at}.podSelector`, report);
  checkSelector(namespaceSelector, `${at}.namespaceSelector`, report);
}

function checkPolicyPort(given: any, at: string, report: Report): void {
  const { protocol, port, endPort } = report.map(at, given);
  report.oneOf(`${at}.protocol`, protocol, ['TCP', 'UDP', 'SCTP']);
  if (port !== undefined && !isPort(port) && !isPortName(port)) {
    report.refuse(`${at}.port`, port, 'be a whole number from 1 to 65535, or the name of a container\'s port');
  }
  if (endPort === undefined) { return; }
  if (typeof port !== 'number') {
    report.refuse(`${at}.endPort`, endPort, 'be left out without a port that is a number');
  } else {
    report.integer(`${at}.endPort`, endPort, port, 65535);
  }
}

/** PodDisruptionBudgets. */
export function checkDisruptionBudget(manifest: any, report: Report): void {
  const { minAvailable, maxUnavailable, selector } = report.map('spec', manifest.spec);
  if ((minAvailable === undefined) === (maxUnavailable === undefined)) {
    report.refuse('spec', { minAvailable, maxUnavailable }, 'have minAvailable or maxUnavailable, and not both', 'maxUnavailable: 1 fits most');
  }
  checkNumberOrPercent(minAvailable, 'spec.minAvailable', report, 100);
  checkNumberOrPercent(maxUnavailable, 'spec.maxUnavailable', report, 100);
  checkSelector(selector, 'spec.selector', report);
}

/** RoleBindings and ClusterRoleBindings. */
export function checkBinding(manifest: any, report: Report): void {
  const { kind, name } = report.map('roleRef', manifest.roleRef);
  report.oneOf('roleRef.kind', kind ?? '', ['Role', 'ClusterRole']);
  if (typeof name !== 'string' || name === '') { report.refuse('roleRef.name', name, 'be the name of a role'); }
  report.list('subjects', manifest.subjects).forEach((subject, i) => {
    report.oneOf(`subjects[${i}].kind`, subject?.kind ?? '', ['User', 'Group', 'ServiceAccount']);
    if (typeof subject?.name !== 'string' || subject.name === '') { report.refuse(`subjects[${i}].name`, subject?.name, 'be a name'); }
    if (subject?.kind !== 'ServiceAccount') { return; }
    if (!isSubdomain(subject.name)) { report.refuse(`subjects[${i}].name`, subject.name, 'be the name of a service account'); }
    // a RoleBinding's own namespace is meant when there is none
    if (!isDnsLabel(subject.namespace) && !(manifest.kind === 'RoleBinding' && subject.namespace === undefined)) { report.refuse(`subjects[${i}].namespace`, subject.namespace, 'be the namespace of the service account'); }
  });
}

/** ResourceQuotas. */
export function checkQuota(manifest: any, report: Report): void {
  const hard = report.map('spec.hard', manifest.spec?.hard);
  for (const name of Object.keys(hard)) { checkAmount(/cpu$/.test(name) ? 'cpu' : 'storage', hard[name], `spec.hard.${name}`, report); }
}

/** PriorityClasses. */
export function checkPriority(manifest: any, report: Report): void {
  report.integer('value', manifest.value ?? NaN, -2147483648, 1000000000);
}
