/* eslint-disable @typescript-eslint/no-require-imports -- a program loads only the sources that it uses */
import { Construct } from 'constructs';
import { AzureBlobOptions } from './azure-blob-options';
import type { AzureMlModelOptions } from './azure-ml-options';
import { GcsOptions } from './gcs-options';
import { HuggingFaceOptions } from './hugging-face-options';
import { ModelBinding, ModelHost } from './model-binding';
import { ModelOptions } from './model-options';
import { S3Options } from './s3-options';
import { VolumeModelOptions } from './volume-options';
import { kept } from '../private/props';

/** Where a model's weights come from. */
export abstract class ModelSource {
  /**
   * A repository of the Hugging Face hub, such as "meta-llama/Llama-3.1-8B-Instruct".
   *
   * vLLM downloads it itself, unless there is a `cache`; for other servers a container with docker.io/kserve/storage-initializer does before they start.
   * Throws when the repository, revision, a pattern or the endpoint is malformed.
   *
   * @see https://huggingface.co/docs/huggingface_hub/guides/cli
   */
  public static huggingFace(repository: string, options: HuggingFaceOptions = {}): ModelSource {
    return (require('./private/hugging-face') as typeof import('./private/hugging-face')).huggingFace(repository, kept(options));
  }

  /**
   * A folder of a container of Azure Blob Storage, such as "https://models.blob.core.windows.net/llm/llama".
   *
   * A container with docker.io/rclone/rclone downloads it before the server starts.
   * Throws when the URL is malformed or carries a secret, and in a workload that has neither an identity nor a secret for it.
   *
   * @see https://rclone.org/azureblob/
   */
  public static azureBlob(url: string, options: AzureBlobOptions = {}): ModelSource {
    return (require('./private/azure-blob') as typeof import('./private/azure-blob')).azureBlob(url, kept(options));
  }

  /**
   * A model that is registered in a workspace of Azure Machine Learning.
   *
   * A container with docker.io/rclone/rclone asks the workspace where it is and downloads it before the server starts.
   * Throws when the name or version is malformed, and in a workload that has no identity.
   *
   * @see https://learn.microsoft.com/azure/machine-learning/how-to-manage-models
   */
  public static azureMl(options: AzureMlModelOptions): ModelSource {
    return (require('./private/azure-ml') as typeof import('./private/azure-ml')).azureMl(kept(options));
  }

  /**
   * A folder of a bucket of Google Cloud Storage, such as "gs://models/llama".
   *
   * A container with docker.io/rclone/rclone downloads it before the server starts.
   * Throws when the URI is malformed, and in a workload that has neither an identity nor a secret for it.
   *
   * @see https://rclone.org/googlecloudstorage/
   */
  public static gcs(uri: string, options: GcsOptions = {}): ModelSource {
    return (require('./private/gcs') as typeof import('./private/gcs')).gcs(uri, kept(options));
  }

  /**
   * A folder of a bucket of Amazon S3 or a compatible store, such as "s3://models/llama".
   *
   * A container with docker.io/rclone/rclone downloads it before the server starts.
   * Throws when the URI, region or endpoint is malformed, and in a workload that has neither an identity nor a secret for it.
   *
   * @see https://rclone.org/s3/
   */
  public static s3(uri: string, options: S3Options = {}): ModelSource {
    return (require('./private/s3') as typeof import('./private/s3')).s3(uri, kept(options));
  }

  /**
   * A volume of the cluster, named by its claim.
   *
   * Throws when the claim's name is malformed or the path leaves the volume, and in a workload of several pods when only one may mount it.
   */
  public static volume(claimName: string, options: VolumeModelOptions = {}): ModelSource {
    return (require('./private/volume') as typeof import('./private/volume')).volume(claimName, kept(options));
  }

  /** A folder or file of the server's own image. Throws when the path isn't absolute. */
  public static inImage(path: string, options: ModelOptions = {}): ModelSource {
    return (require('./private/in-image') as typeof import('./private/in-image')).inImage(path, kept(options));
  }

  /** Says what a workload needs so that its server finds the model; volumes are made in the scope. */
  public abstract bind(scope: Construct, host: ModelHost): ModelBinding;
}
