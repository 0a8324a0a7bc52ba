import { createHash } from 'crypto';

const LONGEST_NAME = 128;

/** Who may take on a role: service accounts of the cluster that tells of itself by these. */
export function trustPolicy(providerArn: string, issuer: string, subjects: readonly string[]): string {
  return JSON.stringify({
    Version: '1',
    Statement: [{
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Federated: [providerArn] },
      Condition: { StringEquals: { 'oidc:aud': 'sts.aliyuncs.com', 'oidc:iss': issuer, 'oidc:sub': subjects } },
    }],
  });
}

/** What lets objects of a bucket be read. */
export function readPolicy(bucket: string): string {
  return JSON.stringify({
    Version: '1',
    Statement: [
      { Effect: 'Allow', Action: ['oss:ListObjects', 'oss:GetBucketInfo'], Resource: [`acs:oss:*:*:${bucket}`] },
      { Effect: 'Allow', Action: ['oss:GetObject'], Resource: [`acs:oss:*:*:${bucket}/*`] },
    ],
  });
}

/** The name of the policy by which a role reads a bucket: long names that begin alike must not be one. */
export function readPolicyName(role: string, bucket: string): string {
  const name = `${role.replace(/\./g, '-')}-reads-${bucket}`;
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 9)}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}
