import * as fc from 'fast-check';
import { calling, Choice, one, properties } from './choice';
import { folder, subdomain } from './texts';

const uuid = fc.uuid();

export const azureIdentity: Choice = calling('ExistingIdentity.azure', properties({ clientId: uuid }, { tenantId: uuid }, 0.5));

export const identity: Choice = one(
  azureIdentity,
  calling('ExistingIdentity.google', { serviceAccountEmail: 'models@project.iam.gserviceaccount.com' }),
  calling('ExistingIdentity.aws', { roleArn: 'arn:aws:iam::123456789012:role/models' }),
);

const key = fc.oneof(fc.stringMatching(/^[a-zA-Z0-9_-][-._a-zA-Z0-9]{0,10}$/), fc.constantFrom('token', 'key.json', '.hidden', 'a'.repeat(253), '__proto__', 'constructor'));

/** A key of a Secret, in a folder of the Secret's own. */
export const secretFile: Choice = one(
  calling('SecretFile.existing', subdomain, key),
  calling('SecretFile.existing', subdomain, key, properties({}, { folder: folder.map((path) => `/etc/secrets${path}`) }, 0.7)),
);
