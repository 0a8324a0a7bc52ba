import { checkAnnotations } from '../../../private/annotations';
import { checkFolder } from '../../../private/folder';
import { checkLabels } from '../../../private/labels';
import { checkSubdomain } from '../../../private/names';
import { checkList, checkMap, checkProps } from '../../../private/props';
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
  const env = Object.entries(checkMap(scope, 'env', props.env, 'strings', '{ HTTP_PROXY: "http://proxy" }')).map(([name, value]) => {
    checkText(scope, `env.${name}`, value);
    return { name, value };
  });
  const mounts = checkList(scope, 'mounts', props.mounts);
  mounts.forEach((mount, i) => {
    checkSubdomain(scope, `mounts[${i}].claimName`, mount.claimName);
    checkFolder(scope, `mounts[${i}].path`, mount.path);
  });
  return {
    spec: {
      selector: { matchLabels },
      desc: props.description ?? scope.name,
      ...(env.length > 0 ? { env } : {}),
      ...(mounts.length > 0 ? {
        volumes: mounts.map(({ claimName }, i) => ({ name: `claim-${i}`, persistentVolumeClaim: { claimName } })),
        volumeMounts: mounts.map(({ path, readOnly }, i) => ({ name: `claim-${i}`, mountPath: path, ...(readOnly ? { readOnly } : {}) })),
      } : {}),
      ...(props.podLabels ? { labels: props.podLabels } : {}),
      ...(props.podAnnotations ? { annotations: props.podAnnotations } : {}),
    },
  };
}
