import * as fs from 'node:fs';
import * as path from 'node:path';
import * as yaml from 'js-yaml';
import { removeFolder, run, temporaryFolder } from '../child';
import { Finding, Judge } from '../judge';
import { nameOf } from '../manifest';
import { Subject } from '../subject';
import { seriesOf } from './query-series';
import { promtool } from '../toolchain/debian';

/** Prometheus' own tool on every query an autoscaler asks, and on every rule. */
export class Promtool implements Judge {
  public readonly name = 'promtool';
  public readonly proves = 'every scaling query gives exactly one sample for two replicas, every rule is valid';
  public readonly tools = [promtool];
  public readonly checks = ['query', 'rules'];

  public async judge(subjects: readonly Subject[]): Promise<Finding[]> {
    const { path: program } = await promtool.locate();
    const folder = temporaryFolder('promtool');
    const file = path.join(folder, 'input.yaml');
    const findings: Finding[] = [];
    const ask = async (subject: Subject, object: string, check: string, args: string[], content: unknown) => {
      fs.writeFileSync(file, yaml.dump(content));
      const { code, stdout, stderr } = await run(program, [...args, file]);
      if (code !== 0) { findings.push({ check, subject: subject.name, object, message: (stdout + stderr).trim() }); }
    };
    try {
      for (const subject of subjects) {
        for (const object of subject.objects) {
          if (object.kind === 'PrometheusRule') { await ask(subject, nameOf(object), 'rules', ['check', 'rules'], object.spec); }
          if (object.kind !== 'ScaledObject') { continue; }
          for (const query of scalingQueries(object.spec.triggers)) {
            await ask(subject, nameOf(object), 'query', ['test', 'rules'], oneSampleTest(query));
          }
        }
      }
    } finally {
      removeFolder(folder);
    }
    return findings;
  }
}

function scalingQueries(triggers: { type: string; metadata: Record<string, string> }[]): string[] {
  return triggers.filter(({ type }) => type === 'prometheus').map(({ metadata }) => metadata.query);
}

// KEDA takes a query of several samples for an error, and one that two replicas answer twice has several.
function oneSampleTest(query: string): unknown {
  return {
    evaluation_interval: '1m',
    tests: [{
      interval: '1m',
      input_series: seriesOf(query).map((series) => ({ series, values: '1+1x30' })),
      promql_expr_test: [{ expr: `count(${query})`, eval_time: '20m', exp_samples: [{ labels: '{}', value: 1 }] }],
    }],
  };
}
