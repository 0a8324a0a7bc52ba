import { Printer } from '../../app/private/yaml/printer';

/** Manifests as `PlatformApp` prints them, one document each. */
export function yamlOf(manifests: any[]): string {
  const printer = new Printer();
  return manifests.map(manifest => printer.print(manifest)).join('---\n');
}
