import { Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

const RENDERS_CHARTS = Symbol.for('cdk8s-ml/renders-charts');

/**
 * Makes an app the one that says what the `toJson` of its charts gives.
 *
 * In cdk8s an app has no say in it, so charts are made to ask. Those of other apps give what they always gave.
 */
export function hostCharts(app: IConstruct, render: (chart: Chart) => any[]): void {
  Object.defineProperty(app, RENDERS_CHARTS, { value: render });
  const stock = Chart.prototype.toJson;
  if (RENDERS_CHARTS in stock) { return; }
  const toJson = function(this: Chart): any[] {
    const renders = (this.node.root as { [RENDERS_CHARTS]?: typeof render })[RENDERS_CHARTS];
    return renders ? renders(this) : stock.call(this);
  };
  Chart.prototype.toJson = Object.defineProperty(toJson, RENDERS_CHARTS, { value: true });
}
