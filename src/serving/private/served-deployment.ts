import { Deployment, DeploymentProps, LabelSelector, PodSelectorConfig } from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/**
 * A Deployment whose pods are selected by the label app.kubernetes.io/instance.
 *
 * Stock selectors are made from the construct's path, so that moving a construct would change an immutable field.
 */
export class ServedDeployment extends Deployment {
  public constructor(scope: Construct, id: string, props: DeploymentProps, private readonly podLabels: { [key: string]: string }) {
    super(scope, id, { ...props, select: false });
    this.select(LabelSelector.of({ labels: podLabels }));
  }

  public toPodSelectorConfig(): PodSelectorConfig {
    return {
      labelSelector: LabelSelector.of({ labels: this.podLabels }),
      namespaces: this.metadata.namespace ? { names: [this.metadata.namespace] } : undefined,
    };
  }
}
