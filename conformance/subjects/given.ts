import { HuggingFaceOptions, ModelSource } from '../../src';

/** An image of the user's, named by tag and digest as checkov asks. */
export function image(repository: string, tag = '1.0'): string {
  return `registry.example.com/${repository}:${tag}@sha256:${'0123456789abcdef'.repeat(4)}`;
}

/** A model of the hub at a fixed revision. */
export function hubModel(repository: string, options: HuggingFaceOptions = {}): ModelSource {
  return ModelSource.huggingFace(repository, { revision: '0123456789abcdef0123456789abcdef01234567', ...options });
}
