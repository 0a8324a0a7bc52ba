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

const PLAIN = new yaml.Type('tag:kubernetes.io,2014:plain', {
  kind: 'scalar',
  resolve: (text: string | null) => {
    if (text === null || (latest = goScalar(text)) === STRING) { return false; }
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

/** The few types of Kubernetes' own parser. */
const SCHEMA = (yaml as any).FAILSAFE_SCHEMA.extend({ implicit: [MERGE, PLAIN], explicit: [BINARY, TIMESTAMP, ...explicit] }) as yaml.Schema;

/** Characters that end a line for kubectl's parser but not for ours. */
const OTHER_BREAKS = /[\x85\u2028\u2029]/;

/**
 * Reads YAML or JSON as kubectl does.
 *
 * Throws what js-yaml says, with the file's name and line.
 */
export function parse(text: string, where: string): Parsed {
  const other = OTHER_BREAKS.exec(text);
  if (other) {
    const line = text.slice(0, other.index).split('\n').length;
    const code = other[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new InvalidInputError(`${where}: line ${line} has the character U+${code} as it is, which kubectl reads as the end of a line; must be escaped, "\\u${code}"`);
  }
  const warnings: string[] = [];
  const documents = load(text, where, warnings);
  return { documents: documents.filter(document => document !== null && document !== undefined), warnings };
}

function load(text: string, where: string, warnings: string[]): any[] {
  try {
    return yaml.loadAll(text, undefined, { schema: SCHEMA, filename: where }) as any[];
  } catch (e) {
    const message = (e as Error).message;
    if (!/^duplicated mapping key/.test(message)) { throw unreadable(where, message); }
    warnings.push(`${where}: ${oneLine(message)}; the last one counts, as it does for kubectl`);
  }
  try {
    return yaml.loadAll(text, undefined, { schema: SCHEMA, filename: where, json: true }) as any[];
  } catch (e) {
    throw unreadable(where, (e as Error).message);
  }
}

function unreadable(where: string, message: string): Error {
  return new InvalidInputError(`${where}: can't be read as YAML: ${oneLine(message)}`);
}

/** js-yaml adds an excerpt of the text, which may be a secret, after the first line. */
function oneLine(message: string): string {
  return message.split('\n')[0].replace(/:$/, '');
}
