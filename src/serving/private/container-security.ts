import { Capability, ContainerSecurityContextProps } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkBoolean } from '../../private/booleans';
import { invalid } from '../../private/errors';
import { checkCount } from '../../private/numbers';
import { checkList, checkProps, Known } from '../../private/props';

const PROPS: Known<ContainerSecurityContextProps> = {
  user: true, group: true, ensureNonRoot: true, privileged: true, readOnlyRootFilesystem: true, allowPrivilegeEscalation: true, capabilities: true,
};
const FIX = 'patch the Deployment where it can\'t do without';

/** As the main container's, and no weaker: Pod Security judges the pod by its weakest container. */
export function securityOf(
  scope: Construct, where: string, wanted: ContainerSecurityContextProps = {}, main: ContainerSecurityContextProps,
): ContainerSecurityContextProps {
  checkProps(scope, where, wanted, PROPS);
  for (const key of ['privileged', 'allowPrivilegeEscalation', 'ensureNonRoot', 'readOnlyRootFilesystem'] as const) {
    checkBoolean(scope, `${where}.${key}`, wanted[key]);
  }
  for (const key of ['privileged', 'allowPrivilegeEscalation'] as const) {
    if (wanted[key]) { throw invalid(scope, `${where}.${key}`, true, 'be left out, because Pod Security "restricted" doesn\'t admit it', FIX); }
  }
  if (wanted.capabilities !== undefined) { checkCapabilities(scope, `${where}.capabilities`, wanted.capabilities); }
  const rootAllowed = main.user === 0;
  if (wanted.user !== undefined) {
    checkCount(scope, `${where}.user`, wanted.user, rootAllowed ? 0 : 1, 2 ** 31 - 1, wanted.user === 0 ? 'say why in "allowRoot"' : undefined);
  }
  if (wanted.group !== undefined) { checkCount(scope, `${where}.group`, wanted.group, 0, 2 ** 31 - 1); }
  if (wanted.ensureNonRoot === false && !rootAllowed) {
    throw invalid(scope, `${where}.ensureNonRoot`, false, 'be left out, because Pod Security "restricted" doesn\'t admit root', 'say why in "allowRoot"');
  }
  return { ...main, readOnlyRootFilesystem: true, ...wanted };
}

function checkCapabilities(scope: Construct, where: string, capabilities: NonNullable<ContainerSecurityContextProps['capabilities']>): void {
  checkProps(scope, where, capabilities, { add: true, drop: true });
  for (const list of ['add', 'drop'] as const) {
    checkList(scope, `${where}.${list}`, capabilities[list]).forEach((capability, i) => {
      if (typeof capability !== 'string') { throw invalid(scope, `${where}.${list}[${i}]`, capability, 'be a Capability', 'for example Capability.NET_BIND_SERVICE'); }
    });
  }
  const added = capabilities.add?.find(capability => capability !== Capability.NET_BIND_SERVICE);
  if (added !== undefined) { throw invalid(scope, `${where}.add`, added.replace(/^CAP_/, ''), 'be NET_BIND_SERVICE or nothing, as Pod Security "restricted" admits', FIX); }
}
