import { checkMounts, volumeMountsOf, volumesOf } from './claims';
import { variablesOf } from './variables';
import { checkAnnotations } from '../../../private/annotations';
import { invalid } from '../../../private/errors';
import { checkLabels } from '../../../private/labels';
import { checkProps } from '../../../private/props';
import { checkText } from '../../../private/text';
import type { PodDefault, PodDefaultProps } from '../../pod-default';

/** The content of a PodDefault. */
export function podDefault(scope: PodDefault, props: PodDefaultProps): any {
  checkProps(scope, 'props', props, {
    platform: true, namespace: true, name: true, labels: true, annotations: true,
    selector: true, description: true, env: true, mounts: true, podLabels: true, podAnnotations: true,
  });
  const matchLabels = checkLabels(scope, 'selector', props.selector ?? { [scope.name]: 'true' });
  if (props.podLabels !== undefined) { checkLabels(scope, 'podLabels', props.podLabels); }
  if (props.podAnnotations !== undefined) { checkAnnotations(scope, 'podAnnotations', props.podAnnotations); }
  const env = variablesOf(scope, props.env);
  if (props.description !== undefined) { checkText(scope, 'description', props.description); }
  const mounts = checkMounts(scope, props.mounts);
  mounts.forEach(({ claimName }, i) => {
    if (mounts.slice(0, i).some(other => other.claimName === claimName)) {
      throw invalid(scope, `mounts[${i}].claimName`, claimName, 'be mounted once, because Kubeflow\'s webhook refuses pods with a volume at two folders (kubeflow/kubeflow#6847)',
        'mount it at one folder');
    }
  });
  return {
    spec: {
      selector: { matchLabels },
      desc: props.description ?? scope.name,
      ...(env.length > 0 ? { env } : {}),
      ...(mounts.length > 0 ? { volumes: volumesOf(mounts), volumeMounts: volumeMountsOf(mounts) } : {}),
      ...(props.podLabels ? { labels: props.podLabels } : {}),
      ...(props.podAnnotations ? { annotations: props.podAnnotations } : {}),
    },
  };
}
