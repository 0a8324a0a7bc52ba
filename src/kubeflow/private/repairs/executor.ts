import { invalid } from '../../../private/errors';
import { WorkflowExecutor } from '../../aks-options';
import { ManifestSelector } from '../../manifest-selector';
import { Assembly } from '../assembly';
import { yamlInString } from '../patches/embedded';
import { merge } from '../patches/kinds';
import { compareVersions } from '../versions';

const CONFIG = ManifestSelector.of({ apiGroup: 'core', kind: 'ConfigMap', name: 'workflow-controller-configmap' });
const KEY = 'containerRuntimeExecutor';
const ID = 'aks/executor';

/** Sets the executor of pipelines where that version of Argo reads it, or removes the setting where Argo would end because of it. */
export function executor(assembly: Assembly, wanted: WorkflowExecutor): void {
  if (wanted === WorkflowExecutor.KEEP) { return; }
  const { argoVersion } = assembly.facts;
  if (!assembly.inventory.find('Deployment', 'workflow-controller')) {
    if (wanted === WorkflowExecutor.AUTO) { return assembly.skip(ID, 'there is no workflow-controller'); }
    throw invalid(assembly.scope, 'aks.executor', wanted, 'be for Argo Workflows, but there is no Deployment workflow-controller in the manifests', 'leave it out');
  }
  if (argoVersion === undefined) {
    if (wanted === WorkflowExecutor.AUTO) {
      throw invalid(assembly.scope, 'aks.executor', wanted, 'be given, because the image of workflow-controller doesn\'t say its version',
        'PNS for Argo before 3.1, EMISSARY for 3.1 to 3.3, KEEP from 3.4');
    }
    return set(assembly, wanted);
  }
  if (compareVersions(argoVersion, '3.4') >= 0) { return withoutChoice(assembly, wanted, argoVersion); }
  const emissary = compareVersions(argoVersion, '3.1') >= 0;
  if (wanted === WorkflowExecutor.EMISSARY && !emissary) {
    throw invalid(assembly.scope, 'aks.executor', wanted, `be one that Argo ${argoVersion} has; EMISSARY came with 3.1`, 'take PNS');
  }
  set(assembly, wanted !== WorkflowExecutor.AUTO ? wanted : emissary ? WorkflowExecutor.EMISSARY : WorkflowExecutor.PNS);
}

function withoutChoice(assembly: Assembly, wanted: WorkflowExecutor, version: string): void {
  if (wanted !== WorkflowExecutor.AUTO) {
    throw invalid(assembly.scope, 'aks.executor', wanted, `be left out for Argo ${version}: from 3.4 emissary is the only executor, and the controller ends when its `
      + `ConfigMap has "${KEY}"`, 'leave it out');
  }
  const { executor: found } = assembly.facts;
  if (found === undefined || found.location === 'default') { return assembly.skip(ID, `Argo ${version} has no other executor than emissary`); }
  assembly.patch(found.location === 'data.config'
    ? yamlInString(ID, CONFIG, '/data/config', { [KEY]: null }, { min: 0 })
    : merge(ID, CONFIG, { data: { [KEY]: null } }, { min: 0 }));
}

function set(assembly: Assembly, value: string): void {
  const nested = assembly.inventory.select(CONFIG).some(config => config.data?.config !== undefined);
  // beside "config", Argo refuses any other key
  assembly.patch(nested
    ? yamlInString(ID, CONFIG, '/data/config', { [KEY]: value }, { max: 1 })
    : merge(ID, CONFIG, { data: { [KEY]: value } }, { max: 1 }));
}
