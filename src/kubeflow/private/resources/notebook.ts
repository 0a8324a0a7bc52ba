import { ApiObject, Size } from 'cdk8s';
import { checkInitial } from './names';
import { podTemplate } from './pod';
import { invalid } from '../../../private/errors';
import { checkDnsLabel } from '../../../private/names';
import { checkMebibytes, mebibytes } from '../../../private/numbers';
import { checkProps } from '../../../private/props';
import { warn } from '../../../private/warnings';
import type { Notebook, NotebookProps } from '../../notebook';
import { NotebookImage } from '../../notebook-image';
import { cudaOf, isOlder } from '../cuda';

const HOME = '/home/jovyan';

/** The content of a Notebook, its labels, which are also its pod's, and the volume of its home folder. */
export function notebook(scope: Notebook, props: NotebookProps): { labels?: { [key: string]: string }; content: any } {
  checkProps(scope, 'props', props, {
    platform: true, namespace: true, name: true, labels: true, annotations: true, image: true, workspace: true,
    env: true, cpu: true, memory: true, gpu: true, serviceAccountName: true, mounts: true,
  });
  checkDnsLabel(scope, 'name', scope.name, 52, 'because a StatefulSet has this name');
  checkInitial(scope);
  const image = props.image ?? (props.gpu ? NotebookImage.PYTORCH_CUDA : NotebookImage.SCIPY);
  if (!(image instanceof NotebookImage)) { throw invalid(scope, 'image', image, 'be a NotebookImage', 'for example NotebookImage.TENSORFLOW'); }
  checkCuda(scope, image, props);
  const claimName = `${scope.name}-workspace`;
  const storage = mebibytes(checkMebibytes(scope, 'workspace', props.workspace ?? Size.gibibytes(10)));
  new ApiObject(scope, 'Workspace', {
    apiVersion: 'v1', kind: 'PersistentVolumeClaim',
    metadata: { name: claimName, namespace: scope.namespace },
    ...{ spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } },
  });
  const template = podTemplate(scope, props, { container: scope.name, image: image.image, home: { claimName, path: HOME } });
  return { labels: template.metadata?.labels, content: { spec: { template: { spec: template.spec } } } };
}

function checkCuda(scope: Notebook, image: NotebookImage, { gpu }: NotebookProps): void {
  if (/^gcr\.io\/kubeflow-images-public\//.test(image.image)) {
    warn(scope, `its image ${image.image} can't be pulled any more, because its registry is gone; take NotebookImage.TENSORFLOW or an image of your own`);
  }
  const accelerator = gpu?.pool?.accelerator ?? gpu?.accelerator;
  const needed = accelerator && cudaOf(accelerator);
  if (needed && image.cuda !== undefined && isOlder(image.cuda, needed.first)) {
    throw invalid(scope, 'image', image.image, `have CUDA ${needed.first} or newer for ${accelerator.name} (${needed.generation}); it has CUDA ${image.cuda}`,
      'take NotebookImage.TENSORFLOW_CUDA, or an image of your own');
  }
}
