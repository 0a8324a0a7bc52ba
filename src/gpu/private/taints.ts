import type { IConstruct } from 'constructs';
import { invalid } from '../../private/errors';
import { checkLabelKey, checkLabels } from '../../private/labels';
import { checkProps } from '../../private/props';
import type { NodeTaint } from '../gpu-pool';

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Checks a taint as Kubernetes takes it. */
export function checkTaint(where: IConstruct | string, prop: string, taint: NodeTaint): void {
  checkProps(where, prop, taint, { key: true, value: true, effect: true });
  if (typeof taint.key !== 'string') { throw invalid(where, `${prop}.key`, taint.key, 'be a taint\'s key', 'for example "nvidia.com/gpu"'); }
  checkLabelKey(where, `${prop}.key`, taint.key);
  if (taint.value !== undefined) { checkLabels(where, prop, { value: taint.value }); }
  if (!EFFECTS.includes(taint.effect)) { throw invalid(where, `${prop}.effect`, taint.effect, `be ${EFFECTS.join(', ')}`); }
}
