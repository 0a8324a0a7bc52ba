import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Finished, removeFolder, run, temporaryFolder } from '../child';
import { Count, Finding, Judge } from '../judge';
import { progress } from '../progress';
import { Subject, TerraformFile } from '../subject';
import { assertionsFor } from '../terraform/assertions';
import { writeMirror } from '../terraform/mirror';
import { mocksFor } from '../terraform/mocks';
import { providersOf, StubbedProvider } from '../terraform/providers';
import { stubProvider, terraform } from '../toolchain/terraform';

interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/**
 * Real Terraform: `validate`, then `test` with mocked providers, which plans and applies.
 *
 * The providers that it starts have nothing but their schemas, which are read from the packages of bindings. So it sees unknown, missing and mistyped
 * arguments, blocks that may be there once, references that lead nowhere and cycles; which values a provider allows it doesn't see.
 */
export class Terraform implements Judge {
  public readonly name = 'terraform';
  public readonly proves = 'Terraform accepts every stack by the schemas of its providers, and plans and applies it with mocked ones; '
    + 'pools, networks, accounts and identities belong together, no output is empty';
  public readonly tools = [terraform, stubProvider];
  public readonly checks = ['init', 'validate', 'plan'];

  public choose(subjects: readonly Subject[]): Subject[] {
    return subjects.filter((subject) => subject.terraform.length > 0);
  }

  public async judge(subjects: readonly Subject[], count: Count): Promise<Finding[]> {
    const folder = temporaryFolder('terraform');
    try {
      const providers = providersOf(subjects.flatMap((subject) => subject.terraform));
      const settings = writeMirror(path.join(folder, 'mirror'), (await stubProvider.locate()).path, providers);
      const program = (await terraform.locate()).path;
      const trials = subjects.flatMap((subject) => (
        subject.terraform.map((stack) => new Trial(program, settings, providers, subject.name, stack, count))));
      const findings: Finding[] = [];
      const next = trials[Symbol.iterator]();
      let done = 0;
      const worker = async (index: number) => {
        for (const trial of next) {
          findings.push(...await trial.run(path.join(folder, String(index))));
          done++;
        }
      };
      const report = progress('planning', () => `${done} of ${trials.length} stacks`);
      await Promise.all(Array.from({ length: os.availableParallelism() }, (_, index) => worker(index))).finally(() => report.done());
      return findings;
    } finally {
      removeFolder(folder);
    }
  }
}

/** What Terraform says about one stack. */
class Trial {
  constructor(
    private readonly program: string,
    private readonly settings: string,
    private readonly providers: readonly StubbedProvider[],
    private readonly subject: string,
    private readonly stack: TerraformFile,
    private readonly count: Count,
  ) {}

  /** @param place A folder that nobody else uses meanwhile. */
  public async run(place: string): Promise<Finding[]> {
    const { stack, file, json } = this.stack;
    const folder = path.join(place, 'cdktf.out', 'stacks', stack);
    fs.mkdirSync(folder, { recursive: true });
    try {
      fs.copyFileSync(file, path.join(folder, 'cdk.tf.json'));
      const begun = await this.terraform(folder, 'init', '-input=false', '-no-color');
      if (begun.code !== 0) { return [this.finding('init', '*', `${begun.stdout}\n${begun.stderr}`.replace(/[│╷╵\s]+/g, ' ').trim())]; }
      const { diagnostics } = JSON.parse((await this.terraform(folder, 'validate', '-json')).stdout) as { diagnostics: Diagnostic[] };
      const invalid = diagnostics.map((diagnostic) => this.reported('validate', diagnostic));
      if (diagnostics.some(({ severity }) => severity === 'error')) { return invalid; }
      const found = [...invalid, ...await this.test(folder)];
      this.count('stacks planned', this.subject, 1);
      const resources = Object.entries<object>(json.resource ?? {}).flatMap(([type, named]) => Object.keys(named).map(() => type));
      this.count('resources planned', this.subject, resources.length);
      this.count('node pools planned', this.subject, resources.filter((type) => type.endsWith('_node_pool')).length);
      return found;
    } finally {
      fs.rmSync(place, { recursive: true, force: true });
    }
  }

  private async test(folder: string): Promise<Finding[]> {
    const { json } = this.stack;
    const assertions = assertionsFor(json);
    const test = { mock_provider: mocksFor(json, this.providers), run: { everything: { command: 'apply', ...assertions.length > 0 ? { assert: assertions } : {} } } };
    fs.writeFileSync(path.join(folder, 'everything.tftest.json'), JSON.stringify(test));
    const { code, stdout, stderr } = await this.terraform(folder, 'test', '-json');
    const lines = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as { type: string; diagnostic?: Diagnostic });
    const found = lines.flatMap(({ type, diagnostic }) => (type === 'diagnostic' && diagnostic ? [this.reported('plan', diagnostic)] : []));
    this.count('statements about stacks', this.subject, assertions.length);
    return code === 0 || found.length > 0 ? found : [this.finding('plan', '*', stderr.trim() || stdout.trim())];
  }

  private reported(check: string, { summary, detail, address }: Diagnostic): Finding {
    return this.finding(check, address ?? '*', [summary, detail].filter(Boolean).join(': ').replace(/\s+/g, ' '));
  }

  private finding(check: string, object: string, message: string): Finding {
    return { check, subject: this.subject, object, message };
  }

  private terraform(folder: string, ...args: string[]): Promise<Finished> {
    return run(this.program, args, { cwd: folder, env: { TF_CLI_CONFIG_FILE: this.settings, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' } });
  }
}
