import { Construct } from 'constructs';
import { checkLength } from './names';
import { checkCommand, podTemplate } from './pod';
import { InvalidInputError, invalid, pathOf } from '../../../private/errors';
import { checkFolder } from '../../../private/folder';
import { checkDnsLabel, checkSubdomain } from '../../../private/names';
import { checkList, checkMap, checkProps } from '../../../private/props';
import type { KubeflowResource } from '../../kubeflow-resource';
import type { Workflow, WorkflowOptions, WorkflowProps, WorkflowStep } from '../../workflow';

/** The content of a Workflow. */
export function workflow(scope: Workflow, props: WorkflowProps): any {
  checkProps(scope, 'props', props, { platform: true, namespace: true, name: true, labels: true, annotations: true, steps: true, serviceAccountName: true });
  checkLength(scope, 63);
  return { spec: workflowSpec(scope, props, scope.namespace === props.platform.namespace ? 'pipeline-runner' : 'default-editor') };
}

/** The spec of a workflow, which schedules have, too. */
export function workflowSpec(scope: KubeflowResource, props: WorkflowOptions, account: string): any {
  const steps = checkList(scope, 'steps', props.steps);
  if (steps.length === 0) { throw invalid(scope, 'steps', [], 'have at least one step'); }
  steps.forEach((step, i) => checkStep(scope, `steps[${i}]`, step, steps));
  checkOrder(scope, steps);
  if (props.serviceAccountName !== undefined) { checkSubdomain(scope, 'serviceAccountName', props.serviceAccountName); }
  return {
    entrypoint: 'main',
    serviceAccountName: props.serviceAccountName ?? account,
    podGC: { strategy: 'OnPodSuccess' },
    templates: [
      { name: 'main', dag: { tasks: steps.map(step => taskOf(step, steps)) } },
      ...steps.map(step => templateOf(scope, step, {
        labels: props.labels, serviceAccountName: step.serviceAccountName ?? props.serviceAccountName ?? account,
      })),
    ],
  };
}

function checkStep(scope: Construct, prop: string, step: WorkflowStep, steps: readonly WorkflowStep[]): void {
  checkProps(scope, prop, step, {
    name: true, image: true, command: true, args: true, inputs: true, outputs: true, after: true,
    env: true, cpu: true, memory: true, gpu: true, serviceAccountName: true, mounts: true,
  });
  checkDnsLabel(scope, `${prop}.name`, step.name);
  if (step.name === 'main') { throw invalid(scope, `${prop}.name`, 'main', 'be another name, because the order of the steps has this one', 'rename it'); }
  if (steps.filter(other => other.name === step.name).length > 1) { throw invalid(scope, `${prop}.name`, step.name, 'be the name of one step', 'rename one'); }
  checkCommand(scope, `${prop}.command`, step.command);
  for (const [name, path] of Object.entries(checkMap(scope, `${prop}.outputs`, step.outputs, 'paths', '{ text: "/tmp/text" }'))) { checkFolder(scope, `${prop}.outputs.${name}`, path); }
  for (const name of checkList(scope, `${prop}.after`, step.after)) { giverOf(scope, `${prop}.after`, name, steps); }
  for (const [name, input] of Object.entries(checkMap(scope, `${prop}.inputs`, step.inputs, 'inputs', '{ text: { step: "write" } }'))) {
    const giver = giverOf(scope, `${prop}.inputs.${name}.step`, input?.step, steps);
    const outputs = Object.keys(giver.outputs ?? {});
    if (input.output !== undefined ? !outputs.includes(input.output) : outputs.length === 0) {
      throw invalid(scope, `${prop}.inputs.${name}.output`, input.output, `be an output of step "${giver.name}"`, `it has ${outputs.join(', ') || 'none'}`);
    }
  }
  for (const text of checkList(scope, `${prop}.args`, step.args)) {
    for (const [, name] of String(text).matchAll(/\{\{inputs\.parameters\.([^}]+)\}\}/g)) {
      if (!Object.hasOwn(step.inputs ?? {}, name)) { throw invalid(scope, `${prop}.args`, text, `use inputs of the step: ${Object.keys(step.inputs ?? {}).join(', ') || 'it has none'}`); }
    }
  }
}

function giverOf(scope: Construct, prop: string, name: string, steps: readonly WorkflowStep[]): WorkflowStep {
  const found = steps.find(step => step.name === name);
  if (!found) { throw invalid(scope, prop, name, `be one of the steps: ${steps.map(step => step.name).join(', ')}`); }
  return found;
}

function needsOf(step: WorkflowStep): string[] {
  return [...new Set([...Object.values(step.inputs ?? {}).map(input => input.step), ...step.after ?? []])];
}

function checkOrder(scope: Construct, steps: readonly WorkflowStep[]): void {
  const done = new Set<string>();
  let left = [...steps];
  while (left.length > 0) {
    const ready = left.filter(step => needsOf(step).every(name => done.has(name)));
    if (ready.length === 0) {
      throw new InvalidInputError(`${pathOf(scope)}.steps: ${left.map(step => step.name).join(', ')} wait for each other; must be in an order; remove one of what they wait for`);
    }
    ready.forEach(step => done.add(step.name));
    left = left.filter(step => !done.has(step.name));
  }
}

function taskOf(step: WorkflowStep, steps: readonly WorkflowStep[]): any {
  const needs = needsOf(step);
  const parameters = Object.entries(step.inputs ?? {}).map(([name, { step: from, output }]) => {
    const first = Object.keys(steps.find(each => each.name === from)!.outputs ?? {})[0];
    return { name, value: `{{tasks.${from}.outputs.parameters.${output ?? first}}}` };
  });
  return {
    name: step.name, template: step.name,
    ...(needs.length > 0 ? { dependencies: needs } : {}),
    ...(parameters.length > 0 ? { arguments: { parameters } } : {}),
  };
}

function templateOf(scope: KubeflowResource, step: WorkflowStep, pod: { labels?: { [key: string]: string }; serviceAccountName: string }): any {
  const { metadata, spec } = podTemplate(scope, { ...step, ...pod }, { container: 'main', image: step.image, command: step.command, args: step.args, withoutSidecar: true });
  const [{ name: _, ...container }] = spec.containers;
  const { fsGroup, fsGroupChangePolicy } = spec.securityContext;
  const inputs = Object.keys(step.inputs ?? {}).map(name => ({ name }));
  const outputs = Object.entries(step.outputs ?? {}).map(([name, path]) => ({ name, valueFrom: { path } }));
  return {
    name: step.name,
    ...(inputs.length > 0 ? { inputs: { parameters: inputs } } : {}),
    ...(outputs.length > 0 ? { outputs: { parameters: outputs } } : {}),
    ...(step.serviceAccountName !== undefined ? { serviceAccountName: spec.serviceAccountName } : {}),
    metadata,
    ...(spec.nodeSelector ? { nodeSelector: spec.nodeSelector } : {}),
    ...(spec.tolerations ? { tolerations: spec.tolerations } : {}),
    ...(fsGroup !== undefined ? { securityContext: { fsGroup, fsGroupChangePolicy } } : {}),
    ...(spec.volumes ? { volumes: spec.volumes } : {}),
    container,
  };
}
