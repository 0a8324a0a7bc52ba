import { ManifestSource } from './manifest-source';
import { invalid } from '../private/errors';
import { parseImage } from '../private/image';

/** Which MPI operator runs MPIJobs. */
export class MpiOperator {
  /** The one of the manifests, as it is. */
  public static readonly KEEP = new MpiOperator('keep');

  /**
   * The one of the manifests, of the version whose arguments it is given: Kubeflow 1.2 asks for "latest", which has become another program.
   *
   * Throws when the image is none.
   *
   * @param image "mpioperator/mpi-operator:v0.2.3" unless given
   */
  public static pinned(image?: string): MpiOperator {
    if (image !== undefined) { parseImage('MpiOperator.pinned', 'image', image); }
    return new MpiOperator('pinned', image ?? 'mpioperator/mpi-operator:v0.2.3');
  }

  /**
   * The operator of MPIJob v2beta1, in place of what serves v1; its manifests are one of "deploy/v2beta1/mpi-operator.yaml" and
   * "manifests/overlays/kubeflow" of kubeflow/mpi-operator, not both.
   *
   * Throws when it isn't a source. On a cluster that has the old CustomResourceDefinition, delete that first.
   *
   * @see https://github.com/kubeflow/mpi-operator
   */
  public static v2beta1(manifests: ManifestSource): MpiOperator {
    if (typeof manifests?.load !== 'function') {
      throw invalid('MpiOperator.v2beta1', 'manifests', manifests, 'be a ManifestSource', 'for example ManifestSource.files("mpi-operator.yaml")');
    }
    return new MpiOperator('v2beta1', undefined, manifests);
  }

  private constructor(
    /** @internal */
    public readonly _mode: string,
    /** @internal */
    public readonly _image?: string,
    /** @internal */
    public readonly _manifests?: ManifestSource,
  ) {}
}
