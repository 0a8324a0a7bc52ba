import { Construct, IConstruct } from 'constructs';
import { invalid } from '../private/errors';
import { switchOff } from '../private/rules';

/**
 * A rule that spans what a cluster holds, which a `PlatformApp` judges when it is synthesized. Its messages end with its id.
 *
 * A rule can be wrong about a program that knows more than it says. Then it is switched off by name, with the reason beside it.
 */
export class ValidationRule {
  /** "placement": some declared pool must be able to host each pod: its resources, labels and taints. */
  public static readonly PLACEMENT = new ValidationRule('placement');
  /** "system-nodes": no workload may depend on nodes that are kept for the cluster's own parts. */
  public static readonly SYSTEM_NODES = new ValidationRule('system-nodes');
  /** "node-size": what a pod requests must fit what a node has for pods. */
  public static readonly NODE_SIZE = new ValidationRule('node-size');
  /** "gpu-capacity": the GPUs that workloads need together must be ones that their pool can ever have. */
  public static readonly GPU_CAPACITY = new ValidationRule('gpu-capacity');
  /** "node-capacity": the CPU and memory that workloads request together must be what their pools can ever have. */
  public static readonly NODE_CAPACITY = new ValidationRule('node-capacity');
  /** "gpu-shares": a container asks for one share of a GPU, because more are no more of it. */
  public static readonly GPU_SHARES = new ValidationRule('gpu-shares');
  /** "gpu-parallelism": a model server divides its model among as many GPUs as its container has. */
  public static readonly GPU_PARALLELISM = new ValidationRule('gpu-parallelism');
  /** "gpu-driver": the driver of GPU nodes is installed once, by the cloud or by the GPU Operator. */
  public static readonly GPU_DRIVER = new ValidationRule('gpu-driver');
  /** "device-plugin": the GPUs of a cluster that brings no device plugin need one that tolerates their nodes' taints. */
  public static readonly DEVICE_PLUGIN = new ValidationRule('device-plugin');
  /** "namespace-quota": what the workloads of a namespace ask for is within its quota, and each container within its limits. */
  public static readonly NAMESPACE_QUOTA = new ValidationRule('namespace-quota');
  /** "exclusive-volume": a volume that one node may mount can't serve several pods, nor an update that adds one. */
  public static readonly EXCLUSIVE_VOLUME = new ValidationRule('exclusive-volume');
  /** "scale-to-zero": a workload that goes to zero must be woken by something else than its own metric. */
  public static readonly SCALE_TO_ZERO = new ValidationRule('scale-to-zero');
  /** "identity-account": an identity is given to service accounts that the program makes, or that are where it makes nothing. */
  public static readonly IDENTITY_ACCOUNT = new ValidationRule('identity-account');
  /** "identity-label": pods get an identity of Azure or Alibaba Cloud only with a label. */
  public static readonly IDENTITY_LABEL = new ValidationRule('identity-label');

  private constructor(
    /** The id, with which its messages end. */
    public readonly id: string,
  ) {}

  /** Switches the rule off for a construct and all that is below it. Throws when it is none, or the reason is empty. */
  public switchOffFor(scope: IConstruct, reason: string): void {
    if (!Construct.isConstruct(scope)) { throw invalid(`ValidationRule(${this.id})`, 'scope', scope, 'be a construct', 'for example a chart or a workload'); }
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw invalid(scope, 'reason', reason, 'say in words why the rule is wrong here', 'for example "the pool is enlarged by hand before a release"');
    }
    switchOff(scope, this.id);
  }
}
