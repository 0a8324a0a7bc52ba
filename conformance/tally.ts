import { cleanUpOnExit } from './child';
import { MissingTool } from './toolchain/tool';

/** What a part of the suite has found, told in the lines that the report reads. */
export class Tally {
  private passed = 0;
  private failed = 0;
  private skipped = 0;

  public pass(number = 1): void {
    this.passed += number;
  }

  /** Notes what failed, and why; lines after the first are indented, by which the report knows them. */
  public fail(what: string, number = 1): void {
    this.failed += number;
    console.log(`  failed: ${what.replace(/\n/g, '\n    ')}`);
  }

  /** Notes what could not be judged, and why. */
  public skip(what: string, number = 1): void {
    this.skipped += number;
    console.log(`  skipped: ${what}`);
  }

  /** Passes unless there is a trouble. */
  public check(what: string, trouble: string | undefined): void {
    if (trouble === undefined) { this.pass(); } else { this.fail(`${what}: ${trouble}`); }
  }

  /** Adds to the numbers of the report. */
  public count(what: string, number: number): void {
    console.log(`count ${what}: ${number}`);
  }

  /** The totals, which are the last line; nothing judged is a failure, too. */
  public finish(): void {
    console.log(`${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    process.exitCode = this.failed > 0 || this.passed + this.skipped === 0 ? 1 : 0;
  }
}

/**
 * Runs a part to its totals, or prints its help. A program that it can't do without, and that can't be had, is said to be skipped.
 */
export function runPart(judge: (tally: Tally) => void | Promise<void>, help?: string): void {
  if (help !== undefined && process.argv.includes('--help')) { return console.log(help); }
  cleanUpOnExit();
  const tally = new Tally();
  const broke = (error: unknown) => {
    if (error instanceof MissingTool) { return tally.skip(error.message); }
    console.error(error);
    tally.fail(`it broke off: ${(error as Error)?.message ?? error}`);
  };
  // What it has started or waits for, and did not end, must not keep it.
  void (async () => judge(tally))().catch(broke).then(() => {
    tally.finish();
    process.exit();
  });
}
