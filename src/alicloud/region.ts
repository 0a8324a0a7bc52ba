import { IConstruct } from 'constructs';
import { invalid } from '../private/errors';
import { setSetting } from '../private/settings';

/** The region of Alibaba Cloud in which resources are made. Without one, Terraform takes it from its environment (ALICLOUD_REGION). */
export class Region {
  /** A region by its id, such as "cn-hangzhou". Throws when it is none. */
  public static of(id: string): Region {
    if (typeof id !== 'string' || !/^[a-z]{2}-[a-z]+(-[0-9a-z]+)?$/.test(id)) {
      throw invalid('alicloud.Region.of', 'id', id, 'be the id of a region of Alibaba Cloud', 'for example "cn-hangzhou"');
    }
    return new Region(id);
  }

  private constructor(
    /** Its id. */
    public readonly id: string,
  ) {}

  /** States the region for an app or a stack, before or after its resources are made; the nearest statement counts. */
  public useIn(scope: IConstruct): void {
    setSetting(scope, 'alicloudRegion', this.id);
  }
}
