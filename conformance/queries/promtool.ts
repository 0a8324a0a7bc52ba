import * as fs from 'node:fs';
import * as path from 'node:path';
import * as yaml from 'js-yaml';
import { run } from '../child';

/** A time series in promtool's notation. */
export interface Series {
  readonly series: string;
  readonly values: string;
}

/** Prometheus' own reader and engine, asked for one expression at a time. */
export class Promtool {
  constructor(private readonly program: string, private readonly folder: string) {}

  /** Why the expression does not return exactly this one value without labels; undefined when it does. */
  public async returnsOnly(expression: string, value: number, series: readonly Series[]): Promise<string | undefined> {
    return this.ask(['test', 'rules'], {
      evaluation_interval: '1m',
      tests: [{
        interval: '1m',
        input_series: series,
        promql_expr_test: [{ expr: expression, eval_time: '20m', exp_samples: [{ labels: '{}', value }] }],
      }],
    });
  }

  /** Why the expression can't be read; undefined when it can. */
  public async reads(expression: string): Promise<string | undefined> {
    return this.ask(['check', 'rules'], { groups: [{ name: 'read', rules: [{ record: 'read', expr: expression }] }] });
  }

  private async ask(args: string[], content: unknown): Promise<string | undefined> {
    const file = path.join(this.folder, 'input.yaml');
    fs.writeFileSync(file, yaml.dump(content));
    const { code, stdout, stderr } = await run(this.program, [...args, file]);
    return code === 0 ? undefined : (stdout + stderr).trim();
  }
}
