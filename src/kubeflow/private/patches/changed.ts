import { ManifestPatch, PatchOptions } from '../../manifest-patch';
import { ManifestSelector } from '../../manifest-selector';

type Change = (manifest: any) => any;

/** A patch that is a function. */
export class Changed extends ManifestPatch {
  /** @param again what it does to a manifest that it has changed, where that is something else */
  constructor(
    id: string, selector: ManifestSelector, options: PatchOptions, private readonly change: Change, private readonly again: Change = change,
  ) {
    super(id, selector, options);
  }

  public apply(manifest: any): any {
    return this.change(manifest);
  }

  /** Changes what it has changed before, which must be the same then. */
  public applyAgain(manifest: any): any {
    return this.again(manifest);
  }
}

/** A patch that is a function; for the library's own. */
export function changed(id: string, selector: ManifestSelector, options: PatchOptions, change: Change): ManifestPatch {
  return new Changed(id, selector, options, change);
}
