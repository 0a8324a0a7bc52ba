import { ApiObject, ApiObjectMetadataDefinition, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { plain } from './plain';
import { copied } from './values';
import { beforeChanges, noteChange } from '../../private/changes';
import { invalid, pathOf } from '../../private/errors';
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
    for (const operation of operations) {
      if (typeof operation?._toJson !== 'function') { throw invalid(this, 'addJsonPatch', operation, 'be a JsonPatch', 'for example JsonPatch.add("/spec/paused", true)'); }
    }
    this.operations.push(...operations);
  }

  /** A copy of what it is, so that nobody changes it but by the methods that are there for it. */
  public override toJson(): any {
    let result = copied(this.content);
    if (this.operations.length > 0) { result = applyPatches(this, result, this.operations.map(operation => this.settled(operation))); }
    if (this.operations.length > 0 || beforeChanges(this.content) !== undefined) { noteChange(result, this.content); }
    if (RENDERS in this.node.root) { return result; }
    result = plain(pathOf(this), '', result);
    checkPrintable(this, result);
    return result;
  }

  /** An operation whose value is known. */
  private settled(operation: JsonPatch): JsonPatch {
    const op = operation._toJson() as any;
    return { _toJson: () => ('value' in op ? { ...op, value: plain(pathOf(this), String(op.path), op.value) } : op) } as unknown as JsonPatch;
  }

  /** Lets the methods of `metadata` change what was read, because nothing else of it is printed. */
  private followMetadata(): void {
    const set = (key: string, change: (value: any) => any) => {
      const metadata = { ...this.content.metadata };
      metadata[key] = copied(change(metadata[key]));
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
      toJson: () => copied(this.content.metadata),
    };
    Object.assign(this.metadata, follow);
  }
}
