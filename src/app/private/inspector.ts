import { IConstruct } from 'constructs';
import { checkManifest } from './checks';
import { asTarget, Fact, factOf } from './checks/facts';
import { Report } from './checks/report';
import { checkValues } from './checks/values';
import { resolvedAsRead } from './render';
import type { LateValues } from './terraform/late-values';
import { Printer } from './yaml/printer';
import { beforeChanges } from '../../private/changes';
import { InvalidInputError, show } from '../../private/errors';
import { AS_READ } from '../../private/platform';
import type { PlatformApp } from '../platform-app';

/** A manifest, and what it was rendered from. */
export interface Rendered { readonly source: IConstruct; readonly manifest: any }

/** A manifest as it is written, once it was looked at. */
export interface Inspected extends Rendered {
  readonly yaml: Buffer;
  /** What the rules between objects need to know of it. */
  readonly fact: Fact;
  /** The values in it that exist only after Terraform has run, and that nobody recorded. */
  readonly waiting: string[];
}

/** Prints manifests, and says what is wrong with each by itself. */
export class Inspector {
  private readonly printer = new Printer();
  private readonly minor: number;

  /**
   * @param errors where the findings go
   * @param late the values that only Terraform knows, when the app has stacks
   */
  constructor(app: PlatformApp, private readonly errors: string[], private readonly late?: LateValues) {
    this.minor = Number(app.kubernetesVersion.slice(2));
  }

  /** Where findings about an object go. */
  public reportOf(source: IConstruct): Report {
    return new Report(source, this.minor, this.errors);
  }

  /** Checks and prints a manifest, with late values in it. */
  public inspect({ source, manifest: given }: Rendered): Inspected {
    const asRead = AS_READ in source;
    const before = asRead ? beforeChanges(given) : undefined;
    // in what nobody changed there may stand whatever YAML can say
    const unchanged = asRead && before === undefined;
    let yaml = this.printer.print(given, unchanged);
    let manifest = given;
    let waiting: string[] = [];
    const known = this.errors.length;
    if (this.printer.unsound && !this.printer.endless) {
      if (asRead) { manifest = this.resolved(source, manifest); }
      if (this.late) { ({ manifest, waiting } = this.late.resolve(manifest, source)); }
      if (manifest !== given) { yaml = this.printer.print(manifest, unchanged); }
    }
    const { unsound } = this.printer;
    const fact = factOf(manifest, source);
    const inspected = { source, manifest, yaml: Buffer.from(yaml), fact: asRead ? asTarget(fact) : fact, waiting };
    if (this.errors.length > known) { return inspected; }
    const depth = { values: unsound, rules: waiting.length === 0 };
    if (before !== undefined) {
      this.checkChanges(before, inspected, depth);
    } else if (unchanged) {
      if (unsound) { checkValues(manifest, this.reportOf(source), true); }
    } else {
      check(manifest, this.reportOf(source), this.errors, depth);
    }
    return inspected;
  }

  /** An object from elsewhere with the Lazy values that a program put into it resolved; as it is when one can't be, which is an error. */
  private resolved(source: IConstruct, manifest: any): any {
    try {
      return resolvedAsRead(source, manifest);
    } catch (e) {
      if (!(e instanceof InvalidInputError)) { throw e; }
      this.errors.push(e.message);
      return manifest;
    }
  }

  /** What is wrong with a manifest that is not what was read. What was wrong with it when it was read is not the program's to mend. */
  private checkChanges(before: any, { source, manifest }: Rendered, depth: Depth): void {
    const [known, found] = [before, manifest].map(each => {
      const errors: string[] = [];
      const warnings: string[] = [];
      check(each, new Report(source, this.minor, errors, warnings), errors, depth);
      return { errors, warnings };
    });
    const isNew = (lines: readonly string[]) => {
      // what is added to a list moves the others
      const old = new Set(lines.map(withoutIndexes));
      return (line: string) => !old.has(withoutIndexes(line));
    };
    this.errors.push(...found.errors.filter(isNew(known.errors)));
    const report = this.reportOf(source);
    found.warnings.filter(isNew(known.warnings)).forEach(warning => report.warn(warning));
  }
}

/** How much is checked of a manifest: whether its values may be none, and whether all of them are known. */
interface Depth { readonly values: boolean; readonly rules: boolean }

function check(manifest: any, report: Report, errors: string[], { values, rules }: Depth): void {
  if (values) { checkValues(manifest, report, false); }
  if (!rules) { return; }
  const known = errors.length;
  try {
    checkManifest(manifest, report);
  } catch (e) {
    const { name, message } = e as Error;
    if (name !== 'TypeError') { throw e; }
    if (errors.length === known) { report.refuse('spec', undefined, `be of the types that a ${show(manifest.kind)} has`, message); }
  }
}

function withoutIndexes(line: string): string {
  return line.replace(/\[\d+\]/g, '[]');
}
