import type { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { Construct, IConstruct } from 'constructs';
import { InvalidInputError, pathOf } from '../../private/errors';
import { setting } from '../../private/settings';
import { cdktf, isTerraformToken, stackOf } from '../../private/terraform';
import { takeName } from '../../private/terraform-names';
import { CloudProvider, unaliased, withProvider } from '../../private/terraform-provider';

/** The classes of the provider that this room uses. Each is a file of its own, read when it is first used: the provider's root takes seconds. */
const classes = {
  get provider() { return require('@cdktf/provider-google/lib/provider') as typeof import('@cdktf/provider-google/lib/provider'); },
  get clientConfig() {
    return require('@cdktf/provider-google/lib/data-google-client-config') as typeof import('@cdktf/provider-google/lib/data-google-client-config');
  },
  get containerCluster() {
    return require('@cdktf/provider-google/lib/container-cluster') as typeof import('@cdktf/provider-google/lib/container-cluster');
  },
  get containerNodePool() {
    return require('@cdktf/provider-google/lib/container-node-pool') as typeof import('@cdktf/provider-google/lib/container-node-pool');
  },
  get network() { return require('@cdktf/provider-google/lib/compute-network') as typeof import('@cdktf/provider-google/lib/compute-network'); },
  get subnetwork() { return require('@cdktf/provider-google/lib/compute-subnetwork') as typeof import('@cdktf/provider-google/lib/compute-subnetwork'); },
  get router() { return require('@cdktf/provider-google/lib/compute-router') as typeof import('@cdktf/provider-google/lib/compute-router'); },
  get routerNat() { return require('@cdktf/provider-google/lib/compute-router-nat') as typeof import('@cdktf/provider-google/lib/compute-router-nat'); },
  get firewall() { return require('@cdktf/provider-google/lib/compute-firewall') as typeof import('@cdktf/provider-google/lib/compute-firewall'); },
  get instance() { return require('@cdktf/provider-google/lib/compute-instance') as typeof import('@cdktf/provider-google/lib/compute-instance'); },
  get serviceAccount() { return require('@cdktf/provider-google/lib/service-account') as typeof import('@cdktf/provider-google/lib/service-account'); },
  get serviceAccountIamMember() {
    return require('@cdktf/provider-google/lib/service-account-iam-member') as typeof import('@cdktf/provider-google/lib/service-account-iam-member');
  },
  get projectIamMember() {
    return require('@cdktf/provider-google/lib/project-iam-member') as typeof import('@cdktf/provider-google/lib/project-iam-member');
  },
  get storageBucketIamMember() {
    return require('@cdktf/provider-google/lib/storage-bucket-iam-member') as typeof import('@cdktf/provider-google/lib/storage-bucket-iam-member');
  },
  get artifactRegistryRepository() {
    return require('@cdktf/provider-google/lib/artifact-registry-repository') as typeof import('@cdktf/provider-google/lib/artifact-registry-repository');
  },
  get artifactRegistryIamMember() {
    return require('@cdktf/provider-google/lib/artifact-registry-repository-iam-member') as
      typeof import('@cdktf/provider-google/lib/artifact-registry-repository-iam-member');
  },
};

export type Google = typeof classes;

const PROVIDER: CloudProvider = {
  type: 'google',
  room: 'google',
  peer: '@cdktf/provider-google',
  make: stack => {
    const { Lazy } = cdktf();
    const provider = new classes.provider.GoogleProvider(stack, 'GoogleProvider', {});
    // said before or after the first resource
    provider.project = Lazy.stringValue({ produce: () => setting(stack, 'googleProject')?.projectId });
    provider.region = Lazy.stringValue({ produce: () => setting(stack, 'googleProject')?.region });
    return provider;
  },
};

/** Makes resources in the stack around a construct, which gets a provider when it has none. Throws when an optional peer is missing. */
export function withGoogle<T>(scope: Construct, make: (google: Google) => T): T {
  return withProvider(scope, PROVIDER, () => make(classes));
}

/** The id of the project around a construct, when the program says it: in `Project`, or in a provider of its own. */
export function projectOf(scope: Construct): string | undefined {
  const stated = setting(scope, 'googleProject')?.projectId;
  if (stated !== undefined) { return stated; }
  const own = unaliased(stackOf(scope), PROVIDER.type) as GoogleProvider[];
  return own.map(provider => provider.project).find(project => typeof project === 'string' && !isTerraformToken(project));
}

const WITHOUT_PROJECT = Symbol.for('cdk8s-ml/google-without-project');

/** Notes a construct whose public texts would be others, had the project been known when it was made. */
export function noteWithoutProject(construct: Construct): void {
  const root = construct.node.root as any;
  if (!root[WITHOUT_PROJECT]) { Object.defineProperty(root, WITHOUT_PROJECT, { value: [] }); }
  root[WITHOUT_PROJECT].push(construct);
}

/** The first such construct in a scope for which nothing nearer states a project; undefined when there is none. */
export function madeWithoutProject(scope: IConstruct): IConstruct | undefined {
  const noted: IConstruct[] = (scope.node.root as any)[WITHOUT_PROJECT] ?? [];
  return noted.find(construct => construct.node.scopes.includes(scope) && setting(construct, 'googleProject') === undefined);
}

/** Takes a name that a project has once for a kind of resource. */
export function takeProjectName(construct: Construct, kind: string, name: string, prop: string): void {
  takeName(construct, {
    kind, name, prop, place: () => projectOf(construct) ?? '', placeIs: 'the project', fix: 'say their projects with google.Project.of(id).useIn(stack)',
  });
}

/** The same, where a program can't do without it. Throws when it isn't said. */
export function requireProject(scope: Construct, why: string): string {
  const project = projectOf(scope);
  if (project === undefined) {
    throw new InvalidInputError(`${pathOf(scope)}: needs the project's id, ${why}; say it before with google.Project.of("my-project").useIn(app)`);
  }
  return project;
}

/** The project as Terraform's text: the id where the program says it, else what Terraform finds in its environment. */
export function projectReference(scope: Construct): string {
  const stated = projectOf(scope);
  if (stated !== undefined) { return stated; }
  const stack = stackOf(scope);
  const id = 'GoogleClientConfig';
  const found = stack.node.tryFindChild(id) as any;
  return withGoogle(scope, ({ clientConfig }) => (found ?? new clientConfig.DataGoogleClientConfig(stack, id, {})).project);
}
