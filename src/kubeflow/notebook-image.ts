import { invalid } from '../private/errors';
import { parseImage } from '../private/image';
import { checkProps } from '../private/props';

/** What is known of an image for notebooks. */
export interface NotebookImageOptions {
  /**
   * The version of CUDA in it, such as "12.4".
   *
   * @default - none, or unknown
   */
  readonly cuda?: string;
}

const SERVERS = 'ghcr.io/kubeflow/kubeflow/notebook-servers';

/** An image for notebooks. */
export class NotebookImage {
  /** JupyterLab with SciPy. */
  public static readonly SCIPY = NotebookImage.of(`${SERVERS}/jupyter-scipy:v1.10.0`);
  /** JupyterLab with PyTorch, for CPUs. */
  public static readonly PYTORCH = NotebookImage.of(`${SERVERS}/jupyter-pytorch-full:v1.10.0`);
  /** JupyterLab with PyTorch and CUDA 12. */
  public static readonly PYTORCH_CUDA = NotebookImage.of(`${SERVERS}/jupyter-pytorch-cuda-full:v1.10.0`, { cuda: '12' });
  /** JupyterLab with TensorFlow, for CPUs. */
  public static readonly TENSORFLOW = NotebookImage.of(`${SERVERS}/jupyter-tensorflow-full:v1.10.0`);
  /** JupyterLab with TensorFlow and CUDA 12. */
  public static readonly TENSORFLOW_CUDA = NotebookImage.of(`${SERVERS}/jupyter-tensorflow-cuda-full:v1.10.0`, { cuda: '12' });

  /**
   * Any other image. It must listen on port 8888 and serve below the path in the variable NB_PREFIX.
   *
   * Throws when it isn't an image or has no tag, or when the version of CUDA isn't one.
   */
  public static of(image: string, options: NotebookImageOptions = {}): NotebookImage {
    parseImage('NotebookImage.of', 'image', image);
    checkProps('NotebookImage.of', 'options', options, { cuda: true });
    if (options.cuda !== undefined && (typeof options.cuda !== 'string' || !/^\d+(\.\d+)?$/.test(options.cuda))) {
      throw invalid('NotebookImage.of', 'cuda', options.cuda, 'be a version', 'for example "12.4"');
    }
    // built with TensorFlow 1.15.2, of 2020
    return new NotebookImage(image, options.cuda ?? (/tensorflow-1\.1[0-9]\.\d+-notebook-gpu/.test(image) ? '10.0' : undefined));
  }

  private constructor(
    /** The image. */
    public readonly image: string,
    /** The version of CUDA in it; undefined when there is none, or nobody said. */
    public readonly cuda?: string,
  ) {}
}
