import { existsSync, readFileSync, readdirSync } from 'fs';
import { OPTIONAL_PEERS } from '../../../projenrc/peers';

const assembly = JSON.parse(readFileSync('.jsii', 'utf8'));

test('the assembly depends on the required peers alone', () => {
  expect(Object.keys(assembly.dependencies)).toEqual(['cdk8s', 'cdk8s-plus-27', 'constructs']);
  expect(Object.keys(assembly.dependencyClosure)).toEqual(['cdk8s', 'cdk8s-plus-27', 'constructs']);
});

test('the assembly names the package in every language', () => {
  expect(assembly.targets).toEqual({
    js: { npm: 'cdk8s-ml' },
    python: { distName: 'cdk8s-ml', module: 'cdk8s_ml' },
    java: { package: 'io.github.cdk8sml', maven: { groupId: 'io.github.cdk8s-ml', artifactId: 'cdk8s-ml' } },
    go: { moduleName: 'github.com/cdk8s-ml/cdk8s-ml-go' },
    dotnet: { namespace: 'Cdk8sMl', packageId: 'Cdk8sMl' },
  });
});

test('no declaration file that a program reaches names an optional peer', () => {
  const declarations = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.d.ts') && existsSync(`src/${file.replace(/\.d\.ts$/, '.ts')}`));
  const leaks = declarations.filter(file => OPTIONAL_PEERS.some(peer => readFileSync(`lib/${file}`, 'utf8').includes(`from '${peer}`)));
  expect(leaks.filter(file => !file.includes('private/'))).toEqual([]);
});

test('the compiled files carry no source maps', () => {
  const mapped = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.js'))
    .filter(file => readFileSync(`lib/${file}`, 'utf8').includes('sourceMappingURL'));
  expect(mapped).toEqual([]);
});
