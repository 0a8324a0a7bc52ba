import * as path from 'node:path';
import { run } from '../child';
import { Finding, Judge } from '../judge';
import { Subject } from '../subject';
import { PythonTool } from '../toolchain/python';

const checkov = new PythonTool('checkov');

// Given several folders, checkov's own command line judges the earlier ones again with each later one.
const FOLDER_BY_FOLDER = path.join(__dirname, '..', 'tools', 'python', 'checkov_folders.py');

interface Answer {
  readonly findings: { readonly check: string; readonly resource: string; readonly message: string }[];
  readonly unreadable: string[];
}

/** Every Kubernetes check of checkov; a skip in the manifest counts as a finding, because exceptions have their own file. */
export class Checkov implements Judge {
  public readonly name = 'checkov';
  public readonly proves = 'security benchmarks (CIS, NSA) for Kubernetes manifests';
  public readonly tools = [checkov];

  public async judge(subjects: readonly Subject[]): Promise<Finding[]> {
    const { stdout, stderr } = await run(await checkov.interpreter(), [FOLDER_BY_FOLDER, ...subjects.map(({ folder }) => folder)]);
    const answers = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Answer);
    if (answers.length !== subjects.length) { throw new Error(`checkov judged ${answers.length} of ${subjects.length} folders: ${stderr.trim()}`); }
    return answers.flatMap(({ findings, unreadable }, index) => {
      const subject = subjects[index].name;
      return [
        ...findings.map(({ check, resource, message }) => ({ check, subject, object: resource.split('.').join('/'), message })),
        ...unreadable.map((file) => ({ check: 'unreadable', subject, object: '*', message: `checkov cannot parse ${file}` })),
      ];
    });
  }
}
