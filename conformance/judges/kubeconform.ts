import * as path from 'node:path';
import { removeFolder, run, temporaryFolder } from '../child';
import { Finding, Judge } from '../judge';
import { Subject } from '../subject';
import { SCHEMA_FILE_TEMPLATE, writeStrictSchemas } from './strict-schemas';
import { GoTool } from '../toolchain/go';

const kubeconform = new GoTool('kubeconform', {
  module: 'kubeconform',
  package: 'github.com/yannh/kubeconform/cmd/kubeconform',
  versionedBy: 'github.com/yannh/kubeconform',
  versionArguments: ['-v'],
  linkerSettings: (version) => [`main.version=v${version}`],
});

interface Validated {
  readonly filename: string;
  readonly kind: string;
  readonly name: string;
  readonly status: string;
  readonly msg: string;
}

/** Strict schemas of built-in kinds and custom resources alike; duplicate keys are errors. */
export class Kubeconform implements Judge {
  public readonly name = 'kubeconform';
  public readonly proves = 'strict schemas of built-in kinds and custom resources, no duplicate key';
  public readonly tools = [kubeconform];

  constructor(private readonly kubernetesMinor: string) {}

  public async judge(subjects: readonly Subject[]): Promise<Finding[]> {
    const { path: program } = await kubeconform.locate();
    const schemas = temporaryFolder('schemas');
    try {
      await writeStrictSchemas(this.kubernetesMinor, subjects.flatMap(({ objects }) => objects), schemas);
      const files = subjects.flatMap((subject) => subject.files);
      const { stdout, stderr } = await run(program, ['-strict', '-output', 'json', '-schema-location', path.join(schemas, SCHEMA_FILE_TEMPLATE), ...files]);
      if (!stdout.startsWith('{')) { throw new Error(`kubeconform gave no answer: ${stderr.trim()}`); }
      const { resources } = JSON.parse(stdout) as { resources: Validated[] };
      return resources.map(({ filename, kind, name, status, msg }) => ({
        check: status === 'statusInvalid' ? 'schema' : 'unjudged',
        subject: subjects.find((subject) => subject.files.includes(filename))!.name,
        object: `${kind}/${name}`,
        message: msg,
      }));
    } finally {
      removeFolder(schemas);
    }
  }
}
