/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has a notebook */
import type { Size } from 'cdk8s';
import { Construct } from 'constructs';
import { KubeflowResource } from './kubeflow-resource';
import type { NotebookImage } from './notebook-image';
import type { ContainerOptions, ResourceOptions, ResourceProps } from './resource-options';

/** What a notebook is like. */
export interface NotebookOptions extends ResourceOptions, ContainerOptions {
  /**
   * Its image.
   *
   * @default - NotebookImage.SCIPY, with GPUs NotebookImage.PYTORCH_CUDA
   */
  readonly image?: NotebookImage;
  /**
   * The size of the volume of its home folder, which outlives it.
   *
   * @default Size.gibibytes(10)
   */
  readonly workspace?: Size;
}

/** Properties of a `Notebook`. */
export interface NotebookProps extends NotebookOptions, ResourceProps {}

/**
 * A notebook server: JupyterLab in the browser, behind Kubeflow's login.
 *
 * @see https://www.kubeflow.org/docs/components/notebooks/
 */
export class Notebook extends KubeflowResource {
  /** Throws when an option isn't valid, the platform has no notebooks, or the image's CUDA can't use the GPU. */
  public constructor(scope: Construct, id: string, props: NotebookProps) {
    super(scope, id, props);
    const { notebook } = require('./private/resources/notebook') as typeof import('./private/resources/notebook');
    const { labels, content } = notebook(this, props);
    this._emit({ ...props, labels }, 'kubeflow.org/v1', 'Notebook', content);
  }
}
