import * as fs from 'node:fs';
import * as path from 'node:path';
import { removeFolder, run, temporaryFolder } from '../child';
import { Finding, Judge } from '../judge';
import { Subject } from '../subject';
import { tflint, tflintGoogle } from '../toolchain/terraform';

const SETTINGS = path.join(__dirname, '..', 'tools', 'tflint', 'tflint.hcl');

interface Issue {
  readonly rule: { readonly name: string };
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

interface Answer {
  readonly issues: readonly Issue[];
  readonly errors: { readonly message: string }[];
}

/** tflint's own rules, and those of its ruleset for Google: machine types, names and values that the API would refuse. */
export class Tflint implements Judge {
  public readonly name = 'tflint';
  public readonly proves = 'machine types, names and values in stacks that the clouds\' interfaces take';
  public readonly tools = [tflint, tflintGoogle];

  public choose(subjects: readonly Subject[]): Subject[] {
    return subjects.filter((subject) => subject.terraform.length > 0);
  }

  public async judge(subjects: readonly Subject[]): Promise<Finding[]> {
    const plugins = temporaryFolder('tflint');
    try {
      fs.symlinkSync((await tflintGoogle.locate()).path, path.join(plugins, tflintGoogle.name));
      const program = (await tflint.locate()).path;
      const findings: Finding[] = [];
      for (const subject of subjects) {
        for (const { file } of subject.terraform) {
          const args = ['--config', SETTINGS, '--format', 'json', '--chdir', path.dirname(file)];
          const { stdout, stderr } = await run(program, args, { env: { TFLINT_PLUGIN_DIR: plugins } });
          if (stdout === '') { throw new Error(`tflint says nothing about ${file}: ${stderr.trim()}`); }
          const { issues, errors } = JSON.parse(stdout) as Answer;
          const finding = (check: string, object: string, message: string) => findings.push({ check, subject: subject.name, object, message });
          issues.forEach(({ rule, message, range }) => finding(rule.name, `line ${range.start.line}`, message));
          errors.forEach(({ message }) => finding('error', '*', message));
        }
      }
      return findings;
    } finally {
      removeFolder(plugins);
    }
  }
}
