// `npm test`, and then the checks that need a package registry, other languages or a control plane.
import { existsSync } from 'node:fs';
import { Steps } from './steps.mjs';

const published = name => `npx jest --ci --testPathIgnorePatterns /node_modules/ --testPathPatterns test/packaging/published/${name}`;

const steps = new Steps();
await steps.run('npm test', 'npm test --silent', { echo: true });
await steps.run('the packed package in an empty directory', published('consumer'));
await steps.run('the packed package with a cluster to describe', published('clusters'));
await steps.run('the packed package with cdktn in place of cdktf', published('cdktn'));
// Debian's Python comes without what makes virtual environments
await steps.run('Python', `python3 -c 'import ensurepip' || (apt-get update && apt-get install --yes python3-venv) && ${published('python')}`);
await steps.run('metadata of Java, Go and .NET', published('languages'));
if (existsSync('conformance/run')) {
  await steps.run('conformance', 'conformance/run', { echo: true });
}
steps.finish();
