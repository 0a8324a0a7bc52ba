import { checkInitial } from './names';
import { checkCommand, podTemplate } from './pod';
import { checkBoolean } from '../../../private/booleans';
import { invalid } from '../../../private/errors';
import { checkDnsLabel } from '../../../private/names';
import { checkCount } from '../../../private/numbers';
import { checkMap, checkProps } from '../../../private/props';
import { checkText } from '../../../private/text';
import type { KatibExperiment, KatibExperimentProps } from '../../katib-experiment';
import { KatibParameter } from '../../katib-parameter';
import { ManifestSelector } from '../../manifest-selector';
import { parse } from '../loading/parse';
import { isMap } from '../values';

/** The content of an Experiment, whose trials are Jobs. */
export function katibExperiment(scope: KatibExperiment, props: KatibExperimentProps): any {
  checkProps(scope, 'props', props, {
    platform: true, namespace: true, name: true, labels: true, annotations: true, objective: true, parameters: true, image: true, command: true,
    algorithm: true, algorithmSettings: true, maxTrials: true, parallelTrials: true, maxFailedTrials: true,
    env: true, cpu: true, memory: true, gpu: true, serviceAccountName: true, mounts: true,
  });
  checkDnsLabel(scope, 'name', scope.name, 40, 'which is the most that Katib takes');
  checkInitial(scope);
  const parameters = Object.entries(checkMap(scope, 'parameters', props.parameters, 'parameters', '{ lr: KatibParameter.double(0.01, 0.1) }'));
  if (parameters.length === 0) { throw invalid(scope, 'parameters', {}, 'have at least one parameter', 'for example { lr: KatibParameter.double(0.01, 0.1) }'); }
  for (const [name, parameter] of parameters) {
    if (!/^[A-Za-z_][\w.-]*$/.test(name)) { throw invalid(scope, 'parameters', name, 'have names of letters, digits, "_", "-" and ".", that start with a letter', 'rename it'); }
    if (!(parameter instanceof KatibParameter)) { throw invalid(scope, `parameters.${name}`, parameter, 'be a KatibParameter', 'for example KatibParameter.double(0.01, 0.1)'); }
  }
  const command = checkCommand(scope, 'command', props.command);
  checkUse(scope, command, parameters.map(([name]) => name));
  checkProps(scope, 'objective', props.objective, { metric: true, minimize: true, goal: true });
  const { metric, minimize, goal } = props.objective;
  checkText(scope, 'objective.metric', metric);
  if (metric === '') { throw invalid(scope, 'objective.metric', metric, 'be the name of a metric', 'for example "accuracy"'); }
  checkBoolean(scope, 'objective.minimize', minimize);
  if (goal !== undefined && (typeof goal !== 'number' || !Number.isFinite(goal))) { throw invalid(scope, 'objective.goal', goal, 'be a number'); }
  const settings = Object.entries(checkMap(scope, 'algorithmSettings', props.algorithmSettings, 'strings', '{ random_state: "1" }')).map(([name, value]) => {
    checkText(scope, `algorithmSettings.${name}`, value);
    return { name, value };
  });
  const maxTrialCount = checkCount(scope, 'maxTrials', props.maxTrials ?? 12, 1, 100_000);
  return {
    spec: {
      objective: { type: minimize ? 'minimize' : 'maximize', ...(goal !== undefined ? { goal } : {}), objectiveMetricName: metric },
      algorithm: {
        algorithmName: checkAlgorithm(scope, props.algorithm ?? 'random'),
        ...(settings.length > 0 ? { algorithmSettings: settings } : {}),
      },
      maxTrialCount,
      parallelTrialCount: checkCount(scope, 'parallelTrials', props.parallelTrials ?? Math.min(3, maxTrialCount), 1, maxTrialCount),
      maxFailedTrialCount: checkCount(scope, 'maxFailedTrials', props.maxFailedTrials ?? Math.min(3, maxTrialCount), 0, maxTrialCount),
      parameters: parameters.map(([name, { type, _space }]) => ({ name, parameterType: type, feasibleSpace: _space })),
      trialTemplate: {
        primaryContainerName: 'trial',
        trialParameters: parameters.map(([name]) => ({ name, description: name, reference: name })),
        trialSpec: {
          apiVersion: 'batch/v1',
          kind: 'Job',
          spec: { backoffLimit: 0, template: trial(scope, props, command) },
        },
      },
    },
  };
}

function trial(scope: KatibExperiment, props: KatibExperimentProps, command: readonly string[]): any {
  const { metadata, spec } = podTemplate(scope, props, { container: 'trial', image: props.image, command, withoutSidecar: true });
  return { metadata, spec: { ...spec, restartPolicy: 'Never' } };
}

/** Checks that the platform's Katib has an algorithm, where its configuration says which it has. */
function checkAlgorithm(scope: KatibExperiment, name: string): string {
  checkText(scope, 'algorithm', name);
  const known = algorithmsOf(scope);
  if (known && !known.includes(name)) { throw invalid(scope, 'algorithm', name, 'be an algorithm of the platform\'s Katib', `it has ${known.join(', ')}`); }
  return name;
}

/** The algorithms that Katib's configuration names, by a key each before Kubeflow 1.8, and in a list since. */
function algorithmsOf(scope: KatibExperiment): string[] | undefined {
  const [config] = scope.platform.find(ManifestSelector.of({ apiGroup: 'core', kind: 'ConfigMap', namePattern: 'katib-config(-[a-z0-9]+)?' }));
  const data = config?.toJson().data ?? {};
  const read = (key: string) => (typeof data[key] === 'string' ? parse(data[key], key).documents[0] : undefined);
  const list = read('katib-config.yaml')?.runtime?.suggestions;
  if (Array.isArray(list)) { return list.map(each => String(each?.algorithmName)); }
  const map = read('suggestion');
  return isMap(map) ? Object.keys(map) : undefined;
}

/** A parameter that no command uses makes all trials the same. */
function checkUse(scope: KatibExperiment, command: readonly string[], names: readonly string[]): void {
  const used = new Set(command.flatMap(word => [...word.matchAll(/\$\{trialParameters\.([^}]+)\}/g)].map(match => match[1])));
  for (const name of used) {
    if (!names.includes(name)) { throw invalid(scope, 'command', name, `use parameters of the experiment: ${names.join(', ')}`); }
  }
  const idle = names.find(name => !used.has(name));
  if (idle !== undefined) { throw invalid(scope, 'command', command, `use the parameter "${idle}"`, `for example "--${idle}=\${trialParameters.${idle}}"`); }
}
