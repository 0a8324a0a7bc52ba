import { run } from '../child';
import { Finding, Judge } from '../judge';
import { Subject } from '../subject';
import { GoTool } from '../toolchain/go';

const kubeScore = new GoTool('kube-score', {
  module: 'kube-score',
  package: 'github.com/zegl/kube-score/cmd/kube-score',
  versionedBy: 'github.com/zegl/kube-score',
  versionArguments: ['version'],
  linkerSettings: (version) => [`main.version=${version}`],
});

const FULL_GRADE = 10;

interface Scored {
  readonly object_name: string;
  readonly checks: {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** Every check of kube-score, also the optional ones; annotations in the manifests cannot switch any off. */
export class KubeScore implements Judge {
  public readonly name = 'kube-score';
  public readonly proves = 'reliability and security practice, across the objects of one program';
  public readonly tools = [kubeScore];

  constructor(private readonly kubernetesMinor: string) {}

  public async judge(subjects: readonly Subject[]): Promise<Finding[]> {
    const { path } = await kubeScore.locate();
    const findings: Finding[] = [];
    for (const subject of subjects) {
      const { stdout, stderr } = await run(path, [
        'score', '--all-default-optional', '--disable-ignore-checks-annotations', '--disable-optional-checks-annotations',
        '--output-format', 'json', '--kubernetes-version', `v${this.kubernetesMinor}`, ...subject.files,
      ]);
      if (stdout.startsWith('[')) {
        findings.push(...(JSON.parse(stdout) as Scored[]).flatMap((scored) => findingsOf(scored, subject)));
      } else {
        findings.push({ check: 'unreadable', subject: subject.name, object: '*', message: stderr.trim() });
      }
    }
    return findings;
  }
}

function findingsOf({ object_name, checks }: Scored, subject: Subject): Finding[] {
  const object = shortName(object_name);
  return checks.filter(({ grade, skipped }) => !skipped && grade < FULL_GRADE).map(({ check, comments }) => ({
    check: check.id,
    subject: subject.name,
    object,
    message: (comments ?? []).map(({ path, summary }) => [path, summary].filter(Boolean).join(': ')).join('; '),
  }));
}

// `Deployment/apps/v1/namespace/name`, or `Service/v1/namespace/name`
function shortName(name: string): string {
  const [kind, ...rest] = name.split('/');
  return [kind, ...rest.slice(/^v\d/.test(rest[0]) ? 1 : 2)].filter(Boolean).join('/');
}
