import * as fs from 'node:fs';
import * as path from 'node:path';
import { GoTool } from '../toolchain/go';
import { installed } from '../toolchain/installation';
import { cacheFolder } from '../toolchain/tool';

export const rclone = new GoTool('rclone', {
  module: 'rclone',
  package: 'github.com/rclone/rclone',
  versionedBy: 'github.com/rclone/rclone',
  versionArguments: ['version'],
  linkerSettings: (version) => [`github.com/rclone/rclone/fs.Version=v${version}`],
});

/** Google Cloud Storage on this machine. */
export const gcsServer = new GoTool('fake-gcs-server', {
  module: 'fake-gcs-server',
  package: 'github.com/fsouza/fake-gcs-server',
  versionedBy: 'github.com/fsouza/fake-gcs-server',
});

/** The shell and tools of rclone's image; without it the machine's own stand in. */
export function busybox(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.map((folder) => path.join(folder, 'busybox')).find((file) => fs.existsSync(file));
}

/** The folder with the command line tool of a version of huggingface_hub. */
export async function huggingFaceCli(version: string): Promise<string> {
  const folder = cacheFolder('huggingface_hub', version);
  return path.join(await installed(`huggingface_hub ${version}`, folder, [
    ['python3', '-m', 'venv', folder],
    [path.join(folder, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', `huggingface_hub==${version}`],
  ]), 'bin');
}

/** Azure Blob Storage on this machine. */
export async function azurite(version: string): Promise<string> {
  const folder = cacheFolder('azurite', version);
  return path.join(await installed(`azurite ${version}`, folder, [
    ['npm', 'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, `azurite@${version}`],
  ]), 'node_modules', '.bin', 'azurite-blob');
}
