// The same objects without any library of constructs: node plain.js <json|js-yaml> <n> <template.json> <out>
const [,, way, n, template, out] = process.argv;
const { readFileSync, writeFileSync } = require('fs');
const text = readFileSync(template, 'utf8');
const objects = [];
for (let i = 0; i < Number(n); i++) { objects.push(...JSON.parse(text.replaceAll('app-0', `app-${i}`))); }
const print = way === 'json' ? object => JSON.stringify(object) : (dump => object => dump(object))(require('js-yaml').dump);
writeFileSync(out, objects.map(print).join('---\n'));
console.log(JSON.stringify({ rss: process.resourceUsage().maxRSS / 1024 }));
