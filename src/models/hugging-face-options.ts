import { DownloadOptions } from './download-options';
import { SecretFile } from '../identity';

/** Options for a model on the Hugging Face hub. */
export interface HuggingFaceOptions extends DownloadOptions {
  /**
   * The commit to download, 40 hexadecimal digits; a branch or tag is possible, but what it means may change.
   *
   * @default - "main", with a warning, because its content may change under a running workload
   */
  readonly revision?: string;
  /**
   * The access token, for private models and those whose licence must be accepted.
   *
   * @default - none: the model is public
   */
  readonly token?: SecretFile;
  /**
   * Patterns of the files to download, such as "*.safetensors".
   *
   * They hold for a download by a container before the server; a server that downloads itself chooses its files.
   *
   * @default - all files
   */
  readonly include?: string[];
  /**
   * Patterns of files to leave out.
   *
   * They hold for a download by a container before the server; a server that downloads itself chooses its files.
   *
   * @default - second copies of the weights: "original/*" and "metal/*", and for models that the library knows "*.bin", "*.pt" and "*.pth"
   */
  readonly exclude?: string[];
  /**
   * The hub's address, for a mirror or a private hub.
   *
   * @default "https://huggingface.co"
   */
  readonly endpoint?: string;
}
