import { invalid } from '../../private/errors';
import { checkLabels } from '../../private/labels';
import { checkDnsLabel } from '../../private/names';
import { checkPort, isToken } from '../../private/numbers';
import { checkList } from '../../private/props';
import { namespacePeer, PolicyPeer } from '../policy-rules';

/** The pods of a namespace whose name is checked. */
export function checkNamespace(where: string, prop: string, name: string): PolicyPeer {
  return namespacePeer(isToken(name) ? name : checkDnsLabel(where, prop, name));
}

/** Pods by checked labels; the keys are sorted, so that the order in which a program gives them changes nothing. */
export function podsPeer(where: string, labels: { [key: string]: string }, namespace?: string): PolicyPeer {
  if (typeof labels !== 'object' || labels === null || Object.keys(labels).length === 0) {
    throw invalid(where, 'labels', labels, 'have at least one label', 'for all pods of a namespace use its name');
  }
  checkLabels(where, 'labels', labels);
  const matchLabels = Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...(namespace === undefined ? {} : checkNamespace(where, 'namespace', namespace)),
    podSelector: { matchLabels },
  };
}

/** Ports that are valid and each there once; an empty list would mean every port, so it is refused. */
export function checkPorts(where: string, ports: number[]): number[] {
  const list = checkList(where, 'ports', ports);
  if (list.length === 0) {
    throw invalid(where, 'ports', ports, 'have at least one port', 'leave it out to take the default');
  }
  list.forEach((port, i) => {
    checkPort(where, `ports[${i}]`, port);
    if (ports.indexOf(port) < i) { throw invalid(where, `ports[${i}]`, port, 'be in the list once', 'remove it'); }
  });
  return ports;
}
