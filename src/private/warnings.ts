import { IConstruct } from 'constructs';
import { pathOf } from './errors';

const TYPE = 'cdk8s-ml:warning';

/** Marks the root that prints the warnings of its tree itself, when it synthesizes. */
export const PRINTS_WARNINGS = Symbol.for('cdk8s-ml/prints-warnings');

/** Warns about a construct, once: `PlatformApp` lists its warnings and prints them at synth, another root prints them here. */
export function warn(construct: IConstruct, message: string): void {
  const path = pathOf(construct);
  const text = path === '' ? message : `${path}: ${message}`;
  if (construct.node.metadata.some(entry => entry.type === TYPE && entry.data === text)) { return; }
  construct.node.addMetadata(TYPE, text);
  if (!(PRINTS_WARNINGS in construct.node.root)) { printWarnings([text]); }
}

/** All warnings of a tree, in the order of its constructs. */
export function warningsOf(root: IConstruct): string[] {
  return root.node.findAll().flatMap(c => c.node.metadata.filter(entry => entry.type === TYPE).map(entry => entry.data as string));
}

/** Standard error, because standard output may carry the manifests. */
export function printWarnings(texts: string[]): void {
  if (texts.length > 0) { process.stderr.write(texts.map(text => `cdk8s-ml: warning: ${text}\n`).join('')); }
}
