import { InvalidInputError, invalid } from '../../../private/errors';
import { ManifestSelector } from '../../manifest-selector';
import { MpiOperator } from '../../mpi-operator';
import { Assembly } from '../assembly';
import { versionsOf } from '../facts';
import { Inventory, titleOf } from '../inventory';
import { changed } from '../patches/changed';
import { args, remove } from '../patches/kinds';
import { containersOf } from '../pods';

const CRD = 'mpijobs.kubeflow.org';
const OLD = ManifestSelector.of({ apiGroup: 'apps', kind: 'Deployment', name: 'mpi-operator', namespace: 'kubeflow' });

/** Makes a platform run MPIJobs with the operator that is asked for. */
export function mpiOperator(assembly: Assembly, operator: MpiOperator): void {
  if (!(operator instanceof MpiOperator)) { throw invalid(assembly.scope, 'mpiOperator', operator, 'be an MpiOperator', 'for example MpiOperator.pinned()'); }
  if (operator._mode === 'keep') { warnOfBroken(assembly); }
  if (operator._mode === 'pinned') { pin(assembly, operator._image!); }
  if (operator._mode === 'v2beta1') { replace(assembly, operator._manifests!.load().manifests); }
}

/** An image without a version that means another program by now. */
function warnOfBroken(assembly: Assembly): void {
  for (const container of assembly.inventory.select(OLD).flatMap(containersOf)) {
    const old = (container.args ?? []).includes('--kubectl-delivery-image') && !String(container.command?.[0]).endsWith('.v1');
    if (old && /^[^@]*mpi-operator(:latest)?$/.test(container.image)) {
      assembly.warn(`its Deployment kubeflow/mpi-operator asks for the image ${container.image}, which has become the operator of MPIJob v2beta1 and ends with `
        + '"flag provided but not defined: -kubectl-delivery-image"; give mpiOperator: MpiOperator.pinned(), or MpiOperator.v2beta1(...)');
    }
  }
}

function pin(assembly: Assembly, image: string): void {
  const id = 'mpi/pin';
  const [old] = assembly.inventory.select(OLD);
  const command = old && containersOf(old)[0]?.command?.[0];
  if (typeof command === 'string' && command.endsWith('.v1')) {
    return assembly.skip(id, `the operator's image has both programs, and the manifests run the one for v1, "${command}"`);
  }
  if (!old && assembly.inventory.find('Deployment', 'training-operator')) {
    throw invalid(assembly.scope, 'mpiOperator', 'pinned', 'be for manifests with a Deployment kubeflow/mpi-operator; in these the training operator runs MPIJobs', 'leave it out');
  }
  assembly.patch(changed(id, OLD, { max: 1 }, manifest => {
    for (const container of containersOf(manifest)) {
      container.image = image;
      if (container.imagePullPolicy === 'Always') { container.imagePullPolicy = 'IfNotPresent'; }
    }
    return manifest;
  }));
}

function replace(assembly: Assembly, manifests: any[]): void {
  const { inventory, scope } = assembly;
  checkOperator(assembly, manifests);
  const served = inventory.find('CustomResourceDefinition', CRD);
  const serves = (definition: any, version: string) => versionsOf(definition).some(each => each.name === version && each.served !== false);
  const runner = inventory.find('Deployment', 'mpi-operator', 'kubeflow');
  const trainer = inventory.find('Deployment', 'training-operator');
  if (served && !serves(served, 'v2beta1')) {
    if (!runner && trainer) { giveUp(assembly, trainer); }
    if (runner) { removeOld(assembly); }
    assembly.patch(remove('mpi/remove-crd', ManifestSelector.of({ kind: 'CustomResourceDefinition', name: CRD }), { max: 1 }));
    assembly.warn(`on a cluster that has the CustomResourceDefinition ${CRD} of MPIJob v1, delete it (and its jobs) before this is applied: `
      + 'the new one doesn\'t have the versions that objects are stored in');
  }
  const added = new Inventory(manifests).manifests;
  for (const manifest of added) {
    const there = inventory.manifests.find(m => titleOf(m) === titleOf(manifest) && m.kind === 'ClusterRoleBinding');
    const account = (binding: any) => JSON.stringify(binding?.subjects);
    if (there && account(there) !== account(manifest)) {
      throw new InvalidInputError(`${scope.node.path}.mpiOperator: ${titleOf(manifest)} is there already, for another service account; `
        + 'must be there once, because the second would take the rights from the first operator');
    }
  }
  assembly.add('mpi/add', added);
}

/** The operator's manifests must be one operator, of v2beta1. */
function checkOperator(assembly: Assembly, manifests: any[]): void {
  const operators = manifests.filter(m => m.kind === 'Deployment' && /mpi-operator/.test(m.metadata.name));
  if (operators.length !== 1) {
    throw invalid(assembly.scope, 'mpiOperator', operators.map(titleOf).join(', ') || undefined, 'have one Deployment mpi-operator',
      operators.length > 1 ? 'take deploy/v2beta1/mpi-operator.yaml or manifests/overlays/kubeflow, not both' : 'give the manifests of kubeflow/mpi-operator');
  }
  const definition = manifests.find(m => m.kind === 'CustomResourceDefinition' && m.metadata.name === CRD);
  const versions = versionsOf(definition).map(each => each.name);
  if (!versions.includes('v2beta1')) {
    throw invalid(assembly.scope, 'mpiOperator', versions.join(', ') || undefined, `serve v2beta1 with a CustomResourceDefinition ${CRD}`, 'give the manifests of kubeflow/mpi-operator v0.4 or newer');
  }
}

/** Removes the operator of v1 with all that it runs on. */
function removeOld(assembly: Assembly): void {
  const parts: Array<[string, string, string?]> = [
    ['Deployment', 'apps', 'kubeflow'], ['ServiceAccount', 'core', 'kubeflow'],
    ['ClusterRole', 'rbac.authorization.k8s.io'], ['ClusterRoleBinding', 'rbac.authorization.k8s.io'],
  ];
  for (const [kind, apiGroup, namespace] of parts) {
    const selector = ManifestSelector.of({ kind, apiGroup, name: 'mpi-operator', ...(namespace ? { namespace } : {}) });
    assembly.patch(remove(`mpi/remove-${kind.toLowerCase()}`, selector, { max: 1 }));
  }
}

/** Makes the training operator run all its kinds of jobs but MPIJobs, which two operators would fight over. */
function giveUp(assembly: Assembly, trainer: any): void {
  const jobs = assembly.inventory.ofKind('CustomResourceDefinition')
    .filter(definition => definition.spec?.group === 'kubeflow.org' && /^(TF|PyTorch|MX|XGBoost|Paddle|JAX)Job$/.test(definition.spec.names?.kind))
    .map(definition => `--enable-scheme=${definition.spec.names.kind.toLowerCase()}`);
  const selector = ManifestSelector.of({ kind: 'Deployment', name: 'training-operator', namespace: trainer.metadata.namespace });
  assembly.patch(args('mpi/training-operator', selector, containersOf(trainer)[0].name, jobs, { max: 1 }));
}
