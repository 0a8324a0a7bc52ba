import { IConstruct } from 'constructs';
import { clusterOf } from './declared-cluster';
import { setting } from './settings';
import { warn } from './warnings';

/** What a message calls an add-on, and the member of `Addon` that states it. */
const ADDONS = {
  'keda': ['KEDA', 'KEDA'],
  'gateway-api': ['Gateway API', 'GATEWAY_API'],
  'prometheus-operator': ['the Prometheus operator', 'PROMETHEUS_OPERATOR'],
  'cert-manager': ['cert-manager', 'CERT_MANAGER'],
  'external-dns': ['external-dns', 'EXTERNAL_DNS'],
} as const;

export type AddonName = keyof typeof ADDONS;

interface Need {
  readonly scope: IConstruct;
  readonly addon: AddonName;
  readonly what: string;
}

const NEEDS = Symbol.for('cdk8s-ml/addon-needs');

/**
 * Notes that a part of the program does nothing without an add-on: "an HTTPRoute". When the program is synthesized and nowhere says
 * that the add-on is there, the first of its users warns; it is too early to ask now, because the statement may follow.
 */
export function requireAddon(scope: IConstruct, addon: AddonName, what: string): void {
  const root = scope.node.root as any;
  if (!root[NEEDS]) {
    Object.defineProperty(root, NEEDS, { value: [] });
    root.node.addValidation({
      validate: () => {
        warnOfMissing(root[NEEDS]);
        return [];
      },
    });
  }
  root[NEEDS].push({ scope, addon, what });
}

/** Whether the program says at or above a construct that an add-on is in its cluster. */
export function hasAddon(scope: IConstruct, addon: AddonName): boolean {
  // The setting nearest to a construct hides those above it, and a chart's statement adds to the app's.
  for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
    if (setting(at, 'addons')?.has(addon)) { return true; }
  }
  if (clusterOf(scope)?.addons?.includes(addon)) { return true; }
  return addon === 'prometheus-operator' && setting(scope, 'prometheus') !== undefined;
}

function warnOfMissing(needs: Need[]): void {
  const told = new Set<AddonName>();
  for (const { scope, addon, what } of needs) {
    if (told.has(addon) || hasAddon(scope, addon)) { continue; }
    told.add(addon);
    const [title, member] = ADDONS[addon];
    warn(scope, `${what} does nothing without ${title}, and the program doesn't say that it is in the cluster; `
      + `install it, and say so once: Addon.${member}.installedIn(app)`);
  }
}
