import { pathOf } from '../../private/errors';
import { bindingsOf, isTaken } from '../../private/identity-bindings';
import type { ClusterRule } from '../../private/rules';

/** An identity is given to service accounts that the program makes, or that are in a namespace where it makes nothing. */
export const identityAccount: ClusterRule = {
  id: 'identity-account',
  check(facts, report) {
    if (!facts.cluster) { return; }
    const bindings = bindingsOf(facts.cluster).filter(({ cluster }) => cluster === facts.cluster);
    if (bindings.length === 0) { return; }
    // an object without a namespace goes to the default one
    const accounts = new Set([...facts.serviceAccounts].map(account => account.replace(/^\//, 'default/')));
    const namespaces = new Set([...[...accounts].map(account => account.split('/')[0]), ...facts.podSets.map(set => set.namespace || 'default')]);
    const bound = new Set(bindings.map(({ namespace, serviceAccountName }) => `${namespace}/${serviceAccountName}`));
    const free = new Map([...accounts].filter(account => !bound.has(account)).map(account => [account.split('/')[1], account]));
    for (const binding of bindings) {
      const { identity, namespace, serviceAccountName } = binding;
      // of Google's clusters several may trust one identity, so that what makes the account may run in another
      if (accounts.has(`${namespace}/${serviceAccountName}`) || isTaken(binding)) { continue; }
      const given = `${pathOf(identity)}: is given to the service account "${namespace}/${serviceAccountName}", which nothing in the program makes`;
      const near = free.get(serviceAccountName);
      if (namespaces.has(namespace)) {
        report.refuse([identity], `${given}; must be given to one that exists${near ? `, such as "${near}"` : ''}; make the account, or correct its name and namespace`);
      } else if (near) {
        // who made it otherwise made it where nothing of the program's is
        report.warn([identity], `${given}, but "${near}", which no identity is given to; correct the namespace if that is meant`);
      }
    }
  },
};
