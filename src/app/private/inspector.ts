import { IConstruct } from 'constructs';
import { checkManifest } from './checks';
import { asTarget, Fact, factOf } from './checks/facts';
import { Report } from './checks/report';
import { checkValues } from './checks/values';
import type { LateValues } from './terraform/late-values';
import { Printer } from './yaml/printer';
import { show } from '../../private/errors';
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

  /**
   * @param errors where the findings go
   * @param late the values that only Terraform knows, when the app has stacks
   */
  constructor(private readonly app: PlatformApp, private readonly errors: string[], private readonly late?: LateValues) {}

  /** Where findings about an object go. */
  public reportOf(source: IConstruct): Report {
    return new Report(source, Number(this.app.kubernetesVersion.slice(2)), this.errors);
  }

  /** Checks and prints a manifest, with late values in it. */
  public inspect({ source, manifest: given }: Rendered): Inspected {
    const report = this.reportOf(source);
    let manifest = given;
    let yaml = this.printer.print(manifest);
    let waiting: string[] = [];
    if (this.printer.unsound && this.late) {
      ({ manifest, waiting } = this.late.resolve(manifest, source));
      yaml = this.printer.print(manifest);
    }
    let fact = factOf(manifest, source);
    if (AS_READ in source) {
      fact = asTarget(fact);
    } else {
      if (this.printer.unsound) { checkValues(manifest, report); }
      if (waiting.length === 0) { this.check(manifest, report); }
    }
    return { source, manifest, yaml: Buffer.from(yaml), fact, waiting };
  }

  private check(manifest: any, report: Report): void {
    const known = this.errors.length;
    try {
      checkManifest(manifest, report);
    } catch (e) {
      const { name, message } = e as Error;
      if (name !== 'TypeError') { throw e; }
      if (this.errors.length === known) { report.refuse('spec', undefined, `be of the types that a ${show(manifest.kind)} has`, message); }
    }
  }
}
