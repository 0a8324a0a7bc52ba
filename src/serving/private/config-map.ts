import { createHash } from 'crypto';
import { ConfigMap } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Config } from '../config';

/** The ConfigMap of a configuration: immutable, and named by its content. */
export function configMap(scope: Construct, name: string, config: Config, labels: { [key: string]: string }): ConfigMap {
  const content = JSON.stringify([config.folder ?? null, Object.entries(config.data)]);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return new ConfigMap(scope, 'Config', {
    metadata: { name: `${name}-config-${hash}`, labels },
    data: config.data,
    immutable: true,
  });
}
