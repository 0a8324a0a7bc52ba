import { Size } from 'cdk8s';
import { Accelerator, ExistingGpuPool, GpuRequest, HuggingFaceOptions, ModelSource } from '../../src';

/** An image of the user's, named by tag and digest as checkov asks. */
export function image(repository: string, tag = '1.0'): string {
  return `registry.example.com/${repository}:${tag}@sha256:${'0123456789abcdef'.repeat(4)}`;
}

/** A model of the hub at a fixed revision. */
export function hubModel(repository: string, options: HuggingFaceOptions = {}): ModelSource {
  return ModelSource.huggingFace(repository, { revision: '0123456789abcdef0123456789abcdef01234567', ...options });
}

/** All GPUs of a node of a pool that somebody else has made. */
export function pooled(accelerator: Accelerator, gpusPerNode = 1): GpuRequest {
  const size = { gpusPerNode, maxNodes: 12, nodeCpus: 8, nodeMemory: Size.gibibytes(64) };
  return { count: gpusPerNode, pool: new ExistingGpuPool({ ...size, accelerator, poolName: 'gpus', nodeLabels: { agentpool: 'gpus' } }) };
}
