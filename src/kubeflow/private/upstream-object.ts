import { ApiObject, ApiObjectMetadataDefinition, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { copied } from './values';
import { noteChange } from '../../private/changes';
import { applyPatches } from '../../private/json-patch';
import { AS_READ, RENDERS } from '../../private/platform';
import { checkPrintable } from '../../private/text';

/**
 * An object of upstream manifests: it is what was read, in every field, with neither the chart's namespace nor its labels.
 *
 * What a program adds to it afterwards, by its metadata or by JSON patches, takes effect.
 */
export class UpstreamObject extends ApiObject {
  private content: any;
  private readonly operations: JsonPatch[] = [];

  constructor(scope: Construct, id: string, manifest: any) {
    super(scope, id, { ...manifest, metadata: { name: manifest.metadata.name, namespace: manifest.metadata.namespace } });
    this.content = manifest;
    Object.defineProperty(this, AS_READ, { value: true });
    this.followMetadata();
  }

  /** What it is now, without the JSON patches. */
  public get manifest(): any {
    return this.content;
  }

  public set manifest(manifest: any) {
    this.content = manifest;
  }

  public override addJsonPatch(...operations: JsonPatch[]): void {
    this.operations.push(...operations);
  }

  public override toJson(): any {
    let result = this.content;
    if (this.operations.length > 0) {
      result = applyPatches(this, copied(this.content), this.operations);
      noteChange(result, this.content);
    }
    if (!(RENDERS in this.node.root)) { checkPrintable(this, result); }
    return result;
  }

  /** Lets the methods of `metadata` change what was read, because nothing else of it is printed. */
  private followMetadata(): void {
    const set = (key: string, change: (value: any) => any) => {
      const metadata = { ...this.content.metadata };
      metadata[key] = change(metadata[key]);
      const changed = { ...this.content, metadata };
      noteChange(changed, this.content);
      this.content = changed;
    };
    const follow: Partial<ApiObjectMetadataDefinition> = {
      add: (key, value) => set(key, () => value),
      addLabel: (key, value) => set('labels', labels => ({ ...labels, [key]: value })),
      addAnnotation: (key, value) => set('annotations', annotations => ({ ...annotations, [key]: value })),
      addFinalizers: (...finalizers) => set('finalizers', list => [...list ?? [], ...finalizers]),
      addOwnerReference: owner => set('ownerReferences', list => [...list ?? [], owner]),
      getLabel: key => this.content.metadata.labels?.[key],
      toJson: () => this.content.metadata,
    };
    Object.assign(this.metadata, follow);
  }
}
