import * as path from 'node:path';
import { run } from '../child';
import { Finding, Judge } from '../judge';
import { Subject } from '../subject';
import { PythonTool } from '../toolchain/python';

export const checkov = new PythonTool('checkov');

// Given several folders, checkov's own command line judges the earlier ones again with each later one.
const FOLDER_BY_FOLDER = path.join(__dirname, '..', 'tools', 'python', 'checkov_folders.py');

interface Answer {
  readonly findings: { readonly check: string; readonly resource: string; readonly message: string }[];
  readonly unreadable: string[];
}

/** A folder that checkov judges for a subject. */
export interface CheckovFolder {
  readonly subject: string;
  readonly folder: string;
  /** What the report calls a resource of checkov's. */
  readonly nameOf: (resource: string) => string;
}

/** What checkov finds in folders; a skip in what it reads counts as a finding, because exceptions have their own file. */
export async function judgeFolders(framework: 'kubernetes' | 'terraform_json', folders: readonly CheckovFolder[]): Promise<Finding[]> {
  const { stdout, stderr } = await run(await checkov.interpreter(), [FOLDER_BY_FOLDER, framework, ...folders.map(({ folder }) => folder)]);
  const answers = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Answer);
  if (answers.length !== folders.length) { throw new Error(`checkov judged ${answers.length} of ${folders.length} folders: ${stderr.trim()}`); }
  return answers.flatMap(({ findings, unreadable }, index) => {
    const { subject, nameOf } = folders[index];
    return [
      ...findings.map(({ check, resource, message }) => ({ check, subject, object: nameOf(resource), message })),
      ...unreadable.map((file) => ({ check: 'unreadable', subject, object: '*', message: `checkov cannot parse ${file}` })),
    ];
  });
}

/** Every Kubernetes check of checkov. */
export class Checkov implements Judge {
  public readonly name = 'checkov';
  public readonly proves = 'security benchmarks (CIS, NSA) for Kubernetes manifests';
  public readonly tools = [checkov];

  public judge(subjects: readonly Subject[]): Promise<Finding[]> {
    const nameOf = (resource: string) => resource.split('.').join('/');
    return judgeFolders('kubernetes', subjects.map(({ name, folder }) => ({ subject: name, folder, nameOf })));
  }
}
