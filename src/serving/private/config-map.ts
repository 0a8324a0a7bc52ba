import { createHash } from 'crypto';
import { ConfigMap } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { invalid } from '../../private/errors';
import { amend } from '../../private/overlay';
import type { Config } from '../config';

/** The ConfigMap of a configuration: immutable, and named by its content. */
export function configMap(scope: Construct, name: string, config: Config, labels: { [key: string]: string }): ConfigMap {
  const entries = Object.entries(config.data);
  const hash = createHash('sha256').update(JSON.stringify([config.folder ?? null, entries])).digest('hex').slice(0, 10);
  // cdk8s-plus takes a key that every JavaScript object has, such as "constructor", for one that is used already.
  const inherited = entries.filter(([key]) => key in Object.prototype);
  const map = new ConfigMap(scope, 'Config', {
    metadata: { name: `${name}-config-${hash}`, labels },
    data: Object.fromEntries(entries.filter(entry => !inherited.includes(entry))),
    immutable: true,
  });
  amend(map, manifest => { manifest.data = { ...manifest.data, ...Object.fromEntries(inherited) }; });
  const refuse = (key: string) => {
    throw invalid(scope, `config.${key}`, 'an entry', 'be given when the workload is made, because the name of the ConfigMap carries a hash of its content',
      'give it in the prop "config"');
  };
  map.addData = refuse;
  map.addBinaryData = refuse;
  return map;
}
