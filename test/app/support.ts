import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';

const folders: string[] = [];

afterAll(() => folders.forEach(folder => fs.rmSync(folder, { recursive: true, force: true })));

/** An empty folder, which goes when the tests of the file are done. */
export function emptyFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-ml-test-'));
  folders.push(folder);
  return folder;
}

/** The files below a folder, with "/" between their parts, but for the library's own record. */
export function filesIn(folder: string): string[] {
  return (fs.readdirSync(folder, { recursive: true }) as string[])
    .filter(file => fs.statSync(path.join(folder, file)).isFile() && file !== '.cdk8s-ml-files')
    .map(file => file.split(path.sep).join('/'))
    .sort();
}

/** A raw object of any shape. */
export function raw(scope: Construct, id: string, manifest: { [key: string]: any }): ApiObject {
  return new ApiObject(scope, id, manifest as any);
}

/** A ConfigMap of one key. */
export function config(scope: Construct, name: string, namespace?: string): ApiObject {
  return raw(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { a: name } });
}

/** What synthesis says; empty when it says nothing. */
export function errorOf(app: App): string {
  try {
    app.synthYaml();
    return '';
  } catch (e) {
    return (e as Error).message;
  }
}

/** What an app says of one object that is in the chart "lab" with the id "it". */
export function saidOf(app: App, manifest: { [key: string]: any }): string[] {
  raw(new Chart(app, 'lab'), 'it', manifest);
  return errorOf(app).split('\n').slice(1).map(line => line.trim());
}
