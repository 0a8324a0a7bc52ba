import * as fc from 'fast-check';
import { containerResources, cpuResources, port, seconds, size } from './amounts';
import { calling, Choice, dictionary, given, list, maybe, merged, names, once, one, properties, whole } from './choice';
import { exposure } from './exposures';
import { gpu } from './gpus';
import { identity, secretFile } from './identities';
import { caller, egress } from './network';
import { scaling } from './scalings';
import { server, Server } from './servers';
import { model } from './sources';
import { annotations, command, dnsLabel, folder, image, labels, requestPath, subdomain, text, variable, workloadName } from './texts';
import { Properties } from '../expression';

/** What the surroundings of a workload allow. */
export interface Surroundings {
  /** Whether pods may run as root. */
  readonly root: boolean;
  /** Whether it may be scaled, which needs a Prometheus. */
  readonly scalable: boolean;
}

/** Replicas that every pool and every budget of the programs has room for. */
const MOST = 4;

/** A probe that says which port it asks, or may leave that to its container. */
const probe = (needed: Record<string, Choice>, possible: Record<string, Choice> = {}): Choice => one(
  calling('kplus.Probe.fromHttpGet', requestPath, properties(needed, { ...possible, periodSeconds: seconds(1, 60), failureThreshold: whole(1, 10) }, 0.5)),
  calling('kplus.Probe.fromTcpSocket', properties(needed, { ...possible, timeoutSeconds: seconds(1, 60), initialDelaySeconds: seconds(1, 60) }, 0.5)),
  calling('kplus.Probe.fromCommand', list(text.filter((word) => word !== ''), 1, 2)),
);

const environment = dictionary(variable, text, 0, 4);
const words = list(text.filter((word) => !word.startsWith('-')), 0, 3);
const variables = dictionary(variable, one(
  calling('kplus.EnvValue.fromValue', text),
  calling('kplus.EnvValue.fromFieldRef', names('kplus.EnvFieldPaths.POD_NAME', 'kplus.EnvFieldPaths.POD_NAMESPACE')),
), 0, 2);

const security = properties({ user: whole(1, 2 ** 31 - 1) }, {
  group: whole(1, 2 ** 31 - 1), ensureNonRoot: fc.constant(true), readOnlyRootFilesystem: fc.boolean(), privileged: fc.constant(false),
  allowPrivilegeEscalation: fc.constant(false),
});

const anyContainer = (prefix: string) => merged(
  properties({ name: dnsLabel(30).map((name) => `${prefix}-${name}`), image }, {
    command: command(words),
    args: words,
    workingDir: folder,
    envVariables: variables,
    imagePullPolicy: fc.constantFrom('Always', 'IfNotPresent', 'Never'),
    resources: containerResources,
    securityContext: security,
  }, 0.3),
);

const probes = (choice: Choice) => ({ readiness: choice, liveness: choice, startup: choice });
const sidecar = (index: number) => merged(anyContainer(`side${index}`), one(
  properties({ portNumber: whole(20_000 + 1000 * index, 20_999 + 1000 * index) }, probes(probe({}, { port })), 0.3),
  properties({}, probes(probe({ port })), 0.3),
) as fc.Arbitrary<Properties>, properties({}, {
  lifecycle: properties({ preStop: calling('kplus.Handler.fromCommand', list(text.filter((word) => word !== ''), 1, 2)) }),
}, 0.3));

const config: Choice = one(
  calling('Config.fromLiterals', dictionary(variable.map((name) => `C_${name}`.slice(0, 253)), text, 1, 3)),
  calling('Config.fromFiles', dictionary(fc.oneof(fc.stringMatching(/^[-_a-zA-Z0-9][-._a-zA-Z0-9]{0,12}$/), fc.constantFrom('app.yaml', 'a'.repeat(253), 'constructor')), text, 1, 3)),
  calling('Config.fromFiles', dictionary(fc.constantFrom('app.yaml', 'b'), text, 1, 2), properties({ folder: folder.map((path) => `/etc/app${path}`) })),
);

const priority: Choice = one(
  calling('Priority.modelServing'),
  // a class of this name has one value in the whole program
  calling('Priority.of', 'interactive', 5000), calling('Priority.of', 'a.b', 1_000_000_000), calling('Priority.of', 'lowest', -(2 ** 31)), calling('Priority.of', 'p'.repeat(253), 0),
  calling('Priority.existing', fc.constantFrom('system-cluster-critical', 'system-node-critical')),
);

