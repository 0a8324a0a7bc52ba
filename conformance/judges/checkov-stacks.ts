import * as path from 'node:path';
import { run } from '../child';
import { Finding, Judge } from '../judge';
import { Subject } from '../subject';
import { PythonTool } from '../toolchain/python';

const checkov = new PythonTool('checkov');

const STACK_BY_STACK = path.join(__dirname, '..', 'tools', 'python', 'checkov_stacks.py');

interface Answer {
  readonly findings: { readonly check: string; readonly resource: string; readonly message: string }[];
  readonly unreadable: string[];
}

/** Every check of checkov for Terraform; a skip in the stack counts as a finding, because exceptions have their own file. */
export class CheckovStacks implements Judge {
  public readonly name = 'checkov-terraform';
  public readonly proves = 'security benchmarks (CIS) for what Terraform makes';
  public readonly tools = [checkov];

  public choose(subjects: readonly Subject[]): Subject[] {
    return subjects.filter(({ terraform }) => terraform.length > 0);
  }

  public async judge(subjects: readonly Subject[]): Promise<Finding[]> {
    const stacks = subjects.flatMap(({ name, terraform }) => (
      terraform.map(({ file, json }) => ({ subject: name, folder: path.dirname(file), json }))));
    const { stdout, stderr } = await run(await checkov.interpreter(), [STACK_BY_STACK, ...stacks.map(({ folder }) => folder)]);
    const answers = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Answer);
    if (answers.length !== stacks.length) { throw new Error(`checkov judged ${answers.length} of ${stacks.length} stacks: ${stderr.trim()}`); }
    return answers.flatMap(({ findings, unreadable }, index) => {
      const { subject, json } = stacks[index];
      return [
        ...findings.map(({ check, resource, message }) => ({ check, subject, object: addressOf(resource, json), message })),
        ...unreadable.map((file) => ({ check: 'unreadable', subject, object: '*', message: `checkov cannot parse ${file}` })),
      ];
    });
  }
}

// checkov says "resource" for most types.
function addressOf(resource: string, json: any): string {
  const name = resource.slice(resource.indexOf('.') + 1);
  const type = Object.keys(json.resource ?? {}).find((candidate) => json.resource[candidate][name]);
  return type ? `${type}.${name}` : resource;
}
