import { MissingTool, Tool } from './tool';

/** A program that somebody has to install, in whatever version. */
export class InstalledTool extends Tool {
  protected readonly versionArguments = ['--version'];

  /** @param remedy How to get it, for the report. */
  constructor(name: string, private readonly remedy: string) {
    super(name, 'any');
  }

  protected accepts(): boolean {
    return true;
  }

  protected async provide(): Promise<string> {
    throw new MissingTool(this.name, `it is not on PATH; ${this.remedy}`);
  }
}
