import * as fs from 'node:fs';
import * as path from 'node:path';
import { Interpreter, pythonWithServers, pythonWithVllm } from './interpreters';
import { ImageFolder } from './plan';

const APPS = path.join(__dirname, 'apps');

/** What somebody would build an image from. */
export interface Recipe {
  /** @default - the small servers */
  readonly server?: 'vllm';
  /**
   * The file of `apps/` that is the server or what the server runs.
   *
   * @default - nothing is needed beside the model
   */
  readonly app?: string;
  /** Its name in the image. */
  readonly as?: string;
  /** @default "/app" */
  readonly workingDir?: string;
  /** What the image runs when the manifest doesn't say. */
  readonly entrypoint?: readonly string[];
  /** @default - that of apps/model.json */
  readonly loadSeconds?: number;
}

/** An image, and the folder of the model for a server that gets it from elsewhere. */
export interface Built {
  readonly image: ImageFolder;
  readonly model: string;
}

/** Makes the folders that stand in for an image and a model. */
export async function buildImage(recipe: Recipe, folder: string): Promise<Built> {
  const { app, as = 'app.py', workingDir = '/app', entrypoint = ['python', 'app.py'] } = recipe;
  const python = await interpreterFor(recipe);
  const [files, model] = ['image', 'model'].map((name) => path.join(folder, name));
  for (const made of [files, model]) { fs.mkdirSync(made, { recursive: true }); }
  if (app) {
    fs.copyFileSync(path.join(APPS, app), path.join(files, as));
    fs.copyFileSync(path.join(APPS, 'classifier.py'), path.join(files, 'classifier.py'));
    for (const made of [files, model]) { fs.writeFileSync(path.join(made, 'model.json'), modelFile(recipe)); }
  }
  const image = { folder: files, workingDir, entrypoint, folders: python.folders, path: `${python.bin}:/usr/local/bin:/usr/bin:/bin` };
  return { image, model: python.model ?? model };
}

/** What a recipe's server runs on; installed when it is first asked for. */
export function interpreterFor({ server }: Recipe): Promise<Interpreter & { readonly model?: string }> {
  return server === 'vllm' ? pythonWithVllm() : pythonWithServers();
}

function modelFile({ loadSeconds }: Recipe): string {
  const model = JSON.parse(fs.readFileSync(path.join(APPS, 'model.json'), 'utf8'));
  return JSON.stringify({ ...model, loadSeconds: loadSeconds ?? model.loadSeconds });
}
