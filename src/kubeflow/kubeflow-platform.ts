/* eslint-disable @typescript-eslint/no-require-imports -- what reads and changes manifests is loaded when a program has a platform */
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { KubeflowFacts } from './kubeflow-facts';
import type { ManifestPatch, ManifestPatchResult } from './manifest-patch';
import type { ManifestSelector } from './manifest-selector';
import type { KubeflowPlatformProps } from './platform-props';
import type { Assembled } from './private/assemble';
import type { Profile, ProfileOptions } from './profile';
import { checkId } from '../private/names';

/** An object that can only be changed while a webhook of the platform runs. */
export interface WebhookWait {
  /** The object, such as "ClusterIssuer kubeflow-self-signing-issuer". */
  readonly object: string;
  /** The webhook that is asked, such as "webhook.cert-manager.io" or "conversion of issuers.cert-manager.io". */
  readonly webhook: string;
  /**
   * Whether it can't even be made before. Only what a webhook converts waits from the beginning: its definition stores another version. All
   * others are applied before the apiserver knows that there is a webhook.
   */
  readonly atFirst: boolean;
}

/**
 * Kubeflow, from the manifests of any release, with what they need to run where they are applied.
 *
 * Every object is an `ApiObject` as it was read, found by `find` and changed by patches. What is changed and why is in `report`.
 *
 * @see https://www.kubeflow.org
 */
export class KubeflowPlatform extends Construct {
  /** The name of the deployment. */
  public readonly name: string;
  /** The namespace of Kubeflow's own components. */
  public readonly namespace: string;
  /** What the manifests said before they were changed. */
  public readonly facts: KubeflowFacts;

  /**
   * Labels that pods of the account "default-editor" need for the identity of their profile, by namespace.
   *
   * @internal
   */
  public readonly _identities = new Map<string, { readonly [key: string]: string }>();

  private readonly assembled: Assembled;

  /**
   * Throws when the manifests can't be read, when a patch finds nothing or too much, when an option is not for this release, or when the
   * version of Kubernetes doesn't serve an object.
   */
  public constructor(scope: Construct, id: string, props: KubeflowPlatformProps) {
    super(scope, checkId(new.target.name, id, scope));
    const { assemble } = require('./private/assemble') as typeof import('./private/assemble');
    this.assembled = assemble(this, props);
    this.name = this.assembled.name;
    this.namespace = this.assembled.namespace;
    this.facts = this.assembled.assembly.facts;
  }

  /** All objects of the manifests, in the order in which they are applied. */
  public get apiObjects(): ApiObject[] {
    return this.assembled.objects;
  }

  /** What became of each patch, in the order in which they were applied. */
  public get report(): ManifestPatchResult[] {
    return [...this.assembled.assembly.report];
  }

  /** The images that the platform's pods and runtimes name, each once; not those that only an argument, a variable or a ConfigMap has. */
  public get images(): string[] {
    return this.assembled.images;
  }

  /** The kinds that its CustomResourceDefinitions serve now, as "group/version/Kind". */
  public get servedKinds(): string[] {
    return this.assembled.servedKinds;
  }

  /** The objects that "kubectl apply" can only change, and some of them only make, while the platform's webhooks run. */
  public get waitsForWebhook(): WebhookWait[] {
    return this.assembled.waitsForWebhook;
  }

  /** The objects that "kubectl apply" only takes with "--server-side", because they are too large for its annotation. */
  public get needsServerSideApply(): string[] {
    return this.assembled.needsServerSideApply;
  }

  /** The objects that a selector chooses, in the order in which they are applied. */
  public find(selector: ManifestSelector): ApiObject[] {
    return this.assembled.find(selector);
  }

  /** Applies further patches, after all others. Throws when one finds nothing or too much, or can't be applied. */
  public addPatch(...patches: ManifestPatch[]): void {
    this.assembled.patch(patches);
  }

  /** Adds a team's profile. */
  public addProfile(id: string, options: ProfileOptions): Profile {
    const { Profile: Made } = require('./profile') as typeof import('./profile');
    return new Made(this, id, { ...options, platform: this });
  }

  /**
   * What was found and what was done, for people.
   *
   * @returns a few lines of text
   */
  public describe(): string {
    const { describe } = require('./private/describe') as typeof import('./private/describe');
    return describe(this.facts, this.report);
  }

  /** @internal */
  public get _launcher(): { [key: string]: string } | undefined {
    return this.assembled.assembly.launcher;
  }

  /** @internal */
  public _owns(namespace: string): boolean {
    return this.assembled.owns(namespace);
  }

  /** @internal */
  public _definitionOf(group: string, kind: string): any {
    return this.assembled.definitionOf(group, kind);
  }
}
