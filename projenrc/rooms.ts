/**
 * The rooms under src/ and which other rooms each may import. This table is the architecture: lint enforces it.
 *
 * No room lists a cloud (azure, google, alicloud) or kubeflow, so nothing can come to depend on one.
 */
export const ROOMS: { readonly [room: string]: readonly string[] } = {
  private: [],
  gpu: ['private'],
  cluster: ['gpu', 'private'],
  identity: ['private'],
  models: ['identity', 'private'],
  exposure: ['private'],
  network: ['private'],
  observability: ['private'],
  autoscaling: ['observability', 'private'],
  app: ['cluster', 'private'],
  serving: ['gpu', 'models', 'identity', 'exposure', 'network', 'autoscaling', 'observability', 'private'],
  frontend: ['serving', 'exposure', 'network', 'autoscaling', 'private'],
  testing: ['app', 'private'],
  azure: ['cluster', 'gpu', 'identity', 'models', 'private'],
  google: ['cluster', 'gpu', 'identity', 'models', 'private'],
  alicloud: ['cluster', 'gpu', 'identity', 'private'],
  kubeflow: ['serving', 'identity', 'exposure', 'gpu', 'private'],
  validation: ['app', 'cluster', 'gpu', 'identity', 'models', 'exposure', 'network', 'observability', 'autoscaling', 'serving', 'frontend', 'private'],
};
