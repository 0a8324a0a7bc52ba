/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has such an object */
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { KubeflowPlatform } from './kubeflow-platform';
import type { ResourceProps } from './resource-options';
import { checkId } from '../private/names';

/** An object of Kubeflow that its platform must serve, and whose fields the platform's CustomResourceDefinition judges. */
export abstract class KubeflowResource extends Construct {
  /** Its name. */
  public readonly name: string;
  /** Its namespace. */
  public readonly namespace: string;
  /** The platform whose controllers act on it. */
  public readonly platform: KubeflowPlatform;

  /** Throws when the name or a label isn't valid, or the namespace is missing. */
  protected constructor(scope: Construct, id: string, props: ResourceProps) {
    super(scope, checkId(new.target.name, id, scope));
    const { checkResource } = require('./private/resources/resource') as typeof import('./private/resources/resource');
    this.name = checkResource(this, props);
    this.namespace = props.namespace;
    this.platform = props.platform;
  }

  /** The object. */
  public get apiObject(): ApiObject {
    return this.node.findChild('Resource') as ApiObject;
  }

  /** @internal */
  protected _emit(props: ResourceProps, apiVersion: string, kind: string, content: any, advice?: string): void {
    const { emit } = require('./private/resources/resource') as typeof import('./private/resources/resource');
    emit(this, props, apiVersion, kind, content, advice);
  }
}
