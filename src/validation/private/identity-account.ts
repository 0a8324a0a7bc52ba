import { pathOf } from '../../private/errors';
import { bindingsOf } from '../../private/identity-bindings';
import type { ClusterRule } from '../../private/rules';

/** An identity is given to service accounts that the program makes, or whose namespace it says nothing of. */
export const identityAccount: ClusterRule = {
  id: 'identity-account',
  check(facts, report) {
    if (!facts.cluster) { return; }
    for (const { identity, namespace, serviceAccountName, cluster } of bindingsOf(facts.cluster)) {
      if (cluster !== facts.cluster || facts.serviceAccounts.has(`${namespace}/${serviceAccountName}`)) { continue; }
      // An object without a namespace goes to the default one.
      if (namespace === 'default' && facts.serviceAccounts.has(`/${serviceAccountName}`)) { continue; }
      const near = [...facts.serviceAccounts].find(account => account.endsWith(`/${serviceAccountName}`));
      report.refuse([identity], `${pathOf(identity)}: is given to the service account "${namespace}/${serviceAccountName}", which nothing in the program makes; must be given to one that exists${near ? `, such as "${near.replace(/^\//, 'default/')}"` : ''}; make the account, or correct its name and namespace`);
    }
  },
};
