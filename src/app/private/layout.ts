import { createHash } from 'crypto';
import { ApiObject, App, Names, YamlOutputType } from 'cdk8s';
import { ChartDocuments, Document } from './synthesis';
import { invalid, pathOf } from '../../private/errors';

/** A file to write, with what it is made of. */
export interface OutputFile {
  /** The path below the output folder, with "/" between its parts. */
  readonly path: string;
  readonly documents: Document[];
}

/**
 * Which documents go to which files. The names are those of `cdk8s.App`; but a chart without objects gets no file, as kubectl
 * refuses an empty one, and where two objects would have one file, their names also have their namespaces and, where
 * that is no help, their API groups.
 */
export function layout(app: App, charts: ChartDocuments[], numbered: boolean): OutputFile[] {
  const files = plan(app, charts, numbered).filter(file => file.documents.length > 0);
  const owners = new Map<string, OutputFile>();
  for (const file of files) {
    // some file systems don't tell capitals from small letters
    const key = file.path.toLowerCase();
    const other = owners.get(key);
    if (other) {
      throw invalid(file.documents[0].source, 'file', file.path, `be a file of its own, and it is also that of ${pathOf(other.documents[0].source)}`, 'rename one of them');
    }
    owners.set(key, file);
  }
  return files;
}

function plan(app: App, charts: ChartDocuments[], numbered: boolean): OutputFile[] {
  const extension = app.outputFileExtension;
  const in_ = (...parts: string[]) => parts.filter(part => part !== '').join('/');
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_APP:
      return [...new Set(charts.map(chart => chart.folder))].map(folder => ({
        path: in_(folder, `app${extension}`),
        documents: charts.filter(chart => chart.folder === folder).flatMap(chart => chart.documents),
      }));
    case YamlOutputType.FILE_PER_RESOURCE:
      return perResource(charts.flatMap(chart => chart.documents.map(document => ({ folder: chart.folder, document }))), extension);
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return charts.flatMap((chart, index) => {
        const folder = in_(chart.folder, chartName(chart, index, numbered));
        return perResource(chart.documents.map(document => ({ folder, document })), extension);
      });
    default:
      return charts.map((chart, index) => ({
        path: in_(chart.folder, chartName(chart, index, numbered) + extension),
        documents: chart.documents,
      }));
  }
}

function chartName({ chart, documents }: ChartDocuments, index: number, numbered: boolean): string {
  const name = Names.toDnsLabel(chart);
  if (!/^[0-9a-z]/.test(name) && documents.length > 0) {
    throw invalid(chart, 'id', chart.node.id, 'start with a letter or digit, because its file has this name', 'rename the chart');
  }
  return numbered ? `${String(index).padStart(4, '0')}-${name}` : name;
}

/** File systems take no longer names, and an object's own may have 253 characters. */
const LONGEST_FILE = 255;

function shortened(name: string, longest: number): string {
  return name.length <= longest ? name : `${name.slice(0, longest - 9)}-${digest(name)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** A name as cdk8s has it in a file's: without what a file system may not take. */
function fileNameOf(name: string): string {
  return name.replace(/[^0-9a-zA-Z-_.]/g, '');
}

interface Placed { readonly folder: string; readonly document: Document }

function perResource(placed: Placed[], extension: string): OutputFile[] {
  const names = namesInFiles(placed);
  const path = (one: Placed, ...parts: string[]) => {
    const file = shortened(fileNameOf([...parts, names.get(one)!].join('.')), LONGEST_FILE - extension.length) + extension;
    return one.folder === '' ? file : `${one.folder}/${file}`;
  };
  const count = new Map<string, number>();
  const key = (p: Placed) => path(p, p.document.kind).toLowerCase();
  for (const p of placed) { count.set(key(p), (count.get(key(p)) ?? 0) + 1); }
  const withNamespace = (p: Placed) => path(p, p.document.kind, p.document.namespace ?? 'default');
  const groups = new Map<string, Set<string>>();
  for (const p of placed) {
    const file = withNamespace(p).toLowerCase();
    groups.set(file, (groups.get(file) ?? new Set()).add(groupOf(p.document)));
  }
  return placed.map(p => {
    if (count.get(key(p)) === 1) { return { path: path(p, p.document.kind), documents: [p.document] }; }
    // kinds of one name may be of several API groups
    const several = groups.get(withNamespace(p).toLowerCase())!.size > 1;
    return { path: several ? path(p, p.document.kind, groupOf(p.document), p.document.namespace ?? 'default') : withNamespace(p), documents: [p.document] };
  });
}

/**
 * The objects' names in those of their files: as they are, but with a hash where a file's can't say the whole name and that would be another's.
 * Only roles have such names ("a:b" beside "ab", "Admin" beside "admin").
 */
function namesInFiles(placed: Placed[]): Map<Placed, string> {
  const sharing = new Map<string, Set<string>>();
  const key = ({ folder, document: { kind, name } }: Placed) => `${folder}/${kind}.${fileNameOf(name)}`.toLowerCase();
  for (const one of placed) { sharing.set(key(one), (sharing.get(key(one)) ?? new Set()).add(one.document.name)); }
  return new Map(placed.map(one => {
    const { name } = one.document;
    const isWhole = fileNameOf(name).toLowerCase() === name || sharing.get(key(one))!.size === 1;
    return [one, isWhole ? name : `${name}-${digest(name)}`];
  }));
}

function groupOf({ source }: Document): string {
  return (ApiObject.isApiObject(source) && source.apiGroup) || 'core';
}
