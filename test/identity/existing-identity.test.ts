import { ExistingIdentity } from '../../src/identity';

const binding = { namespace: 'ml', serviceAccountName: 'scorer' };
const CLIENT = '12345678-1234-1234-1234-123456789012';
const TENANT = '00000000-0000-0000-0000-00000000000A';

test('an Azure identity labels the pods, without which its webhook does nothing', () => {
  expect(ExistingIdentity.azure({ clientId: CLIENT }).bindServiceAccount(binding)).toEqual({
    serviceAccountAnnotations: { 'azure.workload.identity/client-id': CLIENT },
    podLabels: { 'azure.workload.identity/use': 'true' },
  });
});

test('an Azure identity of another tenant names it', () => {
  expect(ExistingIdentity.azure({ clientId: CLIENT, tenantId: TENANT }).bindServiceAccount(binding).serviceAccountAnnotations).toEqual({
    'azure.workload.identity/client-id': CLIENT,
    'azure.workload.identity/tenant-id': TENANT,
  });
});

test('a Google identity is asked of the node\'s metadata server', () => {
  expect(ExistingIdentity.google({ serviceAccountEmail: 'models@my-project.iam.gserviceaccount.com' }).bindServiceAccount(binding)).toEqual({
    serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': 'models@my-project.iam.gserviceaccount.com' },
    usesMetadataServer: true,
  });
});

test('an AWS role is named on the service account', () => {
  expect(ExistingIdentity.aws({ roleArn: 'arn:aws:iam::123456789012:role/ml/models' }).bindServiceAccount(binding)).toEqual({
    serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/ml/models' },
  });
});

test('a role may belong to another partition', () => {
  expect(() => ExistingIdentity.aws({ roleArn: 'arn:aws-us-gov:iam::123456789012:role/models' })).not.toThrow();
});

test.each(['', 'my-app', CLIENT.slice(1), `${CLIENT}\n`, '{12345678-1234-1234-1234-123456789012}', undefined as any])('the client id %j is refused', clientId => {
  expect(() => ExistingIdentity.azure({ clientId })).toThrow(
    /^ExistingIdentity\.azure\.clientId: got .*; must be a UUID; for example "00000000-0000-0000-0000-000000000000"$/);
});

test('a tenant that isn\'t a UUID is refused', () => {
  expect(() => ExistingIdentity.azure({ clientId: CLIENT, tenantId: 'contoso' })).toThrow('ExistingIdentity.azure.tenantId: got "contoso"; must be a UUID');
});

test.each(['', 'models', 'me@example.com', 'Models@p.iam.gserviceaccount.com', 'a b@p.iam.gserviceaccount.com', 'models@gserviceaccount.com.example.com', undefined as any])(
  'the service account %j is refused', serviceAccountEmail => {
    expect(() => ExistingIdentity.google({ serviceAccountEmail })).toThrow(
      /^ExistingIdentity\.google\.serviceAccountEmail: got .*; must be the address of a Google service account; for example "models@project\.iam\.gserviceaccount\.com"$/);
  });

test.each(['', 'models', 'arn:aws:iam::1234:role/models', 'arn:aws:iam::123456789012:user/me', 'arn:aws:iam::123456789012:role/', 'arn:aws:iam::123456789012:role/a b', undefined as any])(
  'the role %j is refused', roleArn => {
    expect(() => ExistingIdentity.aws({ roleArn })).toThrow(
      /^ExistingIdentity\.aws\.roleArn: got .*; must be the ARN of an IAM role; for example "arn:aws:iam::123456789012:role\/models"$/);
  });

test('an attribute that only Terraform knows is taken as it is', () => {
  const late = '${TfToken[TOKEN.0]}';
  const annotations = [
    ExistingIdentity.azure({ clientId: late, tenantId: late }),
    ExistingIdentity.google({ serviceAccountEmail: late }),
    ExistingIdentity.aws({ roleArn: late }),
    ExistingIdentity.alibaba({ roleName: late }),
  ].map(identity => identity.bindServiceAccount(binding).serviceAccountAnnotations);
  expect(annotations).toEqual([
    { 'azure.workload.identity/client-id': late, 'azure.workload.identity/tenant-id': late },
    { 'iam.gke.io/gcp-service-account': late }, { 'eks.amazonaws.com/role-arn': late }, { 'pod-identity.alibabacloud.com/role-name': late },
  ]);
});

test('a misspelt attribute is refused', () => {
  expect(() => ExistingIdentity.azure({ clientID: CLIENT } as any)).toThrow(
    'ExistingIdentity.azure.attributes.clientID: got "12345678-1234-1234-1234-123456789012"; must be a property that there is; did you mean "clientId"?');
});
