import * as path from 'node:path';
import { checkov, judgeFolders } from './checkov';
import { Finding, Judge } from '../judge';
import { Subject } from '../subject';

/** Every check of checkov for Terraform. */
export class CheckovStacks implements Judge {
  public readonly name = 'checkov-terraform';
  public readonly proves = 'security benchmarks (CIS) for what Terraform makes';
  public readonly tools = [checkov];

  public choose(subjects: readonly Subject[]): Subject[] {
    return subjects.filter(({ terraform }) => terraform.length > 0);
  }

  public judge(subjects: readonly Subject[]): Promise<Finding[]> {
    return judgeFolders('terraform_json', subjects.flatMap(({ name, terraform }) => terraform.map(({ file, json }) => (
      { subject: name, folder: path.dirname(file), nameOf: (resource: string) => addressOf(resource, json) }
    ))));
  }
}

// checkov says "resource" for most types.
function addressOf(resource: string, json: any): string {
  const name = resource.slice(resource.indexOf('.') + 1);
  const type = Object.keys(json.resource ?? {}).find((candidate) => json.resource[candidate][name]);
  return type ? `${type}.${name}` : resource;
}
