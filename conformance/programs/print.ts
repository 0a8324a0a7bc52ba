import { Call, Dictionary, Expression, isProperties, Literal, Name, Program } from './expression';

const WIDTH = 120;

/** A program as a person would write it. */
export function print(program: Program): string {
  return program.map(({ variable, value }) => `${variable ? `const ${variable} = ` : ''}${printed(value, '')};`).join('\n');
}

/** An expression; on one line where that is short. */
function printed(value: Expression, indent: string): string {
  if (value instanceof Name) { return value.path; }
  if (value instanceof Literal) { return value.text; }
  if (value instanceof Call) {
    const flat = value.args.map((arg) => printed(arg, indent));
    return `${value.makes ? 'new ' : ''}${value.callee}(${flat.join(', ')})`;
  }
  if (Array.isArray(value)) { return block('[', value.map((item) => printed(item, `${indent}  `)), ']', indent); }
  if (value instanceof Dictionary) {
    return block('{', value.entries.map(([key, entry]) => `[${quoted(key)}]: ${printed(entry, `${indent}  `)}`), '}', indent);
  }
  if (isProperties(value)) {
    return block('{', Object.entries(value).map(([key, part]) => `${/^\w+$/.test(key) ? key : quoted(key)}: ${printed(part, `${indent}  `)}`), '}', indent);
  }
  if (typeof value === 'string') { return quoted(value); }
  return Object.is(value, -0) ? '-0' : String(value);
}

function block(open: string, parts: string[], close: string, indent: string): string {
  if (parts.length === 0) { return open + close; }
  const space = open === '{' ? ' ' : '';
  const flat = `${open}${space}${parts.join(', ')}${space}${close}`;
  if (indent.length + flat.length <= WIDTH && !flat.includes('\n')) { return flat; }
  return `${open}\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}${close}`;
}

// Whatever it holds, it is one line that can be pasted.
function quoted(text: string): string {
  const json = JSON.stringify(text).replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return json.length > 400 ? `${JSON.stringify(text.slice(0, 40)).replace(/[\u007f-\uffff]/g, '?')} + "…" /* ${text.length} characters */` : json;
}
