import { javascript, cdk } from 'projen';
import { lintRules } from './projenrc/lint';
import { optionalPeers } from './projenrc/peers';
import { publishTargets } from './projenrc/publish';
import { shippedFiles } from './projenrc/shipped-files';
import { buildSteps } from './projenrc/tasks';

const project = new cdk.JsiiProject({
  name: 'cdk8s-ml',
  description: 'Typed constructs for machine learning platforms: model servers, GPU node pools and Kubeflow, synthesized to Kubernetes YAML and Terraform JSON',
  author: 'The cdk8s-ml authors',
  authorOrganization: true,
  authorAddress: 'cdk8s-ml@users.noreply.github.com',
  repositoryUrl: 'https://github.com/cdk8s-ml/cdk8s-ml.git',
  license: 'Apache-2.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  docgen: true,
  sampleCode: false,
  defaultReleaseBranch: 'main',
  jsiiVersion: '~5.9.0',
  typescriptVersion: '~5.9.0',
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '22.x',
  keywords: ['cdk8s', 'kubernetes', 'machine-learning', 'model-serving', 'gpu', 'kubeflow', 'terraform', 'cdktf', 'aks', 'gke'],
  peerDeps: [
    'constructs@^10.4.2',
    'cdk8s@^2.68.11',
    'cdk8s-plus-27@^2.9.0',
    'cdktf@>=0.21.0 <1',
    '@cdktf/provider-azurerm@^14.0.0',
    '@cdktf/provider-google@^16.0.0',
  ],
  peerDependencyOptions: { pinnedDevDependency: false },
  // what reads Kubeflow's manifests as kubectl does, and what judges objects by the schemas in them; jsii wants such modules in the package
  bundledDeps: ['js-yaml@^4.1.0', '@cfworker/json-schema@^4.1.0'],
  devDeps: [
    'constructs@10.7.2',
    'cdk8s@2.70.106',
    'cdk8s-cli@2.207.60',
    'cdk8s-plus-27@2.9.5',
    'cdktf@0.21.0',
    '@cdktf/provider-azurerm@14.23.1',
    '@cdktf/provider-google@16.12.1',
    '@types/node@^20',
    'fast-check@^4',
    'yaml@^2',
    '@types/js-yaml@^4',
    'tsx@^4',
  ],
  tsconfig: {
    compilerOptions: {
      // maps of the sources would be most of what a program reads when it loads the library
      inlineSourceMap: false,
      inlineSources: false,
      isolatedModules: true,
    },
  },
  typecheckTests: true,
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      maxWorkers: '100%',
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/lib/', '<rootDir>/examples/'],
      testPathIgnorePatterns: ['/node_modules/', '/test/packaging/built/', '/test/packaging/published/'],
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'projenrc', 'examples', 'bench', 'conformance'],
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },
  npmignoreEnabled: false,
  depsUpgrade: false,
  githubOptions: { mergify: false },
  pullRequestTemplate: false,
  ...publishTargets,
});

optionalPeers(project);
lintRules(project);
shippedFiles(project);
buildSteps(project);

project.synth();
