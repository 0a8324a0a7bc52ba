// node plain.js <json | js-yaml> <count> <folder>: the floor, a program that makes the same objects as plain data.
import { mkdirSync, writeFileSync } from 'fs';
import { names } from './names';
import { plainUnit } from './units/plain';

const [, , format, count, outdir] = process.argv;
// eslint-disable-next-line @typescript-eslint/no-require-imports -- JSON needs no library
const print: (object: any) => string = format === 'json' ? object => `${JSON.stringify(object)}\n` : (require('js-yaml') as typeof import('js-yaml')).dump;
const documents = names(Number(count)).flatMap(plainUnit).map(object => print(object));
mkdirSync(outdir, { recursive: true });
writeFileSync(`${outdir}/fleet.yaml`, documents.join('---\n'));
console.log(JSON.stringify({ peak: process.resourceUsage().maxRSS / 1024 }));
