import * as fs from 'fs';
import * as path from 'path';
import { Fn, Token } from 'cdktf';
import { loadAll } from 'js-yaml';
import { cluster, platform, terraformOf, yamlOf } from './support';
import { PlatformApp, PlatformChart, PlatformNamespace } from '../../src/app';
import { ContainerRegistry, PublicIp, WorkloadIdentity } from '../../src/azure';
import { Exposure } from '../../src/exposure';
import { ModelServer, ModelServingApp } from '../../src/serving';
import { emptyFolder } from '../app/support';

/** A cluster, and a workload on it with an identity. */
const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000000';

function program(app: PlatformApp): void {
  const { stack, cluster: aks, group } = cluster({}, app);
  const identity = new WorkloadIdentity(stack, 'scorer', { cluster: aks });
  const ip = new PublicIp(stack, 'ip', { resourceGroup: group });
  const chart = new PlatformChart(app, 'scoring', { namespace: 'scoring' });
  new PlatformNamespace(chart, 'scoring');
  new ModelServingApp(chart, 'scorer', {
    server: ModelServer.flask({ image: 'docker.io/me/scorer:1.0' }),
    identity,
    exposure: Exposure.loadBalancer({ port: 80, ipAddress: ip.address, annotations: ip.serviceAnnotations }),
  });
  const waitsForNothing = new PlatformChart(app, 'other', { namespace: 'other' });
  new PlatformNamespace(waitsForNothing, 'other');
}

test('trusts the service account of each workload that has it, one credential after the other', () => {
  const { app, stack, cluster: aks } = cluster();
  const identity = new WorkloadIdentity(stack, 'scorer', { cluster: aks });
  expect(identity.bindServiceAccount({ namespace: 'a', serviceAccountName: 'x' })).toEqual({
    serviceAccountAnnotations: { 'azure.workload.identity/client-id': identity.clientId },
    podLabels: { 'azure.workload.identity/use': 'true' },
  });
  identity.bindServiceAccount({ namespace: 'a', serviceAccountName: 'x' });
  identity.bindServiceAccount({ namespace: 'b', serviceAccountName: 'x' });
  const terraform = terraformOf(app);
  const credentials = Object.values(terraform.resource.azurerm_federated_identity_credential);
  expect(credentials.map(c => [c.name, c.subject, c.audience, c.issuer])).toEqual([
    ['a_x', 'system:serviceaccount:a:x', ['api://AzureADTokenExchange'], expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\.\w+\.oidc_issuer_url\}$/)],
    ['b_x', 'system:serviceaccount:b:x', ['api://AzureADTokenExchange'], expect.stringMatching(/^\$\{azurerm_kubernetes_cluster\.\w+\.oidc_issuer_url\}$/)],
  ]);
  expect(credentials[1].depends_on).toEqual([expect.stringContaining('azurerm_federated_identity_credential.scorer_Credential-a_x')]);
  expect(Object.values(terraform.resource.azurerm_user_assigned_identity)).toEqual([expect.objectContaining({ name: 'infra-cluster-scorer', location: 'westeurope' })]);
});

test('gets roles', () => {
  const { app, stack, cluster: aks } = cluster();
  const identity = new WorkloadIdentity(stack, 'scorer', { cluster: aks });
  identity.grantBlobRead(`${SUBSCRIPTION}/resourceGroups/a`);
  identity.grantSecretsRead(`${SUBSCRIPTION}/resourceGroups/b`);
  identity.grantRole('Reader', SUBSCRIPTION);
  const roles = Object.values(terraformOf(app).resource.azurerm_role_assignment).map(r => [r.role_definition_name, r.scope]);
  expect(roles).toEqual(expect.arrayContaining([
    ['Storage Blob Data Reader', `${SUBSCRIPTION}/resourceGroups/a`], ['Key Vault Secrets User', `${SUBSCRIPTION}/resourceGroups/b`], ['Reader', SUBSCRIPTION],
  ]));
});

test('what is granted twice is granted once, because Azure refuses to do it again', () => {
  const { app, stack, group, cluster: aks } = cluster();
  const identity = new WorkloadIdentity(stack, 'scorer', { cluster: aks });
  const ip = new PublicIp(stack, 'ip', { resourceGroup: group });
  const registry = new ContainerRegistry(stack, 'mlmodels', { resourceGroup: group });
  for (let i = 0; i < 2; i++) {
    identity.grantRole('Reader', SUBSCRIPTION);
    identity.grantBlobRead(SUBSCRIPTION);
    ip.grantUse(aks);
    registry.grantPull(aks);
  }
  const roles = Object.values(terraformOf(app).resource.azurerm_role_assignment).map(r => r.role_definition_name);
  expect(roles.sort()).toEqual(['AcrPull', 'Azure Kubernetes Service RBAC Cluster Admin', 'Network Contributor', 'Reader', 'Storage Blob Data Reader']);
});

