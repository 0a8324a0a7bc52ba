import { Program } from './support';
import { alicloud, ExistingIdentity, ModelServer, ModelServingApp, PlatformChart, PlatformNamespace } from '../../src';
import { readPolicyName } from '../../src/alicloud/private/ram-policies';

function withIdentity() {
  const program = new Program();
  const cluster = program.cluster();
  return { program, cluster, identity: new alicloud.WorkloadIdentity(program.infra, 'scorer', { cluster }) };
}

test('a workload takes on a RAM role without a key', () => {
  const { program, identity } = withIdentity();
  const chart = new PlatformChart(program.app, 'ml', { namespace: 'ml' });
  new PlatformNamespace(chart, 'ml');
  new ModelServingApp(chart, 'scorer', { server: ModelServer.flask({ image: 'me/scorer:1' }), identity });
  const yaml = program.app.synthYaml();
  expect(yaml).toContain('pod-identity.alibabacloud.com/role-name: scorer');
  expect(yaml).toMatch(/pod-identity\.alibabacloud\.com\/injection: "on"/);
  const [role] = program.resources('ram_role');
  expect(role.role_name).toBe('scorer');
  expect(JSON.parse(role.assume_role_policy_document)).toEqual({
    Version: '1',
    Statement: [{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Federated: [expect.stringMatching(/^\$\{alicloud_cs_managed_kubernetes\.[^.]+\.rrsa_metadata\[0\]\.ram_oidc_provider_arn\}$/)] },
      Condition: {
        StringEquals: {
          'oidc:aud': 'sts.aliyuncs.com',
          'oidc:iss': expect.stringMatching(/\.rrsa_metadata\[0\]\.rrsa_oidc_issuer_url\}$/),
          'oidc:sub': ['system:serviceaccount:ml:scorer'],
        },
      },
    }],
  });
});

test('every service account is named once, and what is granted twice is granted once', () => {
  const { program, identity } = withIdentity();
  for (const serviceAccountName of ['a', 'b', 'a']) { identity.bindServiceAccount({ namespace: 'ml', serviceAccountName }); }
  for (let i = 0; i < 2; i++) {
    identity.grantPolicy('AliyunLogReadOnlyAccess');
    identity.grantBucketRead('models');
  }
  const { resource } = program.terraform();
  const [role] = Object.values<any>(resource.alicloud_ram_role);
  const { Condition: condition } = JSON.parse(role.assume_role_policy_document).Statement[0];
  expect(condition.StringEquals['oidc:sub']).toEqual(['system:serviceaccount:ml:a', 'system:serviceaccount:ml:b']);
  const [policy] = Object.values<any>(resource.alicloud_ram_policy);
  expect(policy.policy_name).toBe('scorer-reads-models');
  expect(JSON.parse(policy.policy_document).Statement[1]).toEqual({ Effect: 'Allow', Action: ['oss:GetObject'], Resource: ['acs:oss:*:*:models/*'] });
  const attached = Object.values<any>(resource.alicloud_ram_role_policy_attachment).map(one => [one.policy_type, one.policy_name, one.role_name]);
  expect(attached).toEqual(expect.arrayContaining([
    ['System', 'AliyunLogReadOnlyAccess', expect.stringMatching(/^\$\{alicloud_ram_role\..*\.role_name\}$/)],
    ['Custom', expect.stringMatching(/^\$\{alicloud_ram_policy\..*\.policy_name\}$/), expect.any(String)],
  ]));
});

test('policies of long names that begin alike are two', () => {
  const names = ['a', 'b'].map(end => readPolicyName('r'.repeat(64), `${'m'.repeat(62)}${end}`));
  expect(names[0]).toMatch(/^r{64}-reads-m{48}-[0-9a-f]{8}$/);
  expect(names[1]).not.toBe(names[0]);
});

test('a role that nobody takes on is an error', () => {
  expect(() => withIdentity().program.terraform()).toThrow(
    'infra/scorer: must be taken on by a service account, because RAM wants to know by whom; pass it to a workload as identity');
});

test('an identity of a bad name, cluster, policy or bucket is refused', () => {
  const { program, cluster, identity } = withIdentity();
  expect(() => new alicloud.WorkloadIdentity(program.infra, 'a_b', { cluster })).toThrow('infra/a_b.id: got "a_b"; must be 1 to 64 letters, digits, "-" and "."; rename it');
  expect(() => new alicloud.WorkloadIdentity(program.infra, 'x', { cluster: 'y' as any })).toThrow('infra/x.cluster: got "y"; must be a cluster of ACK; for example new alicloud.AckCluster(...)');
  expect(() => identity.grantPolicy('admin')).toThrow('infra/scorer.policyName: got "admin"; must be a policy of Alibaba Cloud; for example "AliyunLogReadOnlyAccess"');
  expect(() => identity.grantPolicy('AdministratorAccess')).toThrow('must be a policy of Alibaba Cloud');
  expect(() => identity.grantBucketRead('oss://models')).toThrow(
    'infra/scorer.bucket: got "oss://models"; must be the name of a bucket: 3 to 63 lower case letters, digits and "-"; leave out "oss://" and any path');
  expect(() => identity.bindServiceAccount(undefined as any)).toThrow('infra/scorer.binding: got nothing; must be an object with properties; it may have');
  expect(() => identity.bindServiceAccount({ namespace: 'ML', serviceAccountName: 'x' })).toThrow('infra/scorer.binding.namespace: got "ML"; must be lower case letters');
});

test('a role that exists is named, not its ARN', () => {
  expect(ExistingIdentity.alibaba({ roleName: 'reader' }).bindServiceAccount({ namespace: 'a', serviceAccountName: 'b' })).toEqual({
    serviceAccountAnnotations: { 'pod-identity.alibabacloud.com/role-name': 'reader' }, podLabels: { 'pod-identity.alibabacloud.com/injection': 'on' },
  });
  expect(() => ExistingIdentity.alibaba({ roleName: 'acs:ram::1:role/x' })).toThrow(
    'ExistingIdentity.alibaba.roleName: got "acs:ram::1:role/x"; must be the name of a RAM role: 1 to 64 letters, digits, "-" and "."; leave out "acs:ram::...:role/"');
});
