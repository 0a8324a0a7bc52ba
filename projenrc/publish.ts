import { cdk } from 'projen';

type PublishOptions = Pick<cdk.JsiiProjectOptions,
  'releaseToNpm' | 'npmTrustedPublishing' | 'npmProvenance' | 'publishToPypi' | 'publishToMaven' | 'publishToGo' | 'publishToNuget'>;

/** Where releases go, and what the package is called in each language. */
export const publishTargets: PublishOptions = {
  releaseToNpm: true,
  npmTrustedPublishing: true,
  npmProvenance: true,
  publishToPypi: { distName: 'cdk8s-ml', module: 'cdk8s_ml', trustedPublishing: true },
  publishToMaven: {
    javaPackage: 'io.github.cdk8sml',
    mavenGroupId: 'io.github.cdk8s-ml',
    mavenArtifactId: 'cdk8s-ml',
    mavenServerId: 'central-ossrh',
  },
  publishToGo: { moduleName: 'github.com/cdk8s-ml/cdk8s-ml-go' },
  publishToNuget: { dotNetNamespace: 'Cdk8sMl', packageId: 'Cdk8sMl', trustedPublishing: true },
};
