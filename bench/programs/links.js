// Objects that depend on each other: node links.js <stock|ours> <chain|shared> <n> <outdir>
const [,, way, shape, n, outdir] = process.argv;
const { ApiObject, App, Chart } = require('cdk8s');
const { Construct } = require('constructs');
const app = way === 'ours' ? new (require(process.env.BENCH_LIBRARY).PlatformApp)({ outdir }) : new App({ outdir });
const objects = (scope, prefix, count) => {
  for (let i = 0; i < count; i++) { new ApiObject(scope, `o${i}`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${prefix}-${i}` }, data: { a: 'b' } }); }
};
if (shape === 'chain') {
  // units of six objects, each depending on the next
  const chart = new Chart(app, 'chain');
  let last;
  for (let i = 0; i < Number(n); i++) {
    const unit = new Construct(chart, `u${i}`);
    objects(unit, `u${i}`, 6);
    if (last) { last.node.addDependency(unit); }
    last = unit;
  }
} else {
  // charts that all depend on one of ten objects
  const base = new Chart(app, 'base');
  objects(base, 'base', 10);
  for (let i = 0; i < Number(n); i++) {
    const chart = new Chart(app, `c${i}`);
    objects(chart, `c${i}`, 6);
    chart.addDependency(base);
  }
}
const start = performance.now();
app.synth();
console.log(JSON.stringify({ synth: performance.now() - start, rss: process.resourceUsage().maxRSS / 1024 }));
