import { Chart, ChartProps } from 'cdk8s';
import { Construct } from 'constructs';
import { ICluster } from '../cluster';
import { isCluster } from '../private/declared-cluster';
import { invalid } from '../private/errors';
import { checkLabels } from '../private/labels';
import { checkDnsLabel, checkId } from '../private/names';
import { isToken } from '../private/numbers';
import { checkProps, Known } from '../private/props';
import { setSetting } from '../private/settings';

/** Properties of a `PlatformChart`. */
export interface PlatformChartProps extends ChartProps {
  /**
   * The cluster that the chart's objects are for.
   *
   * @default - the program's only cluster; none when it has none
   */
  readonly cluster?: ICluster;
}

const KNOWN: Known<PlatformChartProps> = { namespace: true, labels: true, disableResourceNameHashes: true, cluster: true };

/**
 * A chart whose namespace and labels are checked, and that belongs to a cluster.
 *
 * A plain `cdk8s.Chart` does as well where there is one cluster.
 */
export class PlatformChart extends Chart {
  /** The cluster that the chart was made for; undefined when it was not said. */
  public readonly cluster?: ICluster;

  /** Throws when the namespace is not a DNS label or a label is not one that Kubernetes accepts. */
  public constructor(scope: Construct, id: string, props: PlatformChartProps = {}) {
    super(scope, checkId('PlatformChart', id, scope), props ?? {});
    checkProps(this, 'props', props, KNOWN);
    if (props.namespace !== undefined && !isToken(props.namespace)) { checkDnsLabel(this, 'namespace', props.namespace); }
    checkLabels(this, 'labels', props.labels ?? {});
    this.cluster = props.cluster;
    if (!props.cluster) { return; }
    if (!isCluster(props.cluster)) { throw invalid(this, 'cluster', props.cluster, 'be a cluster', 'for example new ExistingCluster(app, "prod")'); }
    setSetting(this, 'cluster', props.cluster);
  }
}
