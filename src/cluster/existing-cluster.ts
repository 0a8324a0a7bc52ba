import { Construct } from 'constructs';
import { ICluster } from './cluster';
import { declareCluster } from '../private/declared-cluster';
import { checkProps } from '../private/props';

/** What describes a cluster that this program does not make. */
export interface ExistingClusterProps {
  /**
   * The cluster's name: lower case letters, digits and "-".
   *
   * @default - the construct's id
   */
  readonly name?: string;
}

/** A cluster that this program does not make, named so that charts can be made for it. */
export class ExistingCluster extends Construct implements ICluster {
  public readonly name: string;

  /** Throws when the name is not a DNS label. */
  public constructor(scope: Construct, id: string, props: ExistingClusterProps = {}) {
    super(scope, id);
    checkProps(this, 'props', props, { name: true });
    this.name = props.name ?? id;
    declareCluster(this);
  }
}
