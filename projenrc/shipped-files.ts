import { cdk } from 'projen';

/** What the npm package holds: a list of what ships, so that a new folder can't slip in. package.json, README and LICENSE always ship. */
export function shippedFiles(project: cdk.JsiiProject): void {
  project.addFields({ files: ['.jsii', 'lib/**/*.js', 'lib/**/*.d.ts', 'testing.js', 'testing.d.ts', 'policies/*.yaml'] });
}
