import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

const MINUTES = 60_000;
const out = mkdtempSync(join(tmpdir(), 'cdk8s-ml-languages-'));

/** The generated sources only: the tool chains of these languages are not needed. */
beforeAll(() => {
  execFileSync('npx', ['jsii-pacmak', '--code-only', '--target', 'java', '--target', 'go', '--target', 'dotnet', '--outdir', out], { stdio: 'pipe' });
}, 10 * MINUTES);

afterAll(() => rmSync(out, { recursive: true, force: true }));

function generated(language: string, name: RegExp): string {
  const file = readdirSync(join(out, language), { recursive: true, encoding: 'utf8' }).find(path => name.test(path));
  return readFileSync(join(out, language, file!), 'utf8');
}

test('the Java package has its name and requires the required peers alone', () => {
  const pom = generated('java', /pom\.xml$/);
  expect(pom).toContain('<groupId>io.github.cdk8s-ml</groupId>');
  const dependencies = pom.slice(pom.indexOf('<dependencies>'), pom.indexOf('</dependencies>'));
  expect([...dependencies.matchAll(/<artifactId>(.*?)<\/artifactId>/g)].map(match => match[1]).sort())
    .toEqual(['annotations', 'cdk8s', 'cdk8s-plus-27', 'constructs', 'javax.annotation-api', 'jsii-runtime']);
});

test('the Go module has its name and requires the required peers alone', () => {
  const mod = generated('go', /go\.mod$/);
  expect(mod).toMatch(/^module github\.com\/cdk8s-ml\/cdk8s-ml-go\/cdk8sml$/m);
  expect([...mod.matchAll(/^\s+(\S+) v/gm)].map(match => match[1]).filter(name => /cdk|construct/.test(name)).sort()).toEqual([
    'github.com/aws/constructs-go/constructs/v10', 'github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2', 'github.com/cdk8s-team/cdk8s-plus-go/cdk8splus27/v2',
  ]);
});

test('the .NET package has its name and requires the required peers alone', () => {
  const project = generated('dotnet', /\.csproj$/);
  expect(project).toContain('<PackageId>Cdk8sMl</PackageId>');
  expect([...project.matchAll(/<PackageReference Include="(.*?)"/g)].map(match => match[1]).sort())
    .toEqual(['Amazon.JSII.Runtime', 'Constructs', 'Org.Cdk8s', 'Org.Cdk8s.Plus27']);
});
