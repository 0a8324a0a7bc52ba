import { Judge } from '../judge';
import { Checkov } from './checkov';
import { CheckovStacks } from './checkov-stacks';
import { ContractPolicies } from './contract-policies';
import { KubeApiserver } from './kube-apiserver';
import { KubeScore } from './kube-score';
import { Kubeconform } from './kubeconform';
import { KubernetesValidate } from './kubernetes-validate';
import { Network } from './network';
import { Promtool } from './promtool';
import { restatedRules } from './restated';
import { Simulation } from './simulation';
import { Terraform } from './terraform';
import { Tflint } from './tflint';
import { Kubernetes } from '../toolchain/kubernetes';

/** Everyone who has a say, the quick ones first. */
export function allJudges(): Judge[] {
  const oldest = new Kubernetes('1.33');
  const newest = new Kubernetes('1.36');
  return [
    new KubernetesValidate(newest.minor),
    new Kubeconform(newest.minor),
    new KubeScore(newest.minor),
    new Checkov(),
    ...restatedRules(),
    new Terraform(),
    new Tflint(),
    new CheckovStacks(),
    new Promtool(),
    new Network(),
    new KubeApiserver(oldest),
    new KubeApiserver(newest),
    new ContractPolicies(oldest),
    new ContractPolicies(newest),
    new Simulation(newest),
  ];
}
