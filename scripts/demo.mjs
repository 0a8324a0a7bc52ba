// Installs, builds, and synthesizes every example; prints what was written and how to apply it: `npm run demo`.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
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
  const stacks = `${folder}/cdktf.out/stacks`;
  for (const stack of existsSync(stacks) ? readdirSync(stacks).map(name => `${stacks}/${name}`) : []) {
    console.log(`  ${stack}/cdk.tf.json\n  apply:  terraform -chdir=${stack} init && terraform -chdir=${stack} apply`);
  }
  // the manifests of each of several clusters are in a folder of its own
  for (const place of new Set(files.map(({ path }) => dirname(path)))) { console.log(`  apply:  kubectl apply --server-side -f ${place}`); }
  console.log(`  read:   ${folder}/README.md`);
}
