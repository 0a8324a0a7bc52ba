// A fleet of model servers: node fleet.js <way> <one|each> <n> <outdir>
const [,, way, charts, n, outdir] = process.argv;
const start = performance.now();
const WAYS = { 'generated': 'App', 'generated-platform': 'PlatformApp', 'composed': 'App', 'composed-platform': 'PlatformApp', 'ours': 'PlatformApp' };
const { App, Chart } = require('cdk8s');
const unit = require('./unit');
const library = WAYS[way] === 'PlatformApp' ? require(process.env.BENCH_LIBRARY) : undefined;
const app = library ? new library.PlatformApp({ outdir, existingNamespaces: [unit.NAMESPACE] }) : new App({ outdir });
const chartOf = id => new Chart(app, id, { namespace: unit.NAMESPACE });

const make = way === 'ours'
  ? (chart, name) => new library.ModelServingApp(chart, name, {
    server: library.ModelServer.flask({ image: unit.IMAGE, healthPath: '/healthz' }),
    config: library.Config.fromLiterals({ THRESHOLD: '0.7' }),
    scaling: library.Scaling.cpu({ min: 3, max: 10, targetUtilization: 60 }),
  })
  : unit[way.replace('-platform', '')];

const loaded = performance.now();
const one = charts === 'one' ? chartOf('fleet') : undefined;
for (let i = 0; i < Number(n); i++) { make(one ?? chartOf(`chart-${i}`), `app-${i}`); }
const constructed = performance.now();
app.synth();
console.log(JSON.stringify({
  load: loaded - start, construct: constructed - loaded, synth: performance.now() - constructed, rss: process.resourceUsage().maxRSS / 1024,
}));
