// How fast manifests are printed: node print.js <ours|yaml|js-yaml|json> <manifests.json>
const [,, way, file] = process.argv;
const manifests = JSON.parse(require('fs').readFileSync(file, 'utf8'));
const printers = {
  'ours': () => {
    const printer = new (require(`${process.env.BENCH_LIBRARY}/app/private/yaml/printer`).Printer)();
    return manifest => printer.print(manifest);
  },
  // as cdk8s calls it
  'yaml': () => manifest => require('yaml').stringify(manifest, { keepUndefined: true, lineWidth: 0, version: '1.1' }),
  'js-yaml': () => manifest => require('js-yaml').dump(manifest),
  'json': () => manifest => JSON.stringify(manifest),
};
const print = printers[way]();
// what is measured is a process that synthesizes once: no warming up
const start = performance.now();
let size = 0;
for (const manifest of manifests) { size += Buffer.byteLength(print(manifest)); }
console.log(JSON.stringify({ ms: performance.now() - start, size }));
