import { checkMadeName } from './names';
import { invalid, MASKED } from '../../../private/errors';
import { checkProps } from '../../../private/props';
import { isSecretValue } from '../../../serving/private/secret-text';
import type { Tensorboard, TensorboardProps } from '../../tensorboard';

/** The content of a Tensorboard. */
export function tensorboard(scope: Tensorboard, props: TensorboardProps): any {
  checkProps(scope, 'props', props, { platform: true, namespace: true, name: true, labels: true, annotations: true, logs: true });
  // the port of its Service has the longest name
  checkMadeName(scope, 'http-*');
  if (typeof props.logs !== 'string' || !/^(pvc|s3|gs|https?|az|hdfs):\/\/\S+$/.test(props.logs)) {
    throw invalid(scope, 'logs', props.logs, 'be an address of a store', 'for example "pvc://logs/run1"');
  }
  if (isSecretValue(props.logs)) { throw invalid(scope, 'logs', MASKED, 'hold no secret, because everyone who reads the manifest reads it', 'take a claim'); }
  return { spec: { logspath: props.logs } };
}
