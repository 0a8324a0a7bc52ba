import type { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { InvalidInputError, pathOf } from '../../private/errors';
import { setting } from '../../private/settings';
import { cdktf, fromPeers, stackOf, withoutTraces } from '../../private/terraform';

const PEER = '@cdktf/provider-google';

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

/** Makes resources in the stack around a construct, which gets a provider when it has none. Throws when an optional peer is missing. */
export function withGoogle<T>(scope: Construct, make: (google: Google) => T): T {
  const stack = stackOf(scope);
  return fromPeers(scope, PEER, () => withoutTraces(() => {
    ensureProvider(stack);
    return make(classes);
  }));
}

const provided = new WeakSet<TerraformStack>();

/** Adds the provider, unless the user made one. */
function ensureProvider(stack: TerraformStack): void {
  if (provided.has(stack)) { return; }
  provided.add(stack);
  if (unaliased(stack).length > 0) { return; }
  const { Lazy } = cdktf();
  const provider = new classes.provider.GoogleProvider(stack, 'GoogleProvider', {});
  // said before or after the first resource
  provider.project = Lazy.stringValue({ produce: () => setting(stack, 'googleProject')?.projectId });
  provider.region = Lazy.stringValue({ produce: () => setting(stack, 'googleProject')?.region });
  stack.node.addValidation({
    validate: () => unaliased(stack).filter(other => other !== provider)
      .map(other => `${pathOf(other)}: is a second provider of google without an alias; must be made before the first construct of google in its stack, which else makes one`),
  });
}

function unaliased(stack: TerraformStack): GoogleProvider[] {
  const { TerraformProvider } = cdktf();
  return stack.node.findAll().filter(c => TerraformProvider.isTerraformProvider(c) && c.terraformResourceType === 'google' && c.alias === undefined) as any[];
}

/** The id of the project around a construct, when the program says it: in `Project`, or in a provider of its own. */
export function projectOf(scope: Construct): string | undefined {
  const stated = setting(scope, 'googleProject')?.projectId;
  if (stated !== undefined) { return stated; }
  const own = unaliased(stackOf(scope)).map(provider => provider.project).find(project => typeof project === 'string' && !project.includes('TfToken['));
  return own;
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
