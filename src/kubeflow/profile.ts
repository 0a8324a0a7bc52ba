/* eslint-disable @typescript-eslint/no-require-imports -- loaded when a program has a profile */
import { ApiObject, Size } from 'cdk8s';
import type { Cpu } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { InferenceService, InferenceServiceOptions } from './inference-service';
import { KatibExperiment, KatibExperimentOptions } from './katib-experiment';
import type { KubeflowPlatform } from './kubeflow-platform';
import { MpiJob, MpiJobOptions } from './mpi-job';
import { Notebook, NotebookOptions } from './notebook';
import { PodDefault, PodDefaultOptions } from './pod-default';
import { PyTorchJob, PyTorchJobOptions } from './py-torch-job';
import { ScheduledWorkflow, ScheduledWorkflowOptions } from './scheduled-workflow';
import { Tensorboard, TensorboardOptions } from './tensorboard';
import { TfJob, TfJobOptions } from './tf-job';
import { TrainJob, TrainJobOptions } from './train-job';
import { Workflow, WorkflowOptions } from './workflow';
import type { IWorkloadIdentity } from '../identity';
import { checkId } from '../private/names';

/** Whose a profile is, and what it may use. */
export interface ProfileOptions {
  /** The e-mail address of its owner. */
  readonly owner: string;
  /**
   * Its name, which is also its namespace's; not one of Kubernetes or of the platform itself.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The sum of all CPU requests.
   *
   * @default - unlimited
   */
  readonly cpu?: Cpu;
  /**
   * The sum of all memory requests.
   *
   * @default - unlimited
   */
  readonly memory?: Size;
  /**
   * The number of GPUs.
   *
   * @default - unlimited
   */
  readonly gpus?: number;
  /**
   * The resource that `gpus` counts.
   *
   * @default "nvidia.com/gpu"
   */
  readonly gpuResource?: string;
  /**
   * The sum of what all volumes ask for.
   *
   * @default - unlimited
   */
  readonly storage?: Size;
  /**
   * The identity that its service account "default-editor" carries, and that pods with it take on: those that the program makes, and those of
   * notebooks that users make, when they choose "workload-identity".
   *
   * @default - none
   */
  readonly identity?: IWorkloadIdentity;
}

/** Properties of a `Profile`. */
export interface ProfileProps extends ProfileOptions {
  /** The platform that it is in. */
  readonly platform: KubeflowPlatform;
}

/**
 * A team's place in Kubeflow: a namespace, its owner, and what it may use.
 *
 * @see https://www.kubeflow.org/docs/components/central-dash/profiles/
 */
export class Profile extends Construct {
  /** Its name, which is also its namespace's. */
  public readonly name: string;
  /** The platform that it is in. */
  public readonly platform: KubeflowPlatform;
  /** Its namespace, made before Kubeflow would, so that what is in it can be applied at one go. */
  public readonly namespaceObject: ApiObject;

  /** Throws when the owner isn't an address, the name isn't a namespace's, or an amount is out of its range. */
  public constructor(scope: Construct, id: string, props: ProfileProps) {
    super(scope, checkId(new.target.name, id, scope));
    const { profile } = require('./private/resources/profile') as typeof import('./private/resources/profile');
    const { name, namespaceObject } = profile(this, props);
    this.name = name;
    this.platform = props.platform;
    this.namespaceObject = namespaceObject;
  }

  /** The Profile. */
  public get apiObject(): ApiObject {
    return this.node.findChild('Resource') as ApiObject;
  }

  /** Adds a notebook. */
  public addNotebook(id: string, options: NotebookOptions = {}): Notebook {
    return new Notebook(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds a job of MPI. */
  public addMpiJob(id: string, options: MpiJobOptions): MpiJob {
    return new MpiJob(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds a job of PyTorch. */
  public addPyTorchJob(id: string, options: PyTorchJobOptions): PyTorchJob {
    return new PyTorchJob(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds a job of TensorFlow. */
  public addTfJob(id: string, options: TfJobOptions): TfJob {
    return new TfJob(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds a job of Kubeflow Trainer. */
  public addTrainJob(id: string, options: TrainJobOptions): TrainJob {
    return new TrainJob(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds something that pods get when they ask for it. */
  public addPodDefault(id: string, options: PodDefaultOptions = {}): PodDefault {
    return new PodDefault(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds a search for the best parameters. */
  public addKatibExperiment(id: string, options: KatibExperimentOptions): KatibExperiment {
    return new KatibExperiment(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds a workflow of Argo. */
  public addWorkflow(id: string, options: WorkflowOptions): Workflow {
    return new Workflow(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds a workflow that runs again and again. */
  public addScheduledWorkflow(id: string, options: ScheduledWorkflowOptions): ScheduledWorkflow {
    return new ScheduledWorkflow(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds a model that KServe serves. */
  public addInferenceService(id: string, options: InferenceServiceOptions): InferenceService {
    return new InferenceService(this, id, { ...options, platform: this.platform, namespace: this.name });
  }

  /** Adds a TensorBoard. */
  public addTensorboard(id: string, options: TensorboardOptions): Tensorboard {
    return new Tensorboard(this, id, { ...options, platform: this.platform, namespace: this.name });
  }
}
