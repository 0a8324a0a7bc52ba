import type { JsonPatch } from 'cdk8s';
import { InvalidInputError, invalid } from '../../../private/errors';
import { checkList } from '../../../private/props';
import { ManifestPatch, PatchOptions } from '../../manifest-patch';
import { ManifestSelector } from '../../manifest-selector';
import { checkPlain, plain } from '../plain';
import { copied, equal } from '../values';
import { Changed } from './changed';

/** An operation of JSON Patch (RFC 6902). */
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
}

export function json(id: string, selector: ManifestSelector, operations: JsonPatch[], options: PatchOptions): ManifestPatch {
  const where = `ManifestPatch(${id})`;
  const all = checkList(where, 'operations', operations).map((operation, i) => operationOf(where, `operations[${i}]`, operation));
  const apply = (done: boolean) => (manifest: any) => all.reduce((at, operation) => applied(at, operation, where, done), manifest);
  return new Changed(id, selector, options, apply(false), apply(true));
}

function operationOf(where: string, prop: string, patch: JsonPatch): Operation {
  if (typeof patch?._toJson !== 'function') { throw invalid(where, prop, patch, 'be a JsonPatch', 'for example JsonPatch.replace("/spec/replicas", 1)'); }
  const operation = patch._toJson() as Operation;
  for (const field of ['path', 'from'] as const) {
    const pointer = operation[field];
    if ((field === 'path' || 'from' in operation) && (typeof pointer !== 'string' || !/^(\/[^/]+)+$/.test(pointer))) {
      throw invalid(where, `${prop}.${field}`, pointer, 'be the path of a field, with a "/" before each key', 'for example "/spec/replicas"');
    }
  }
  return 'value' in operation ? { ...operation, value: checkPlain(where, `${prop}.value`, operation.value) } : operation;
}

/**
 * A manifest with an operation done to it.
 *
 * @param done whether it was done before, so that what it removes or moves is gone
 */
function applied(manifest: any, operation: Operation, where: string, done: boolean): any {
  const { op, path, from } = operation;
  const value = () => plain(where, path, operation.value);
  const place = new Place(manifest, op, path);
  switch (op) {
    case 'add': place.add(value()); break;
    case 'replace': place.replace(value()); break;
    case 'remove':
      if (!done || place.isThere) { place.remove(); }
      break;
    case 'test':
      if (!equal(place.value, value())) { throw new InvalidInputError(`${op} ${path}: must be what is there`); }
      break;
    default: {
      const source = new Place(manifest, op, from!);
      if (op === 'move' && done && !source.isThere) { break; }
      const moved = source.value;
      if (op === 'move') { source.remove(); }
      place.add(copied(moved));
    }
  }
  return manifest;
}

/** A field of a manifest, or an item of a list. */
class Place {
  private holder: any;
  private readonly key: string;

  constructor(manifest: any, private readonly op: string, private readonly path: string) {
    const keys = path.split('/').slice(1).map(key => key.replace(/~1/g, '/').replace(/~0/g, '~'));
    this.key = keys.pop()!;
    this.holder = manifest;
    keys.forEach((key, i) => {
      this.holder = has(this.holder, key) ? this.holder[key] : undefined;
      if (typeof this.holder !== 'object' || this.holder === null) { throw this.refuse(`add "/${path.split('/').slice(1, i + 2).join('/')}" first, which isn't there`); }
    });
  }

  public get isThere(): boolean {
    return has(this.holder, this.key);
  }

  public get value(): any {
    if (!this.isThere) { throw this.refuse(`there is no "${this.key}" in what it names; mend the path`); }
    return this.holder[this.key];
  }

  public add(value: any): void {
    const { holder, key } = this;
    if (!Array.isArray(holder)) {
      if (key === '__proto__') { throw this.refuse('JavaScript has a use for that name'); }
      holder[key] = value;
    } else if (key === '-') {
      holder.push(value);
    } else if (has(holder, key) || key === String(holder.length)) {
      holder.splice(Number(key), 0, value);
    } else {
      throw this.refuse(`the list has ${holder.length} items; give the number of one of them, or "-" for its end`);
    }
  }

  public replace(value: any): void {
    void this.value;
    this.holder[this.key] = value;
  }

  public remove(): void {
    void this.value;
    if (Array.isArray(this.holder)) { this.holder.splice(Number(this.key), 1); } else { delete this.holder[this.key]; }
  }

  private refuse(reason: string): Error {
    return new InvalidInputError(`${this.op} ${this.path}: ${reason}`);
  }
}

/** Whether something has a key of its own; the length of a list is none. */
function has(holder: any, key: string): boolean {
  return Array.isArray(holder) ? /^(0|[1-9]\d*)$/.test(key) && Number(key) < holder.length : Object.hasOwn(holder, key);
}
