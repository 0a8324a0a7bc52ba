import * as yaml from 'js-yaml';
import { goScalar, STRING } from './go-scalar';
import { InvalidInputError } from '../../../private/errors';

/** What a text holds, and what a reader of it should know. */
export interface Parsed {
  readonly documents: any[];
  readonly warnings: string[];
}

// Plain scalars come one at a time: js-yaml asks whether there is a value, and then for it.
let latest: unknown;

const plainOf = (exact: boolean) => new yaml.Type('tag:kubernetes.io,2014:plain', {
  kind: 'scalar',
  resolve: (text: string | null) => {
    if (text === null || (latest = goScalar(text, exact)) === STRING) { return false; }
    if (typeof latest === 'number' && !Number.isFinite(latest)) { throw new Error(`${text} is a number that JSON doesn't have`); }
    return true;
  },
  construct: () => latest,
});

const BINARY = new yaml.Type('tag:yaml.org,2002:binary', {
  kind: 'scalar',
  construct: (text: string) => Buffer.from(text, 'base64').toString('utf8'),
});

const TIMESTAMP = new yaml.Type('tag:yaml.org,2002:timestamp', { kind: 'scalar', construct: (text: string) => text });

const explicit = ['null', 'bool', 'int', 'float'].map(name => new yaml.Type(`tag:yaml.org,2002:${name}`, {
  kind: 'scalar',
  construct: (text: string) => {
    const value = goScalar(text);
    return value === STRING ? text : value;
  },
}));

const MERGE = (yaml as any).types.merge as yaml.Type;

// kubectl ignores tags that it doesn't know
const unknown = (['scalar', 'sequence', 'mapping'] as const).flatMap(kind => ['!', 'tag:'].map(tag => new yaml.Type(tag, { kind, multi: true } as any)));

/** The few types of Kubernetes' own parser. */
const schemaOf = (exact: boolean) => (yaml as any).FAILSAFE_SCHEMA.extend({
  implicit: [MERGE, plainOf(exact)], explicit: [BINARY, TIMESTAMP, ...explicit, ...unknown],
}) as yaml.Schema;

const SCHEMA = schemaOf(false);
const EXACT = schemaOf(true);

/** Characters that end a line for kubectl's parser but not for ours. */
const OTHER_BREAKS = /[\x85\u2028\u2029]/;

/**
 * Reads YAML or JSON as kubectl does.
 *
 * Throws what js-yaml says, with the file's name and line.
 *
 * @param exact whether whole numbers keep all their digits, because the text is not for kubectl
 */
export function parse(text: string, where: string, exact = false): Parsed {
  const other = OTHER_BREAKS.exec(text);
  if (other) {
    const line = text.slice(0, other.index).split('\n').length;
    const code = other[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new InvalidInputError(`${where}: line ${line} has the character U+${code} as it is, which kubectl reads as the end of a line; must be escaped, "\\u${code}"`);
  }
  checkSeparators(text, where);
  const warnings: string[] = [];
  const documents = load(text, where, warnings, exact ? EXACT : SCHEMA);
  if (ANCHOR.test(text)) { documents.forEach(document => checkCycles(document, where)); }
  warnings.push(...lateMerges(text, where));
  return { documents: documents.filter(document => document !== null && document !== undefined), warnings };
}

function load(text: string, where: string, warnings: string[], schema: yaml.Schema): any[] {
  try {
    return yaml.loadAll(text, undefined, { schema, filename: where }) as any[];
  } catch (e) {
    const message = (e as Error).message;
    if (!/^duplicated mapping key/.test(message)) { throw unreadable(where, message); }
    warnings.push(`${where}: ${oneLine(message)}; the last one counts, as it does for kubectl`);
  }
  try {
    return yaml.loadAll(text, undefined, { schema, filename: where, json: true }) as any[];
  } catch (e) {
    throw unreadable(where, (e as Error).message);
  }
}

/** A name for a value, which may be used within the value itself. */
const ANCHOR = /(?:^|[\s:,[{-])&[^\s,[\]{}]+/m;

/** kubectl takes a line that starts with "---" for the end of a document, whatever follows, and then wants nothing but a comment. */
function checkSeparators(text: string, where: string): void {
  const found = /^---(?=[^\s#])/m.exec(text);
  if (!found) { return; }
  const line = text.slice(0, found.index).split('\n').length;
  throw new InvalidInputError(`${where}: line ${line} starts with "---" and goes on, which kubectl doesn't read; must be indented or quoted`);
}

function checkCycles(value: any, where: string, within: Set<any> = new Set(), done: Set<any> = new Set()): void {
  if (typeof value !== 'object' || value === null || done.has(value)) { return; }
  if (within.has(value)) { throw new InvalidInputError(`${where}: can't be read as YAML: an anchor's value contains itself`); }
  within.add(value);
  for (const each of Object.values(value)) { checkCycles(each, where, within, done); }
  within.delete(value);
  done.add(value);
}

/** To kubectl, what a merge key brings counts more than the keys before it, which no other parser does. */
function lateMerges(text: string, where: string): string[] {
  if (!/^ *<<[ \t]*:/m.test(text)) { return []; }
  const lines = text.split('\n');
  return lines.flatMap((line, i) => {
    const indentation = /^( *)<<[ \t]*:/.exec(line)?.[1].length;
    if (indentation === undefined) { return []; }
    const before = lines.slice(0, i).reverse().find(other => other.trim() !== '' && other.search(/\S/) <= indentation);
    if (before === undefined || before.search(/\S/) < indentation || /^\s*(-|#|<<)/.test(before)) { return []; }
    return [`${where}: line ${i + 1} has a merge key after other keys: to kubectl what is merged would count more than those; put it first`];
  });
}

function unreadable(where: string, message: string): Error {
  return new InvalidInputError(`${where}: can't be read as YAML: ${oneLine(message)}`);
}

/** js-yaml adds an excerpt of the text, which may be a secret, after the first line. */
function oneLine(message: string): string {
  return message.split('\n')[0].replace(/:$/, '');
}
