import type { AksOptions } from './aks-options';
import type { DexOptions } from './dex-options';
import type { DuplicatePolicy } from './duplicate-policy';
import type { GatewayExposure } from './gateway-exposure';
import type { ManifestPatch } from './manifest-patch';
import type { ManifestSelector } from './manifest-selector';
import type { ManifestSource } from './manifest-source';
import type { MpiOperator } from './mpi-operator';
import type { NotebookSpawnerOptions } from './notebook-spawner-options';
import type { ExternalMysql, S3ObjectStore } from './storage-options';
import type { IGpuPool } from '../gpu';

/** Images that are taken from somewhere else. */
export interface ImageOverride {
  /** How they begin in the manifests, up to a "/", ":" or "@": "gcr.io/ml-pipeline/". Images of Docker Hub mostly stand there without "docker.io/". */
  readonly from: string;
  /** How they begin from now on, with the same end: "registry.example.com/ml-pipeline/". */
  readonly to: string;
}

/** Properties of a `KubeflowPlatform`. */
export interface KubeflowPlatformProps {
  /** The upstream manifests of a release. */
  readonly manifests: ManifestSource;
  /**
   * The name of the deployment: 1 to 25 lower case letters, digits and "-", that starts and ends with a letter or digit.
   *
   * @default "kubeflow"
   */
  readonly name?: string;
  /**
   * The namespace of Kubeflow's own components.
   *
   * @default "kubeflow"
   */
  readonly namespace?: string;
  /**
   * What counts when the manifests have an object twice.
   *
   * @default DuplicatePolicy.FAIL
   */
  readonly duplicates?: DuplicatePolicy;
  /**
   * The minor version of Kubernetes that the platform runs on, such as "1.34": objects that it no longer serves are an error, save disruption
   * budgets and autoscalers, which are rewritten where that changes nothing of their meaning.
   *
   * @default - not checked; there is a warning about objects that the app's Kubernetes no longer serves
   */
  readonly kubernetesVersion?: string;
  /**
   * Manifests to leave out. Each must match some.
   *
   * @default - none
   */
  readonly exclude?: ManifestSelector[];
  /**
   * What the manifests need to work on AKS: `{}` for what is known to be needed.
   *
   * @default - nothing is changed for AKS
   */
  readonly aks?: AksOptions;
  /**
   * Which MPI operator runs MPIJobs.
   *
   * @default MpiOperator.KEEP
   */
  readonly mpiOperator?: MpiOperator;
  /**
   * How Kubeflow is reached from outside the cluster.
   *
   * @default GatewayExposure.none()
   */
  readonly gateway?: GatewayExposure;
  /**
   * Who the users are.
   *
   * @default - as the manifests say, which is the user of the examples
   */
  readonly dex?: DexOptions;
  /**
   * What users choose from when they make a notebook.
   *
   * @default - as the manifests say
   */
  readonly notebooks?: NotebookSpawnerOptions;
  /**
   * The pools of GPUs that users may choose for notebooks.
   *
   * @default - the vendors of the manifests, without tolerations
   */
  readonly gpuPools?: IGpuPool[];
  /**
   * The MySQL server for the metadata of pipelines.
   *
   * @default - the one in the manifests
   */
  readonly database?: ExternalMysql;
  /**
   * The store for the artifacts of pipelines.
   *
   * @default - the one in the manifests
   */
  readonly objectStore?: S3ObjectStore;
  /**
   * Whether the web apps' cookies are for HTTPS only; over plain HTTP, they only work when they aren't.
   *
   * @default - true where the gateway has a certificate, else as the manifests say
   */
  readonly secureCookies?: boolean;
  /**
   * Images that are taken from somewhere else, such as a mirror: those of pods and of KServe's and Trainer's runtimes, those in arguments and
   * variables, and those in ConfigMaps. Each must match some, or have been applied before.
   *
   * @default - none
   */
  readonly imageOverrides?: ImageOverride[];
  /**
   * Further changes, applied after the others and in this order.
   *
   * @default - none
   */
  readonly patches?: ManifestPatch[];
  /**
   * Whether the output is one file per stage: what must be there first (namespaces and CustomResourceDefinitions), the platform, and what
   * the program adds to it.
   *
   * @default false
   */
  readonly stages?: boolean;
}
