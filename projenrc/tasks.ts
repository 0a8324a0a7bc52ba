import { cdk } from 'projen';

const COMPILE = 'jsii --silence-warnings=reserved-word --silence-warnings=missing-dev-dependency --fail-on-warnings';

/** What the build does beyond projen's own steps, and the commands of the README. */
export function buildSteps(project: cdk.JsiiProject): void {
  // else what is no longer compiled would still ship
  project.compileTask.reset('node -e "fs.rmSync(\'lib\', { recursive: true, force: true })"');
  project.compileTask.exec(COMPILE);
  project.compileTask.exec('tsx projenrc/steps/assembly.ts');
  project.compileTask.exec('tsx projenrc/steps/single-file.ts');
  project.compileTask.exec('node scripts/link.mjs');
  project.watchTask.reset(`${COMPILE} -w`);

  const snippets = project.addTask('snippets', {
    description: 'Compile every code snippet of the README and the docs',
    exec: 'tsx projenrc/steps/snippets.ts',
    receiveArgs: true,
  });
  project.postCompileTask.spawn(snippets);
  // skips itself while nothing is published; after the compile, because the assembly must have lost its optional peers
  project.postCompileTask.spawn(project.tasks.tryFind('compat')!);

  project.addTask('conformance', {
    description: 'Let a real control plane and the linters judge every example and preset',
    exec: 'conformance/run',
    receiveArgs: true,
  });

  project.addTask('bench', {
    description: 'Measure the compiled library against stock cdk8s-plus and others, and write docs/performance.md',
    exec: 'tsx bench/main.ts',
    receiveArgs: true,
  });

  project.addTask('examples:update', {
    description: 'Make what the examples write what is expected of them',
    exec: 'node scripts/examples.mjs --update',
  });

  project.package.setScript('demo', 'node scripts/demo.mjs');
  project.package.setScript('test', 'node scripts/verify.mjs');

  for (const ignored of ['/.cache/', '/cdktf.out/', '/examples/*/dist/', '/examples/*/cdktf.out/', '/examples/*/node_modules/', '/conformance/.cache/', '.jsii.tabl.json', '/.npmignore']) {
    project.gitignore.exclude(ignored);
  }
}