const rolling = calling('Rollout.rolling', one(
  properties({}, { maxSurge: whole(1, 3), maxUnavailable: whole(0, 3), minReady: seconds(0, 3600) }, 0.5),
  properties({ maxSurge: 0, maxUnavailable: whole(1, 3) }),
));
const rollout: Choice = one(rolling, calling('Rollout.rolling'), calling('Rollout.inPlace'), calling('Rollout.surge'), calling('Rollout.recreate'));
const oneByOne: Choice = one(calling('Rollout.inPlace'), calling('Rollout.recreate'));

/** What every workload may say. */
const common = once((root: boolean): fc.Arbitrary<Properties> => (
  fc.tuple(properties({}, {
    drainDelay: seconds(0, 3600),
    drainTimeout: seconds(0, 86400),
    requestTimeout: seconds(1, 86400),
    cpu: cpuResources,
    memory: size(512),
    env: environment,
    args: words,
    podAnnotations: annotations,
    podLabels: labels(),
    priority,
    user: whole(1, 2 ** 31 - 1),
    outbound: egress,
    callers: list(caller, 0, 2),
    pullSecrets: fc.uniqueArray(subdomain, { maxLength: 2 }),
    allowWritableRoot: text.filter((reason) => reason.trim() !== ''),
    ...(root ? { allowRoot: text.filter((reason) => reason.trim() !== '') } : {}),
    ephemeralStorage: calling('Size.gibibytes', whole(1000, 1200)),
  }, 0.2), properties({}, {
    config,
    name: workloadName.map((name) => `n${name.slice(1)}`),
    secrets: list(secretFile, 0, 1),
    exposure,
  }, 0.35), maybe(sidecar(0), 0.2), maybe(sidecar(1), 0.1), maybe(merged(anyContainer('init'), properties({}, { portNumber: port })), 0.2)).map(([often, other, first, second, init]): Properties => {
    const sidecars = [first, second].filter((container) => container !== undefined);
    return { ...often, ...other, ...(sidecars.length > 0 ? { sidecars } : {}), ...(init ? { initContainers: [init] } : {}) };
  })
));

const wantedGpu = properties({ gpu });
const furtherOptions = properties({}, { loadTimeout: seconds(1, 86400), identity }, 0.2);

/** The properties of a model server. */
export const modelServing = once((surroundings: Surroundings): fc.Arbitrary<Properties> => (
  fc.tuple(server, fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true })).chain(([chosen, shared, chance]) => {
    const withGpu = chance < 0.35;
    const withModel = chosen.model === 'needed' || chance > 0.6;
    return fc.tuple(
      chosen.server,
      withModel ? model({ shared, gpu: withGpu }) : fc.constant<Properties>({}),
      withGpu ? wantedGpu : fc.constant<Properties>({}),
      replicas(surroundings.scalable, chosen.exports, shared || !withModel),
      common(surroundings.root),
      furtherOptions,
    ).map(([server_, model_, gpu_, replicas_, common_, more]) => ({ server: server_, ...more, ...model_, ...gpu_, ...common_, ...replicas_ }));
  })
));

/** How many pods there are, and how they are replaced. */
const replicas = once((scalable: boolean, exports: Server['exports'], many: boolean): fc.Arbitrary<Properties> => {
  if (!many) {
    return properties({}, { replicas: whole(0, 1), rollout: oneByOne }, 0.5);
  }
  return one(
    properties({}, { rollout }, 0.3),
    properties({ replicas: whole(0, MOST) }, { rollout }, 0.3),
    ...(scalable ? [properties({ scaling: scaling({ most: MOST, exports }) }, { rollout }, 0.3)] : []),
  ) as fc.Arbitrary<Properties>;
});

/** Sidecars take the ports from 20000 on. */
const ownPort = port.filter((number) => number < 20_000 || number > 21_999);

/** The properties of a front end; `backends` are added by who knows them. */
export const frontend = once((surroundings: Surroundings): fc.Arbitrary<Properties> => (
  fc.tuple(
    properties({ image, port: ownPort }, { healthPath: requestPath, startTimeout: seconds(1, 3600), identity }),
    common(surroundings.root),
    one(
      replicas(surroundings.scalable, [], true),
      fc.tuple(whole(1, 10), whole(0, 10), whole(1, 1000), fc.subarray(['minReplicas', 'maxReplicas', 'targetCpuUtilization'])).map(([min, more, targetCpuUtilization, chosen]) => {
        const all: Record<string, number> = { minReplicas: min, maxReplicas: Math.max(2, min + more), targetCpuUtilization };
        return given(Object.fromEntries(chosen.map((name) => [name, all[name]])));
      }),
    ) as fc.Arbitrary<Properties>,
  ).map((parts) => Object.assign({}, ...parts) as Properties)
));
