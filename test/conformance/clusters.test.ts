import * as path from 'node:path';
import { byCluster } from '../../conformance/clusters';
import { readSubject } from '../../conformance/subject';

const example = (name: string) => readSubject(`examples/${name}`, path.join(__dirname, '../../examples', name, 'expected'));

test('what a program writes for several clusters is judged cluster by cluster, each with its stack', () => {
  const whole = example('azureml-on-aks');
  const parts = byCluster(whole);
  expect(parts.map(({ name, terraform }) => [name, terraform.map(({ stack }) => stack)])).toEqual([
    ['examples/azureml-on-aks/scoring-eastus2', ['infra-eastus2']],
    ['examples/azureml-on-aks/scoring-westeurope', ['infra-westeurope']],
  ]);
  expect(parts.flatMap(({ objects }) => objects)).toEqual(whole.objects);
  expect(parts.map(({ folder }) => path.basename(folder))).toEqual(['scoring-eastus2', 'scoring-westeurope']);
});

test.each(['aks-gpu-serving', 'flask-model'])('%s has one cluster and stays whole', name => {
  expect(byCluster(example(name))).toEqual([example(name)]);
});
