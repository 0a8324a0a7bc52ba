import { SecretFile } from '../../../identity';
import { invalid } from '../../../private/errors';
import { checkList, checkProps } from '../../../private/props';
import { DexOptions, DexUser, OidcConnector } from '../../dex-options';
import { ManifestSelector } from '../../manifest-selector';
import { Assembly } from '../assembly';
import { changed } from '../patches/changed';
import { yamlInString } from '../patches/embedded';
import { podSpecOf } from '../pods';

const CONFIG = ManifestSelector.of({ apiGroup: 'core', kind: 'ConfigMap', name: 'dex' });
const PROGRAM = ManifestSelector.of({ apiGroup: 'apps', kind: 'Deployment', name: 'dex' });

/** What Go takes for "true". */
const TRUE = /^(1|t|T|TRUE|true|True)$/;

/** Says who the users are. Secrets reach dex as variables of its environment. */
export function dex(assembly: Assembly, options: DexOptions): void {
  const { scope, inventory } = assembly;
  checkProps(scope, 'dex', options, { users: true, connectors: true });
  const users = checkList(scope, 'dex.users', options.users);
  const connectors = checkList(scope, 'dex.connectors', options.connectors);
  users.forEach((user, i) => checkUser(assembly, `dex.users[${i}]`, user));
  connectors.forEach((connector, i) => {
    if (!(connector instanceof OidcConnector)) { throw invalid(scope, `dex.connectors[${i}]`, connector, 'be an OidcConnector', 'for example OidcConnector.entra({ ... })'); }
  });
  once(assembly, 'dex.connectors', 'id', connectors.map(connector => connector.id));
  // dex finds users whatever the case of their addresses
  once(assembly, 'dex.users', 'email', users.map(user => user.email.toLowerCase()));
  if (users.length + connectors.length === 0) { throw invalid(scope, 'dex', options, 'have users or connectors', 'else nobody can log in'); }
  if (inventory.select(CONFIG).length === 0) {
    throw invalid(scope, 'dex', options, `be for manifests with dex, but there is no ConfigMap dex (authentication: ${assembly.facts.authentication})`, 'take Kubeflow 1.3 or newer');
  }
  const secrets = new Map<string, SecretFile>();
  users.forEach((user, i) => secrets.set(`DEX_USER_${i}_HASH`, user.passwordHash));
  connectors.forEach(connector => secrets.set(secretVariable(connector), connector._secret));
  assembly.patch(yamlInString('dex/users', CONFIG, '/data/config.yaml', {
    enablePasswordDB: users.length > 0,
    staticPasswords: users.length > 0 ? users.map(entryOf) : null,
    ...(connectors.length > 0 ? { connectors: connectors.map(configOf) } : {}),
  }, { max: 1 }));
  assembly.patch(changed('dex/secrets', PROGRAM, { max: 1 }, manifest => {
    const [container] = podSpecOf(manifest).containers;
    const expand = container.env?.find((variable: any) => variable?.name === 'DEX_EXPAND_ENV')?.value;
    if (connectors.length > 0 && expand !== undefined && !TRUE.test(expand)) {
      throw invalid(scope, 'dex.connectors', `DEX_EXPAND_ENV=${expand} in Deployment dex`, 'be for a dex that replaces variables in connectors, because secrets reach it as variables',
        'remove that variable');
    }
    const wanted = [...secrets].map(([name, { secretName, key }]) => ({ name, valueFrom: { secretKeyRef: { name: secretName, key } } }));
    container.env = [...(container.env ?? []).filter((variable: any) => !secrets.has(variable?.name)), ...wanted];
    return manifest;
  }));
}

/** Checks that a list has each name once, because of two with one name dex knows one. */
function once({ scope }: Assembly, list: string, prop: string, names: readonly string[]): void {
  names.forEach((name, i) => {
    const first = names.indexOf(name);
    if (first < i) { throw invalid(scope, `${list}[${i}].${prop}`, name, `be another than that of ${list}[${first}]`, 'rename it, or remove one of them'); }
  });
}

function checkUser({ scope }: Assembly, prop: string, user: DexUser): void {
  checkProps(scope, prop, user, { email: true, passwordHash: true, username: true });
  if (typeof user.email !== 'string' || !/^[^\s@]+@[^\s@]+$/.test(user.email)) { throw invalid(scope, `${prop}.email`, user.email, 'be an e-mail address'); }
  if (user.username !== undefined && (typeof user.username !== 'string' || user.username === '')) { throw invalid(scope, `${prop}.username`, user.username, 'be a text'); }
  if (!(user.passwordHash instanceof SecretFile)) {
    throw invalid(scope, `${prop}.passwordHash`, user.passwordHash, 'be a SecretFile, so that no hash is in the manifests', 'for example SecretFile.existing("dex-users", "alice")');
  }
}

function entryOf(user: DexUser, index: number): any {
  return { email: user.email, hashFromEnv: `DEX_USER_${index}_HASH`, username: user.username ?? user.email.split('@')[0], userID: user.email };
}

function secretVariable(connector: OidcConnector): string {
  return `DEX_CONNECTOR_${connector.id.toUpperCase().replace(/-/g, '_')}_SECRET`;
}

function configOf(connector: OidcConnector): any {
  const { config, ...rest } = connector._config;
  // dex replaces variables in what it reads of connectors, since 2.22, the first that Kubeflow has
  return { ...rest, config: { ...config, clientSecret: `$${secretVariable(connector)}` } };
}
