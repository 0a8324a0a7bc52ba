// node pools.js <stock | platform> <azure | google> <count> <folder>: makes a cluster with many GPU pools, and prints how long each part took.
import type { Build } from './pools/build';

const [, , kind, cloud, count, outdir] = process.argv;
const start = performance.now();
// loading is measured, and a program loads no more than it needs
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { build } = require(`./pools/${kind}-${cloud}`) as { build: Build };
const loaded = performance.now();
const app = build(outdir, Array.from({ length: Number(count) }, (_, i) => `gpu${i}`));
const constructed = performance.now();
app.synth();
const synthesized = performance.now();
console.log(JSON.stringify({
  load: loaded - start, construct: constructed - loaded, synth: synthesized - constructed, peak: process.resourceUsage().maxRSS / 1024,
}));
