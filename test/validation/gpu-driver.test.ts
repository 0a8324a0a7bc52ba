import { ApiObject } from 'cdk8s';
import { GpuDriver, NvidiaDevicePlugin, PlatformChart } from '../../src';
import { Accelerator } from '../../src/gpu';
import { cluster } from '../azure/support';

const READS_FILE = { env: [{ name: 'RUNTIME_CONFIG_SOURCE', value: 'file' }] };

/** What is found in a cluster of AKS with one pool of such a driver. */
function program(driver: GpuDriver | undefined, parts: { operator?: any; plugin?: boolean }) {
  const { app, cluster: aks } = cluster();
  aks.addGpuNodePool('t4', { accelerator: Accelerator.T4, driver });
  const chart = new PlatformChart(app, 'gpus', { namespace: 'gpus' });
  if (parts.operator) { new ApiObject(chart, 'policy', { apiVersion: 'nvidia.com/v1', kind: 'ClusterPolicy', metadata: { name: 'policy' }, spec: parts.operator }); }
  if (parts.plugin) { new NvidiaDevicePlugin(chart, 'plugin'); }
  let errors: string[] = [];
  try { app.synthYaml(); } catch (e) { errors = (e as Error).message.split('\n').slice(1).map(line => line.trim()); }
  const ofRule = (findings: string[]) => findings.filter(finding => finding.endsWith('[gpu-driver]'));
  return { errors: ofRule(errors), warnings: ofRule(app.warnings) };
}

test('a driver of the operator\'s beside that of the cloud is an error', () => {
  expect(program(undefined, { operator: { toolkit: READS_FILE } }).errors).toEqual([
    'infra/cluster/t4.driver: got "default"; must be GpuDriver.NONE, because gpus/policy installs a driver, too; '
    + 'make the pool with driver: GpuDriver.NONE, or set spec.driver.enabled to false there [gpu-driver]',
  ]);
});

test.each([
  ['the operator', { operator: { driver: { enabled: false }, toolkit: READS_FILE } }, 'gpus/policy'], ['a device plugin', { plugin: true }, 'gpus/plugin/DaemonSet-nvidia-device-plugin'],
])('no driver for %s is an error', (_, parts, path) => {
  expect(program(GpuDriver.NONE, parts).errors).toEqual([
    `infra/cluster/t4.driver: got "none"; must be GpuDriver.DEFAULT, because nothing in the program installs a driver, and ${path} finds no GPUs without one; leave it out [gpu-driver]`,
  ]);
});

test.each<[string, GpuDriver | undefined, any]>([
  ['the operator\'s', GpuDriver.NONE, { operator: { toolkit: READS_FILE } }],
  ['the cloud\'s, which the operator leaves alone,', GpuDriver.DEFAULT, { operator: { driver: { enabled: false }, toolkit: { enabled: false } } }],
  ['the cloud\'s beside a device plugin', undefined, { plugin: true }],
  ['somebody else\'s', GpuDriver.NONE, {}],
])('one driver, %s passes', (_, driver, parts) => {
  expect(program(driver, parts)).toEqual({ errors: [], warnings: [] });
});

test('a toolkit that asks containerd is a warning on AKS', () => {
  expect(program(GpuDriver.NONE, { operator: { toolkit: { env: [{ name: 'RUNTIME_CONFIG_SOURCE', value: 'command' }] } } }).warnings).toEqual([
    'gpus/policy: its toolkit asks containerd for its configuration, and what it then writes keeps containerd of AKS from starting from Kubernetes 1.35 on; '
    + 'add { name: RUNTIME_CONFIG_SOURCE, value: file } to spec.toolkit.env [gpu-driver]',
  ]);
});
