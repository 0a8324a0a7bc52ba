import { run } from '../child';
import { Finding, Judge } from '../judge';
import { Subject } from '../subject';
import { PythonTool } from '../toolchain/python';

const kubernetesValidate = new PythonTool('kubernetes-validate');

/** The published schema of every built-in kind; custom resources are kubeconform's and the apiserver's. */
export class KubernetesValidate implements Judge {
  public readonly name = 'kubernetes-validate';
  public readonly proves = 'the published schema of the built-in kinds, no unknown field';
  public readonly tools = [kubernetesValidate];

  constructor(private readonly kubernetesMinor: string) {}

  public async judge(subjects: readonly Subject[]): Promise<Finding[]> {
    const { path } = await kubernetesValidate.locate();
    const files = subjects.flatMap((subject) => subject.files);
    const { code, stdout, stderr } = await run(path, ['--strict', '--quiet', '--no-warn', '-k', this.kubernetesMinor, ...files]);
    if (code === 0) { return []; }
    const lines = (stdout + stderr).split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => {
      const subject = subjects.find((candidate) => candidate.files.some((file) => line.includes(`${file} `)));
      if (!subject) { throw new Error(line); }
      return { check: 'schema', subject: subject.name, object: objectOf(line), message: line };
    });
  }
}

// `ERROR file.yaml did not validate for resource deployment/name against version 1.36: ...`
function objectOf(line: string): string {
  return /resource (\S+)/.exec(line)?.[1] ?? '*';
}
