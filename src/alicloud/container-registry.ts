import { Construct } from 'constructs';
import { requireRegion, resource } from './private/alicloud';
import { checkBoolean } from '../private/booleans';
import { invalid } from '../private/errors';
import { parseImage } from '../private/image';
import { checkId } from '../private/names';
import { checkProps } from '../private/props';
import { checkLiteral } from '../private/terraform';
import { output } from '../private/terraform-output';
import { warn } from '../private/warnings';

/** Properties of a `ContainerRegistry`. */
export interface ContainerRegistryProps {
  /**
   * The namespace of its repositories.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The id of the Enterprise instance, such as "cri-abc123".
   *
   * @default - the account's personal edition, whose resources the provider will drop
   */
  readonly instanceId?: string;
  /**
   * The name of the Enterprise instance, which is part of every image's address.
   *
   * @default - none; to be given with `instanceId`
   */
  readonly instanceName?: string;
  /**
   * The personal edition's host, such as "crpi-abc.cn-hangzhou.personal.cr.aliyuncs.com".
   *
   * @default "registry.<region>.aliyuncs.com", which accounts have that had the personal edition before September 2024
   */
  readonly personalServer?: string;
  /**
   * Whether everybody may pull.
   *
   * @default false
   */
  readonly publicPull?: boolean;
}

/**
 * A namespace of the Container Registry of Alibaba Cloud, and the repositories in it.
 *
 * Written from the documentation of the provider aliyun/alicloud 1.289.0; nothing of it was applied. It makes no instance, which costs money when it is made.
 */
export class ContainerRegistry extends Construct {
  /** The namespace. */
  public readonly name: string;
  /** Where images are pulled from: a host, "/" and the namespace. */
  public readonly server: string;

  private readonly instanceId?: string;
  private readonly visibility: string;

  /** Throws when the namespace is none that the registry takes, or the program doesn't say the region. */
  public constructor(scope: Construct, id: string, props: ContainerRegistryProps = {}) {
    super(scope, checkId(new.target.name, id, scope, 'stack'));
    checkProps(this, 'props', props, { name: true, instanceId: true, instanceName: true, personalServer: true, publicPull: true });
    checkBoolean(this, 'publicPull', props.publicPull);
    const { instanceId, instanceName, personalServer } = props;
    this.name = checkPart(this, props.name === undefined ? 'id' : 'name', props.name ?? id, instanceId === undefined ? 30 : 120);
    if ((instanceId === undefined) !== (instanceName === undefined)) {
      throw invalid(this, 'instanceName', instanceName, 'be given together with instanceId', 'give both, or none for the personal edition');
    }
    if (instanceId !== undefined && personalServer !== undefined) {
      throw invalid(this, 'personalServer', personalServer, 'be left out with an Enterprise instance', 'leave one of them out');
    }
    const region = requireRegion(this, 'because it is part of the address of every image');
    const host = instanceId === undefined
      ? checkLiteral(this, 'personalServer', personalServer ?? `registry.${region}.aliyuncs.com`)
      : `${checkPart(this, 'instanceName', instanceName!, 30)}-registry.${region}.cr.aliyuncs.com`;
    this.server = `${host}/${this.name}`;
    this.instanceId = instanceId;
    this.visibility = props.publicPull ? 'PUBLIC' : 'PRIVATE';
    const common = { name: this.name, auto_create: false, default_visibility: this.visibility };
    if (instanceId === undefined) {
      warn(this, 'the resources of the registry\'s personal edition are deprecated, and a later provider will have none; give instanceId and instanceName');
      resource(this, 'Resource', 'alicloud_cr_namespace', common);
    } else {
      resource(this, 'Resource', 'alicloud_cr_ee_namespace', { ...common, instance_id: checkLiteral(this, 'instanceId', instanceId) });
    }
    output(this, 'server', this.server, 'Where images are pushed to and pulled from');
  }

  /** Adds a repository for the versions of one image. Throws when the name or summary is none that the registry takes. */
  public addRepository(name: string, summary: string): void {
    checkPart(this, 'repository', name, 30);
    if (typeof summary !== 'string' || summary.length < 1 || summary.length > 80) {
      throw invalid(this, 'summary', summary, 'be 1 to 80 characters', 'say in a few words what the image is');
    }
    checkLiteral(this, 'summary', summary);
    const common = { namespace: this.name, name, summary, repo_type: this.visibility };
    const needed = [this.node.findChild('Resource')];
    if (this.instanceId === undefined) {
      resource(this, `Repository-${name}`, 'alicloud_cr_repo', common, needed);
    } else {
      resource(this, `Repository-${name}`, 'alicloud_cr_ee_repo', { ...common, instance_id: this.instanceId, tag_immutability: true }, needed);
    }
  }

  /** A reference to an image in it, by a tag such as "1.4" or a digest such as "sha256:…". Throws when it is none that can be pulled, or the tag is "latest". */
  public image(repository: string, reference: string): string {
    if (typeof reference !== 'string' || reference === '') {
      throw invalid(this, 'image', reference, 'have a tag or a digest', 'for example image("iris", "1.4")');
    }
    const image = `${this.server}/${repository}${reference.startsWith('sha256:') ? '@' : ':'}${reference}`;
    parseImage(this, 'image', image);
    return image;
  }
}

function checkPart(where: Construct, prop: string, name: string, most: number): string {
  if (typeof name !== 'string' || name.length < 2 || name.length > most || !/^[a-z0-9]+([._-][a-z0-9]+)*$/.test(name)) {
    throw invalid(where, prop, name, `be 2 to ${most} lower case letters, digits and single ".", "_" and "-" between them`, 'rename it');
  }
  return name;
}