test('refuses what is no cluster of AKS, a name that Azure does not take, and too many service accounts', () => {
  const { stack, cluster: aks } = cluster();
  expect(() => new WorkloadIdentity(stack, 'a', { cluster: {} as any })).toThrow('infra/a.cluster: got {}; must be a cluster of AKS; for example new azure.AksCluster(...)');
  expect(() => new WorkloadIdentity(stack, 'b', { cluster: aks, name: '_b' })).toThrow('infra/b.name: got "_b"; must be 3 to 128 letters');
  const identity = new WorkloadIdentity(stack, 'scorer', { cluster: aks });
  for (let i = 0; i < 20; i++) { identity.bindServiceAccount({ namespace: 'a', serviceAccountName: `x${i}` }); }
  expect(() => identity.bindServiceAccount({ namespace: 'a', serviceAccountName: 'y' })).toThrow(
    'infra/scorer.identity: got "system:serviceaccount:a:y"; must be one of at most 20 service accounts, because Azure allows no more for an identity; make another WorkloadIdentity');
  expect(() => identity.bindServiceAccount({ namespace: 'A', serviceAccountName: 'y' })).toThrow('infra/scorer.namespace: got "A"; must be lower case');
  expect(() => identity.grantRole('${x}', 'a')).toThrow('infra/scorer.role: got "${x}"; must not have "${"');
  expect(() => identity.grantRole('Reader\n', 'a')).toThrow('infra/scorer.role: got "Reader\\n"; must be the name of a role; for example "Reader"');
  expect(() => identity.bindServiceAccount(undefined as any)).toThrow('infra/scorer.binding: got nothing; must be an object with properties; it may have namespace, serviceAccountName');
  for (const scope of ['a', '/subscriptions/s', `${SUBSCRIPTION}/resourceGroups`, `${SUBSCRIPTION}/resourceGroups/\${x}`]) {
    expect(() => identity.grantRole('Reader', scope)).toThrow(
      `infra/scorer.resourceId: got ${JSON.stringify(scope)}; must be the id of a resource; for example "/subscriptions/<id>/resourceGroups/<name>"`);
  }
});

test('no two service accounts have credentials of one name', () => {
  const { app, stack, cluster: aks } = cluster();
  const identity = new WorkloadIdentity(stack, 'scorer', { cluster: aks });
  const long = 's'.repeat(200);
  const accounts = [['a-b', 'c'], ['a', 'b-c'], ['a', 'b.c'], ['n', long], ['n', `${long}2`]];
  for (const [namespace, serviceAccountName] of accounts) { identity.bindServiceAccount({ namespace, serviceAccountName }); }
  const names = Object.values(terraformOf(app).resource.azurerm_federated_identity_credential).map(credential => credential.name);
  expect(names).toHaveLength(5);
  expect(new Set(names).size).toBe(5);
  expect(names.every(name => /^[a-zA-Z0-9][-\w]{2,119}$/.test(name))).toBe(true);
});

