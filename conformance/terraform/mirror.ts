import * as fs from 'node:fs';
import * as path from 'node:path';
import { StubbedProvider } from './providers';

/** Where Terraform and OpenTofu look for a provider whose source names no registry. */
const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];
const PLATFORMS: Record<string, string> = { x64: 'amd64' };

/** Lays providers out as a mirror of the registries does, and returns the settings that send Terraform there and nowhere else. */
export function writeMirror(folder: string, stub: string, providers: readonly StubbedProvider[]): string {
  const platform = `${process.platform}_${PLATFORMS[process.arch] ?? process.arch}`;
  for (const { source, version, schema } of providers) {
    for (const registry of REGISTRIES) {
      const place = path.join(folder, registry, source, version, platform);
      fs.mkdirSync(place, { recursive: true });
      fs.writeFileSync(path.join(place, 'schema.json'), JSON.stringify(schema));
      link(stub, path.join(place, `terraform-provider-${path.basename(source)}_v${version}_x5`));
    }
  }
  const settings = path.join(folder, 'settings.tfrc');
  fs.writeFileSync(settings, `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(folder)}\n  }\n}\n`);
  return settings;
}

// The program looks for its schema in the folder that it is started from, so that a symbolic link would not do.
function link(program: string, place: string): void {
  try {
    fs.linkSync(program, place);
  } catch {
    fs.copyFileSync(program, place); // the cache is on another disk
  }
}
