import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { clusterOf } from '../../private/declared-cluster';
import { invalid, pathOf } from '../../private/errors';

/** Checks that a construct is in a chart, which its objects need. */
export function checkChart(scope: Construct): void {
  if (!scope.node.scopes.some(each => Chart.isChart(each))) {
    throw invalid(scope, 'scope', scope.node.scope, 'be a Chart or a construct in one', 'for example new PlatformChart(app, "kubeflow")');
  }
}

/** Checks that what a platform acts on is in the platform's cluster. */
export function checkCluster(scope: Construct, platform: IConstruct): void {
  const [own, other] = [clusterOf(scope), clusterOf(platform)];
  if (own && other && own !== other) {
    throw invalid(scope, 'platform', pathOf(platform), `be a platform of "${own.name}", the cluster of the chart that it is in, and this one is of "${other.name}"`, 'make it in a chart of that cluster');
  }
}
