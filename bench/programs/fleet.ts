// node fleet.js <stock | platform> <unit> <shape> <count> <folder>: makes many apps, and prints how long each part took.
import type { App, Chart as AnyChart } from 'cdk8s';
import type { Construct as AnyConstruct } from 'constructs';
import { names } from './names';

const [, , kind, unitName, shape, count, outdir] = process.argv;
const start = performance.now();
/* eslint-disable @typescript-eslint/no-require-imports -- loading is measured, and a program loads no more than it needs */
const { App: StockApp, Chart } = require('cdk8s') as typeof import('cdk8s');
const { Construct } = require('constructs') as typeof import('constructs');
const platform = kind === 'platform' ? require('cdk8s-ml') as typeof import('cdk8s-ml') : undefined;
const { unit } = require(`./units/${unitName}`) as { unit: (scope: AnyConstruct, name: string) => void };
/* eslint-enable */
const loaded = performance.now();

type Build = (app: App, apps: string[]) => void;

const SHAPES: { readonly [shape: string]: Build } = {
  /** All in one chart. */
  one: (app, apps) => {
    const chart = new Chart(app, 'fleet');
    for (const name of apps) { unit(chart, name); }
  },
  /** A chart for each. */
  each: (app, apps) => {
    for (const name of apps) { unit(new Chart(app, name), name); }
  },
  /** Each after the one before it. */
  chain: (app, apps) => {
    const chart = new Chart(app, 'fleet');
    const scopes = apps.map(name => scoped(chart, name));
    for (let i = 1; i < scopes.length; i++) { scopes[i].node.addDependency(scopes[i - 1]); }
  },
  /** A chart for each, which all depend on one more. */
  dependants: (app, apps) => {
    const shared = new Chart(app, 'shared');
    unit(shared, 'shared');
    for (const name of apps) {
      const chart: AnyChart = new Chart(app, name);
      unit(chart, name);
      chart.addDependency(shared);
    }
  },
};

function scoped(scope: AnyConstruct, name: string): AnyConstruct {
  const own = new Construct(scope, `${name}-scope`);
  unit(own, name);
  return own;
}

const app = platform ? new platform.PlatformApp({ outdir, kubernetesVersion: '1.29' }) : new StockApp({ outdir });
SHAPES[shape](app, names(Number(count)));
const constructed = performance.now();
app.synth();
const synthesized = performance.now();
console.log(JSON.stringify({
  load: loaded - start,
  construct: constructed - loaded,
  synth: synthesized - constructed,
  peak: process.resourceUsage().maxRSS / 1024,
}));
