import { Construct, IConstruct } from 'constructs';
import type { IAksCluster } from './aks-cluster-contract';
import { withAzurerm } from './private/azurerm';
import { checkCluster } from './private/names';
import { registryConfig } from './private/registry-config';
import { imageOf, serverOf } from './private/registry-image';
import { grantTo } from './private/role';
import type { IResourceGroup } from './resource-group';
import { checkId } from '../private/names';
import { takeName } from '../private/terraform-names';
import { output } from '../private/terraform-output';

/** A registry for container images, made by this program or there already. */
export interface IContainerRegistry extends IConstruct {
  /** Its name. */
  readonly name: string;
  /** The host that images are pulled from: "<name>.azurecr.io". */
  readonly server: string;
  /** Its resource id. */
  readonly resourceId: string;
  /**
   * A reference to an image in it, by a tag such as "1.4" or a digest such as "sha256:…".
   *
   * Throws when it is none that can be pulled, or the tag is "latest", which changes by itself.
   */
  image(repository: string, reference: string): string;
  /** Lets the nodes of a cluster pull images; once, however often it is called. */
  grantPull(cluster: IAksCluster): void;
}

/** Properties of a `ContainerRegistry`. */
export interface ContainerRegistryProps {
  /** The resource group that it is in. */
  readonly resourceGroup: IResourceGroup;
  /**
   * The registry's name, unlike every other in the world: 5 to 50 letters and digits.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * What it can do, for what price: "Basic", "Standard" or "Premium".
   *
   * @default - "Premium" when something below needs it, else "Standard"
   */
  readonly sku?: string;
  /**
   * Further regions that hold its images ("Premium").
   *
   * @default - none
   */
  readonly replicas?: string[];
  /**
   * Whether it outlives the loss of a zone ("Premium").
   *
   * @default false
   */
  readonly zoneRedundant?: boolean;
  /**
   * Whether it can be reached from the internet; not to is "Premium".
   *
   * @default true
   */
  readonly publicAccess?: boolean;
  /**
   * The IPv4 ranges that may reach it over the internet ("Premium").
   *
   * @default - all
   */
  readonly allowedIpRanges?: string[];
  /**
   * How many days images without a tag are kept, 0 to 365 ("Premium").
   *
   * @default - for ever
   */
  readonly retentionDays?: number;
  /**
   * Whether layers come from a host of the registry's own, which firewalls can let through ("Premium").
   *
   * @default false
   */
  readonly dataEndpoint?: boolean;
  /**
   * Whether everybody may pull without signing in ("Standard" or "Premium").
   *
   * @default false
   */
  readonly anonymousPull?: boolean;
  /**
   * Tags of the registry.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };
}

/** What describes a registry that is there already. */
export interface ContainerRegistryAttributes {
  /** Its name. */
  readonly name: string;
  /** The name of the resource group that it is in. */
  readonly resourceGroupName: string;
}

/** A registry for container images. Its administrator's password is off: clusters and people have roles. */
export class ContainerRegistry extends Construct implements IContainerRegistry {
  /** A registry that is there already. Its id is looked up when Terraform runs. Throws when the name is none that Azure takes. */
  public static fromAttributes(scope: Construct, id: string, attributes: ContainerRegistryAttributes): IContainerRegistry {
    const { FoundContainerRegistry } = require('./private/found-registry') as typeof import('./private/found-registry');
    return new FoundContainerRegistry(scope, id, attributes);
  }

  public readonly name: string;
  public readonly server: string;
  public readonly resourceId: string;

  /** Throws when the name is none that Azure takes, or something is given that the SKU doesn't have. */
  public constructor(scope: Construct, id: string, props: ContainerRegistryProps) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    const config = registryConfig(this, props);
    this.name = config.name;
    this.server = serverOf(config.name);
    this.resourceId = withAzurerm(this, ({ containerRegistry }) => new containerRegistry.ContainerRegistry(this, 'Resource', config)).id;
    takeName(this, {
      kind: 'azurerm_container_registry', name: this.name, prop: props.name === undefined ? 'id' : 'name', place: () => '', placeIs: 'the whole of Azure',
    });
    output(this, 'server', this.server, 'The host that images are pushed to and pulled from');
  }

  public image(repository: string, reference: string): string {
    return imageOf(this, repository, reference);
  }

  public grantPull(cluster: IAksCluster): void {
    checkCluster(this, cluster);
    grantTo(cluster, this, 'Pull', 'AcrPull', () => cluster.kubeletObjectId);
  }
}
