// Lets the examples import the built library by its name, as users do.
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { resolve } from 'node:path';

// A link to the whole repository would be a cycle, which tools that search node_modules follow as far as the system lets them.
const folder = 'node_modules/cdk8s-ml';
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const name of ['package.json', 'lib', 'testing.js', 'testing.d.ts']) { symlinkSync(resolve(name), `${folder}/${name}`); }
