/* eslint-disable @typescript-eslint/no-require-imports -- a program reads its manifests in one or two ways, so the others are not loaded */
import type { DirectoryOptions, KfDefOptions, KustomizeOptions, UrlOptions } from './source-options';

/** What a source read. */
export interface LoadedManifests {
  /** The manifests, in the order in which they were read. */
  readonly manifests: any[];
  /**
   * What a reader should know, such as a key that a file says twice.
   *
   * @default - nothing
   */
  readonly warnings?: string[];
}

/**
 * Where upstream manifests come from.
 *
 * Files are read as kubectl reads them. Paths are relative to the working directory.
 */
export abstract class ManifestSource {
  /** YAML or JSON files, in this order. Throws, when they are read, if a file is missing or isn't YAML. */
  public static files(...paths: string[]): ManifestSource {
    return (require('./private/loading/files') as typeof import('./private/loading/files')).files(paths);
  }

  /** All YAML and JSON files of a folder, by name. Throws, when they are read, if there are none. */
  public static directory(path: string, options: DirectoryOptions = {}): ManifestSource {
    return (require('./private/loading/files') as typeof import('./private/loading/files')).directory(path, options);
  }

  /**
   * A file on a server, whose SHA-256 is known, so that a program writes the same as long as it is the same.
   *
   * Throws when the address or the digest is malformed, or the address has a user or a password, and, when it is read, if the server can't be reached or sends something else.
   */
  public static url(url: string, options: UrlOptions = {}): ManifestSource {
    return (require('./private/loading/url') as typeof import('./private/loading/url')).url(url, options);
  }

  /**
   * What kustomize builds of a folder, such as "example" of kubeflow/manifests.
   *
   * Throws, when it is read, if there is no kustomize, or if it fails, takes too long, or prints too much or only a part.
   *
   * @see https://github.com/kubeflow/manifests#installation
   */
  public static kustomize(path: string, options: KustomizeOptions = {}): ManifestSource {
    return (require('./private/loading/kustomize') as typeof import('./private/loading/kustomize')).kustomize(path, options);
  }

  /**
   * What a KfDef of kfctl lists: each of its applications, built from a folder that holds kubeflow/manifests.
   *
   * Throws, when it is read, as `kustomize` does, and if an application needs what only kfctl can do.
   *
   * @param path the KfDef, such as "kfdef/kfctl_k8s_istio.v1.2.0.yaml"
   * @param manifests the folder that its paths are in
   */
  public static kfdef(path: string, manifests: string, options: KfDefOptions = {}): ManifestSource {
    return (require('./private/loading/kfdef') as typeof import('./private/loading/kfdef')).kfdef(path, manifests, options);
  }

  /** Manifests that are objects already. They are not changed. Throws when one says what a manifest can't have, such as NaN or undefined. */
  public static objects(...manifests: any[]): ManifestSource {
    return (require('./private/loading/objects') as typeof import('./private/loading/objects')).objects(manifests);
  }

  /** Several sources, one after the other. */
  public static all(...sources: ManifestSource[]): ManifestSource {
    return (require('./private/loading/objects') as typeof import('./private/loading/objects')).all(sources);
  }

  /** Reads the manifests. */
  public abstract load(): LoadedManifests;
}
