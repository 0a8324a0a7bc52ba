/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a platform has patches */
import type { JsonPatch } from 'cdk8s';
import { ManifestSelector } from './manifest-selector';
import type { PatchCondition } from './patch-condition';
import { invalid } from '../private/errors';
import { checkCount } from '../private/numbers';
import { checkMethods, checkProps } from '../private/props';

/** How often a patch must find something, and when it is for a platform at all. */
export interface PatchOptions {
  /**
   * The fewest manifests that it must match; 0 for a patch that may have nothing to do.
   *
   * @default 1
   */
  readonly min?: number;
  /**
   * The most manifests that it may match.
   *
   * @default - any number
   */
  readonly max?: number;
  /**
   * When the patch is for a platform at all.
   *
   * @default - always
   */
  readonly onlyIf?: PatchCondition;
}

/** What became of a patch. */
export interface ManifestPatchResult {
  /** The patch. */
  readonly id: string;
  /** The manifests that it matched, such as "Deployment kubeflow/mpi-operator". */
  readonly matched: string[];
  /** Those of them that it changed. */
  readonly changed: string[];
  /** Those of them that were as it wants them. */
  readonly alreadyDone: string[];
  /**
   * Why it was not for this platform.
   *
   * @default - it was
   */
  readonly skipped?: string;
}

/**
 * A change of upstream manifests that says what it changes, fails when it finds nothing, and does nothing when it was done before.
 *
 * A class of your own overrides `apply`.
 */
export abstract class ManifestPatch {
  /** Merges into manifests (RFC 7386): maps by key, lists and values replaced, null removes. */
  public static merge(id: string, selector: ManifestSelector, patch: any, options: PatchOptions = {}): ManifestPatch {
    return load().merge(id, selector, patch, options);
  }

  /**
   * Applies operations of JSON Patch (RFC 6902).
   *
   * What is replaced, removed, moved, copied or tested must be there: to remove what may not be, `merge` null. An operation that changes more
   * each time it is applied is an error.
   */
  public static json(id: string, selector: ManifestSelector, operations: JsonPatch[], options: PatchOptions = {}): ManifestPatch {
    return (require('./private/patches/operations') as typeof import('./private/patches/operations')).json(id, selector, operations, options);
  }

  /** Sets annotations. */
  public static annotate(id: string, selector: ManifestSelector, annotations: { [key: string]: string }, options: PatchOptions = {}): ManifestPatch {
    return load().annotate(id, selector, annotations, options);
  }

  /** Sets labels. */
  public static label(id: string, selector: ManifestSelector, labels: { [key: string]: string }, options: PatchOptions = {}): ManifestPatch {
    return load().label(id, selector, labels, options);
  }

  /**
   * Sets environment variables of containers.
   *
   * @param container the container's name, or "*" for all
   */
  public static env(
    id: string, selector: ManifestSelector, container: string, variables: { [name: string]: string }, options: PatchOptions = {},
  ): ManifestPatch {
    return load().env(id, selector, container, variables, options);
  }

  /**
   * Sets arguments of containers: "--flag=value" takes the place of "--flag=..." where that is there, else it is added.
   *
   * @param container the container's name, or "*" for all
   */
  public static args(id: string, selector: ManifestSelector, container: string, args: string[], options: PatchOptions = {}): ManifestPatch {
    return load().args(id, selector, container, args, options);
  }

  /**
   * Merges into YAML that is a text within manifests, at a JSON pointer such as "/data/config".
   *
   * The text must hold one document. Where it changes, it is written anew: values stay as they are, comments and the way of writing don't.
   */
  public static yamlInString(id: string, selector: ManifestSelector, pointer: string, patch: any, options: PatchOptions = {}): ManifestPatch {
    return (require('./private/patches/embedded') as typeof import('./private/patches/embedded')).yamlInString(id, selector, pointer, patch, options);
  }

  /**
   * Replaces the beginning of images, up to a "/", ":" or "@": in fields "image", in arguments and variables of containers, and in the texts of
   * ConfigMaps.
   */
  public static images(id: string, selector: ManifestSelector, from: string, to: string, options: PatchOptions = {}): ManifestPatch {
    return (require('./private/patches/images') as typeof import('./private/patches/images')).images(id, selector, from, to, options);
  }

  /** Changes the API version, and nothing else. */
  public static apiVersion(id: string, selector: ManifestSelector, to: string, options: PatchOptions = {}): ManifestPatch {
    return load().apiVersion(id, selector, to, options);
  }

  /** Removes manifests. */
  public static remove(id: string, selector: ManifestSelector, options: PatchOptions = {}): ManifestPatch {
    return load().remove(id, selector, options);
  }

  /** Throws when there is no id or selector, or the limits contradict each other. */
  protected constructor(
    /** The patch's name, in reports and messages. */
    public readonly id: string,
    /** The manifests that it is for. */
    public readonly selector: ManifestSelector,
    /** How often it must find something, and when it is for a platform at all. */
    public readonly options: PatchOptions = {},
  ) {
    if (typeof id !== 'string' || id === '') { throw invalid('ManifestPatch', 'id', id, 'be a text', 'for example "team/proxy"'); }
    const where = `ManifestPatch(${id})`;
    if (!(selector instanceof ManifestSelector)) {
      throw invalid(where, 'selector', selector, 'be a ManifestSelector', 'for example ManifestSelector.of({ kind: "Deployment" })');
    }
    checkProps(where, 'options', options, { min: true, max: true, onlyIf: true });
    checkMethods(where, 'onlyIf', options.onlyIf, ['whyNot'], 'a PatchCondition', 'PatchCondition.argo({ below: "3.4" })');
    if (options.min !== undefined) { checkCount(where, 'min', options.min, 0, 1_000_000); }
    if (options.max !== undefined) { checkCount(where, 'max', options.max, Math.max(options.min ?? 1, 0), 1_000_000); }
  }

  /** The manifest with the change; undefined to remove it. The one that is given may be changed. */
  public abstract apply(manifest: any): any;
}

function load(): typeof import('./private/patches/kinds') {
  return require('./private/patches/kinds') as typeof import('./private/patches/kinds');
}
