import type { ITerraformDependable, TerraformProvider, TerraformResource } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { InvalidInputError, pathOf } from '../../private/errors';
import { setting } from '../../private/settings';
import { cdktf } from '../../private/terraform';
import { after } from '../../private/terraform-order';
import { CloudProvider, withProvider } from '../../private/terraform-provider';

/** The provider whose documentation the arguments follow. */
const VERSION = '1.289.0';
const SOURCE = 'aliyun/alicloud';

/** A resource in the provider's own words: arguments as its documentation spells them, undefined ones left out. */
export type Arguments = { readonly [argument: string]: unknown };

interface Classes {
  readonly resource: new (scope: Construct, id: string, type: string, args: Arguments, dependsOn?: ITerraformDependable[]) => TerraformResource;
  readonly provider: new (scope: Construct, id: string) => TerraformProvider;
}

let made: Classes | undefined;

/** No binding of this provider is published, so that its resources are made of cdktf's own class, which any type fits. */
function classes(): Classes {
  if (made) { return made; }
  const { Lazy, TerraformProvider: Provider, TerraformResource: Resource } = cdktf();
  class AlicloudResource extends Resource {
    constructor(scope: Construct, id: string, type: string, private readonly args: Arguments, dependsOn?: ITerraformDependable[]) {
      super(scope, id, { terraformResourceType: type, terraformGeneratorMetadata: { providerName: 'alicloud', providerVersion: VERSION }, dependsOn });
    }

    protected synthesizeAttributes(): { [name: string]: any } {
      return { ...this.args };
    }
  }
  class AlicloudProvider extends Provider {
    constructor(scope: Construct, id: string) {
      super(scope, id, {
        terraformResourceType: 'alicloud',
        terraformGeneratorMetadata: { providerName: 'alicloud', providerVersion: VERSION },
        terraformProviderSource: SOURCE,
      });
    }

    protected synthesizeAttributes(): { [name: string]: any } {
      // said before or after the first resource
      return { region: Lazy.stringValue({ produce: () => setting(this, 'alicloudRegion') }) };
    }
  }
  return (made = { resource: AlicloudResource, provider: AlicloudProvider });
}

const PROVIDER: CloudProvider = { type: 'alicloud', room: 'alicloud', peer: 'cdktf', make: stack => new (classes().provider)(stack, 'AlicloudProvider') };

/**
 * Makes a resource of Alibaba Cloud in the stack around a construct, which gets a provider when it has none.
 *
 * @param needed what must be there before, though nothing of it is an argument
 */
export function resource(scope: Construct, id: string, type: string, args: Arguments, needed?: readonly IConstruct[]): TerraformResource {
  return withProvider(scope, PROVIDER, () => new (classes().resource)(scope, id, type, args, after(scope, needed)));
}

/** The resources of a type that are part of a construct. */
export function resourcesWithin(construct: IConstruct, type: string): TerraformResource[] {
  return construct.node.findAll().filter(child => (child as Partial<TerraformResource>).terraformResourceType === type) as TerraformResource[];
}

/** An attribute of a resource, as Terraform's text. */
export function attribute(of: TerraformResource, name: string): string {
  const { Token } = cdktf();
  return Token.asString(of.interpolationForAttribute(name));
}

/** The region around a construct. Throws when the program doesn't say it. */
export function requireRegion(scope: Construct, why: string): string {
  const region = setting(scope, 'alicloudRegion');
  if (region === undefined) {
    throw new InvalidInputError(`${pathOf(scope)}: needs the region, ${why}; say it before with alicloud.Region.of("cn-hangzhou").useIn(app)`);
  }
  return region;
}
