import * as fs from 'node:fs';
import * as path from 'node:path';
import { Interpreter } from './interpreters';
import { ImageFolder } from './plan';

const APPS = path.join(__dirname, 'apps');

/** What somebody would build an image from. */
export interface Recipe {
  /** The file of `apps/` that is the server or what the server runs, and its name in the image. */
  readonly app: string;
  readonly as?: string;
  /** @default "/app" */
  readonly workingDir?: string;
  /** What the image runs when the manifest doesn't say. */
  readonly entrypoint?: readonly string[];
  /** @default - that of apps/model.json */
  readonly loadSeconds?: number;
}

/** Makes the folder that stands in for an image. */
export function makeImage(recipe: Recipe, python: Interpreter, folder: string): ImageFolder {
  const { app, as = 'app.py', workingDir = '/app', entrypoint = ['python', 'app.py'] } = recipe;
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(path.join(APPS, app), path.join(folder, as));
  fs.copyFileSync(path.join(APPS, 'classifier.py'), path.join(folder, 'classifier.py'));
  fs.writeFileSync(path.join(folder, 'model.json'), modelFile(recipe));
  return { folder, workingDir, entrypoint, folders: python.folders, path: `${python.bin}:/usr/local/bin:/usr/bin:/bin` };
}

/** Makes a folder with the model alone, for a server that gets it from elsewhere. */
export function makeModel(recipe: Recipe, folder: string): string {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'model.json'), modelFile(recipe));
  return folder;
}

function modelFile({ loadSeconds }: Recipe): string {
  const model = JSON.parse(fs.readFileSync(path.join(APPS, 'model.json'), 'utf8'));
  return JSON.stringify({ ...model, loadSeconds: loadSeconds ?? model.loadSeconds });
}
