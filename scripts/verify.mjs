// Everything that can be checked with Node and npm alone: `npm test`.
import { Steps } from './steps.mjs';

const steps = new Steps();
await steps.install();
await steps.run('generated files are current', 'node scripts/unchanged.mjs "npx projen" .projen .github .eslintrc.json .gitignore .gitattributes package.json tsconfig.json');
await steps.run('compile', 'npx projen compile');
await steps.run('API.md is current', 'node scripts/unchanged.mjs "npx projen docgen" API.md');
await steps.run('types of the tests', 'npx tsc --noEmit -p test/tsconfig.json');
await steps.run('lint', 'npx projen eslint');
await steps.run('unit tests', 'npx jest --ci');
await steps.run('built package', 'npx jest --ci --testPathIgnorePatterns /node_modules/ --testPathPatterns test/packaging/built');
await steps.run('snippets of README and docs', 'npx projen snippets');
await steps.run('compatible with the last release', 'npx projen compat');
steps.finish();