test('from nothing to a running cluster in two synths', () => {
  const recordedOutputs = emptyFolder();
  const first = platform({ recordedOutputs });
  program(first);
  // Terraform is written at once; the chart that waits is not, and the one that waits for nothing is
  expect(Object.keys(yamlOf(first))).toEqual(['other.k8s.yaml']);
  const { output } = terraformOf(first);
  const command = `terraform -chdir=${first.terraformOutdir}/stacks/infra output -json > ${recordedOutputs}/terraform.infra.outputs.json`;
  expect(first.heldBack).toEqual([
    'scoring/scorer/ServiceAccount: ServiceAccount scorer, metadata.annotations.azure.workload.identity/client-id: '
      + `waits for the output "scorer_client_id" of stack "infra"; when it is applied, record it: ${command}`,
    'scoring/scorer/Service: Service scorer, metadata.annotations.service.beta.kubernetes.io/azure-load-balancer-ipv4: '
      + `waits for the output "ip_address" of stack "infra"; when it is applied, record it: ${command}`,
  ]);

  fs.writeFileSync(path.join(recordedOutputs, 'terraform.infra.outputs.json'), JSON.stringify({
    ...Object.fromEntries(Object.keys(output).map(name => [name, { sensitive: false, type: 'string', value: name === 'ip_address' ? '203.0.113.7' : `the-${name}` }])),
  }));
  const second = platform({ recordedOutputs });
  program(second);
  const yaml = yamlOf(second);
  expect(second.heldBack).toEqual([]);
  expect(Object.keys(yaml)).toEqual(['other.k8s.yaml', 'scoring.k8s.yaml']);
  const objects = loadAll(yaml['scoring.k8s.yaml']) as any[];
  const account = objects.find(object => object.kind === 'ServiceAccount');
  expect(account.metadata.annotations['azure.workload.identity/client-id']).toBe('the-scorer_client_id');
  expect(yaml['scoring.k8s.yaml']).toContain('203.0.113.7');
  expect(yaml['scoring.k8s.yaml']).not.toMatch(/TfToken|\$\{/);
  expect(terraformOf(second)).toEqual({ ...terraformOf(first), terraform: expect.anything() });
});

test('a value that is not recorded is an error when the program wants that', () => {
  const app = platform({ strictLateValues: true });
  program(app);
  expect(() => app.synth()).toThrow(/^Values that exist only after "terraform apply" are not recorded:\n {2}scoring\/scorer\/ServiceAccount: ServiceAccount scorer, /);
  expect(fs.readdirSync(app.outdir)).toEqual([]);
});

test('one chart\'s manifests are none while a value is not known', () => {
  const app = platform();
  program(app);
  const chart = app.node.findChild('scoring') as PlatformChart;
  expect(() => chart.toJson()).toThrow('waits for the output "scorer_client_id" of stack "infra"');
});

test.each<[string, Buffer]>([
  ['UTF-16, as Windows PowerShell writes it', Buffer.from('\uFEFF{ "scorer_client_id": { "value": "the-id" }, "ip_address": { "value": "203.0.113.7" } }', 'utf16le')],
  ['UTF-8 with a mark', Buffer.from('\uFEFF{ "scorer_client_id": { "value": "the-id" }, "ip_address": { "value": "203.0.113.7" } }')],
])('reads a record in %s', (_, bytes) => {
  const recordedOutputs = emptyFolder();
  fs.writeFileSync(path.join(recordedOutputs, 'terraform.infra.outputs.json'), bytes);
  const app = platform({ recordedOutputs });
  program(app);
  expect(yamlOf(app)['scoring.k8s.yaml']).toContain('azure.workload.identity/client-id: the-id');
});

test.each(['{', '[]', '3'])('refuses %s as a record of outputs', text => {
  const recordedOutputs = emptyFolder();
  fs.writeFileSync(path.join(recordedOutputs, 'terraform.infra.outputs.json'), text);
  const app = platform({ recordedOutputs });
  program(app);
  expect(() => app.synth()).toThrow('terraform.infra.outputs.json: is not what "terraform output -json" writes; record it again, or remove it');
});

test('refuses an output of another shape', () => {
  const recordedOutputs = emptyFolder();
  fs.writeFileSync(path.join(recordedOutputs, 'terraform.infra.outputs.json'), '{ "scorer_client_id": { "value": ["a"] } }');
  const app = platform({ recordedOutputs });
  program(app);
  expect(() => app.synth()).toThrow('the output "scorer_client_id" is ["a"]; must be a text, as "terraform output -json" writes it; record it again');
});

test('roles have the same addresses in whatever order they are given, and one attribute is granted once', () => {
  const addresses = (order: number[]) => {
    const { app, stack, group, cluster: aks } = cluster({ admins: order.map(i => `${i}1111111-2222-3333-4444-555555555555`) });
    const identity = new WorkloadIdentity(stack, 'scorer', { cluster: aks });
    const grants = [
      () => identity.grantRole('Reader', SUBSCRIPTION),
      () => identity.grantRole('Reader', group.resourceId),
      () => identity.grantBlobRead(Token.asString(Fn.join('', [group.resourceId]))),
      () => identity.bindServiceAccount({ namespace: 'ml', serviceAccountName: 'scorer' }),
    ];
    for (const i of order) { grants[i](); }
    for (const i of order) { grants[i](); }
    grants[2]();
    return Object.keys(terraformOf(app).resource.azurerm_role_assignment).sort();
  };
  expect(addresses([3, 1, 2, 0])).toEqual(addresses([0, 1, 2, 3]));
  expect(addresses([0, 1, 2])).toHaveLength(9);
  expect(addresses([0, 1, 2])).toEqual(expect.arrayContaining([
    expect.stringMatching(/^scorer_Role-Reader-[0-9a-f]{8}_/), expect.stringMatching(/^scorer_Role-Storage-Blob-Data-Reader-[0-9a-f]{8}_/),
    expect.stringMatching(/^cluster_Admin-01111111-2222-3333-4444-555555555555_/), expect.stringMatching(/^cluster_User-01111111-/),
  ]));
});

test('an administrator that is named twice is one', () => {
  const { app } = cluster({ admins: ['11111111-2222-3333-4444-555555555555', '11111111-2222-3333-4444-555555555555'] });
  expect(Object.keys(terraformOf(app).resource.azurerm_role_assignment)).toHaveLength(2);
});
