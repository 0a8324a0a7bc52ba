import * as crypto from 'crypto';
import * as fs from 'fs';
import * as path from 'path';
import { invalid } from '../../private/errors';

/** The file that lists what the last synthesis wrote. No YAML or JSON, or kubectl would apply it. */
const RECORD = '.cdk8s-ml-files';
/** Where files are completed before they take their places. */
const STAGING = '.cdk8s-ml-staging';

/** A file's whole content. */
export interface Content {
  /** The path below the output folder, with "/" between its parts. */
  readonly path: string;
  /** The UTF-8 texts that it consists of, one after the other. */
  readonly texts: readonly Buffer[];
}

/** How much text is written at a time. */
const CHUNK = 256 * 1024;

/**
 * Writes files so that a failure half-way leaves what was there: all are complete on the disk before the first takes its place.
 *
 * Of the files that were there it removes those that the last run wrote, that nobody changed since, and that this run did not write. It
 * returns those of them that another writer of this process wrote.
 */
export function write(outdir: string, contents: Content[], writer: object = contents): string[] {
  try {
    const removed = replace(outdir, contents);
    const before = writers.get(outdir)?.deref();
    writers.set(outdir, new WeakRef(writer));
    return before !== undefined && before !== writer ? removed : [];
  } catch (e) {
    const { code, message } = e as NodeJS.ErrnoException;
    throw code === undefined ? e : invalid('PlatformApp', 'outdir', outdir, 'be a folder that files can be written to', message);
  }
}

/** Which object of this process was the last to write to a folder. */
const writers = new Map<string, WeakRef<object>>();

function replace(outdir: string, contents: Content[]): string[] {
  makeFolder(outdir);
  const staging = path.join(outdir, STAGING);
  fs.rmSync(staging, { recursive: true, force: true });
  const before = readRecord(outdir);
  const after = new Map<string, string>();
  try {
    fs.mkdirSync(staging);
    const buffer = Buffer.allocUnsafe(CHUNK);
    contents.forEach((content, index) => after.set(content.path, writeTexts(path.join(staging, String(index)), content.texts, buffer)));
    const folders = new Set(contents.map(content => path.dirname(content.path)));
    for (const folder of folders) { makeFolder(path.join(outdir, folder)); }
    for (const content of contents) {
      const target = path.join(outdir, content.path);
      if (fs.statSync(target, { throwIfNoEntry: false })?.isDirectory()) {
        throw invalid('PlatformApp', 'outdir', outdir, `have no folder "${content.path}", because a file of this name is to be written`, 'remove it');
      }
    }
    // until all have their places, both runs' files are ours
    writeRecord(outdir, new Map([...before, ...after]));
    contents.forEach((content, index) => fs.renameSync(path.join(staging, String(index)), path.join(outdir, content.path)));
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
  const removed = [...before].filter(([file, hash]) => !after.has(file) && removeIfUnchanged(outdir, file, hash)).map(([file]) => file);
  writeRecord(outdir, after);
  return removed;
}

/** Makes a folder and those around it. Node's own way never returns where nothing can be made, as in /proc. */
function makeFolder(folder: string): void {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) { return; }
  if (path.dirname(folder) !== folder) { makeFolder(path.dirname(folder)); }
  try {
    fs.mkdirSync(folder);
  } catch (e) {
    // another process may have made it by now
    if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) { throw e; }
  }
}

/** Writes a file and returns the digest of what it wrote. Small texts are put together, as a disk likes it. */
function writeTexts(file: string, texts: readonly Buffer[], buffer: Buffer): string {
  const hash = crypto.createHash('sha256');
  const descriptor = fs.openSync(file, 'w');
  let filled = 0;
  const flush = (bytes: Buffer) => {
    hash.update(bytes);
    // a disk may take less at a time than it is given
    for (let done = 0; done < bytes.length;) { done += fs.writeSync(descriptor, bytes, done); }
    filled = 0;
  };
  try {
    for (const text of texts) {
      if (filled + text.length > buffer.length) { flush(buffer.subarray(0, filled)); }
      if (text.length > buffer.length) { flush(text); } else { filled += text.copy(buffer, filled); }
    }
    flush(buffer.subarray(0, filled));
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest('hex');
}

function removeIfUnchanged(outdir: string, file: string, hash: string): boolean {
  const target = path.join(outdir, file);
  if (!fs.lstatSync(target, { throwIfNoEntry: false })?.isFile() || digest(fs.readFileSync(target, 'utf8')) !== hash) { return false; }
  fs.unlinkSync(target);
  for (let folder = path.dirname(file); folder !== '.' && fs.readdirSync(path.join(outdir, folder)).length === 0; folder = path.dirname(folder)) {
    fs.rmdirSync(path.join(outdir, folder));
  }
  return true;
}

/** The paths and digests of what the last run wrote. A line that names anything outside the folder is none of ours. */
function readRecord(outdir: string): Map<string, string> {
  const file = path.join(outdir, RECORD);
  if (!fs.existsSync(file)) { return new Map(); }
  return new Map(fs.readFileSync(file, 'utf8').split('\n')
    .map(line => /^([0-9a-f]{64}) {2}(.+)$/.exec(line))
    .filter(match => match !== null && !path.isAbsolute(match[2]) && !match[2].split(/[\\/]/).includes('..'))
    .map(match => [match![2], match![1]]));
}

function writeRecord(outdir: string, files: Map<string, string>): void {
  const lines = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, hash]) => `${hash}  ${file}\n`);
  const temporary = path.join(outdir, `${RECORD}.new`);
  fs.writeFileSync(temporary, lines.join(''));
  fs.renameSync(temporary, path.join(outdir, RECORD));
}

function digest(text: string): string {
  return crypto.createHash('sha256').update(text).digest('hex');
}
