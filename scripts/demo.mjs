// Installs, builds, and synthesizes every example; prints what was written and how to apply it: `npm run demo`.
import { readFileSync } from 'node:fs';
import { examples, synthesize } from './examples.mjs';
import { Steps } from './steps.mjs';

const steps = new Steps();
await steps.install();
if (!await steps.run('build', 'npx projen compile')) { process.exit(1); }

for (const folder of examples) {
  const title = readFileSync(`${folder}/README.md`, 'utf8').match(/^# (.*)$/m)?.[1] ?? folder;
  console.log(`\n${title}`);
  const { error, warnings, files } = synthesize(folder);
  if (error) {
    console.log(`  failed: ${error}`);
    process.exitCode = 1;
    continue;
  }
  if (warnings) { console.log(warnings.replace(/^/gm, '  ')); }
  for (const { path, objects } of files) { console.log(`  ${path}\n    ${objects.join('\n    ')}`); }
  console.log(`  apply:  kubectl apply --server-side -f ${folder}/dist`);
  console.log(`  read:   ${folder}/README.md`);
}
