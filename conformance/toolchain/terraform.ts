import { GoTool } from './go';
import { Located, MissingTool, Tool } from './tool';

const tofu = new GoTool('tofu', {
  module: 'tofu',
  package: 'github.com/opentofu/opentofu/cmd/tofu',
  versionedBy: 'github.com/opentofu/opentofu',
});

/** Terraform where the machine has it, else OpenTofu, built from source. */
class Terraform extends Tool {
  protected readonly versionArguments = ['version'];

  constructor() {
    super('terraform', '1.11.4');
  }

  public locate(): Promise<Located> {
    return super.locate().catch(async () => ({ ...await tofu.locate(), origin: 'OpenTofu, cache' }));
  }

  // Providers are mocked since 1.7.
  protected accepts(version: string): boolean {
    const [major, minor] = version.split('.').map(Number);
    return major > 1 || (major === 1 && minor >= 7);
  }

  protected async provide(): Promise<string> {
    throw new MissingTool(this.name, 'it is not on PATH');
  }
}

export const terraform: Tool = new Terraform();

export const stubProvider = new GoTool('terraform-provider-stub', {
  module: 'terraform-provider-stub',
  package: '.',
  versionedBy: 'github.com/hashicorp/terraform-plugin-go',
});

export const tflint = new GoTool('tflint', {
  module: 'tflint',
  package: 'github.com/terraform-linters/tflint',
  versionedBy: 'github.com/terraform-linters/tflint',
});

/** tflint looks for rulesets in a folder, by this name. */
export const tflintGoogle = new GoTool('tflint-ruleset-google', {
  module: 'tflint',
  package: 'github.com/terraform-linters/tflint-ruleset-google',
  versionedBy: 'github.com/terraform-linters/tflint-ruleset-google',
});
