import { checkInitial } from './names';
import { checkCommand, podTemplate } from './pod';
import { invalid } from '../../../private/errors';
import { checkDnsLabel } from '../../../private/names';
import { checkCount } from '../../../private/numbers';
import { checkMap, checkProps } from '../../../private/props';
import { checkText } from '../../../private/text';
import type { KatibExperiment, KatibExperimentProps } from '../../katib-experiment';
import { KatibParameter } from '../../katib-parameter';

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
    if (!(parameter instanceof KatibParameter)) { throw invalid(scope, `parameters.${name}`, parameter, 'be a KatibParameter', 'for example KatibParameter.double(0.01, 0.1)'); }
  }
  const command = checkCommand(scope, 'command', props.command);
  checkUse(scope, command, parameters.map(([name]) => name));
  checkProps(scope, 'objective', props.objective, { metric: true, minimize: true, goal: true });
  checkText(scope, 'objective.metric', props.objective.metric);
  const maxTrialCount = checkCount(scope, 'maxTrials', props.maxTrials ?? 12, 1, 100_000);
  const { metric, minimize, goal } = props.objective;
  return {
    spec: {
      objective: { type: minimize ? 'minimize' : 'maximize', ...(goal !== undefined ? { goal } : {}), objectiveMetricName: metric },
      algorithm: {
        algorithmName: props.algorithm ?? 'random',
        ...(props.algorithmSettings ? { algorithmSettings: Object.entries(props.algorithmSettings).map(([name, value]) => ({ name, value })) } : {}),
      },
      maxTrialCount,
      parallelTrialCount: checkCount(scope, 'parallelTrials', props.parallelTrials ?? Math.min(3, maxTrialCount), 1, maxTrialCount),
      maxFailedTrialCount: checkCount(scope, 'maxFailedTrials', props.maxFailedTrials ?? 3, 0, 100_000),
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

/** A parameter that no command uses makes all trials the same. */
function checkUse(scope: KatibExperiment, command: readonly string[], names: readonly string[]): void {
  const used = new Set(command.flatMap(word => [...word.matchAll(/\$\{trialParameters\.([^}]+)\}/g)].map(match => match[1])));
  for (const name of used) {
    if (!names.includes(name)) { throw invalid(scope, 'command', name, `use parameters of the experiment: ${names.join(', ')}`); }
  }
  const idle = names.find(name => !used.has(name));
  if (idle !== undefined) { throw invalid(scope, 'command', command, `use the parameter "${idle}"`, `for example "--${idle}=\${trialParameters.${idle}}"`); }
}
