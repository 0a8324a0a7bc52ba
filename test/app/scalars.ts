const c = String.fromCodePoint;

/** Strings that some YAML printer or parser is known to get wrong, or that look as if one could. */
export const SCALARS: string[] = [
  // booleans and nulls of YAML 1.1
  'yes', 'Yes', 'YES', 'no', 'No', 'NO', 'on', 'On', 'ON', 'off', 'Off', 'OFF', 'y', 'Y', 'n', 'N',
  'true', 'True', 'TRUE', 'false', 'False', 'FALSE', 'null', 'Null', 'NULL', '~', '', 'nil', 'None', 'undefined',
  // numbers of any dialect
  '0', '1', '-1', '+1', '-0', '00', '0755', '08', '09', '017', '0o17', '0O17', '0x1F', '0X1f', '-0x1f', '0b1', '0B1', '0b', '0x',
  '1_000', '1__0', '_1', '1,000', '12,34', '.5', '5.', '.', '..', '1.', '1.5', '-1.5', '+.5', '1e3', '1E3', '1e+3', '1.5e-3', '12e03', '1e', 'e1',
  '.inf', '-.inf', '+.inf', '.Inf', '.INF', '.nan', '.NaN', '.NAN', 'inf', '-inf', 'Infinity', '-Infinity', 'nan', 'NaN',
  '9007199254740993', '123456789012345678901234567890', '1:30', '190:20:30', '1:30.5', '12:30:45', '-1:30', '0:0',
  // dates and times
  '2001-01-01', '2001-1-1', '2001-01-01T00:00:00Z', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5', '01:02', '1-2',
  // versions, quantities, addresses
  '1.0', '1.33', 'v1', '1.2.3', '512Mi', '250m', '1Gi', '25%', '1d', '0f', 'deadbeef', '0123abc', '12345678', '1e10abc', '10.0.0.1', '10.0.0.0/8', '::1', 'fe80::1%eth0',
  // indicators
  '-', '- a', '-a', '--flag', '--flag=x', '---', '--- a', '...', '?', '? a', '?a', ':', ': a', ':a', 'a:', 'a: b', 'a:b', 'a :b', '#', '#b', 'a #b', 'a#b',
  '*x', '&x', '!t', '!!str x', '|', '>', '|-', '%', '%YAML 1.1', '@', '@a', '`', '`a', '=', '=a', '<<', '<', '[', ']', '[a]', '{', '}', '{a: b}', ',', ', a', 'a, b',
  '"', '\'', '"a"', '\'a\'', 'it\'s', 'say "hi"', 'a"', '\\', '\\n', 'C:\\x', '$(VAR)', '${VAR}', '{{ .Values.x }}',
  'sum(rate(x{a="b"}[5m])) > 0', '/bin/sh', './a', '../a', '.a', '~/a', '(a)', 'a;b', 'a|b', 'a&b', 'a*', 'key=value', '^a$',
  // spaces and line breaks
  ' ', '  ', ' a', 'a ', ' a ', '\t', '\ta', 'a\t', 'a\tb', '\n', '\n\n', 'a\n', '\na', 'a\nb', 'a\nb\n', 'a\nb\n\n', 'a\n\nb', ' a\nb', 'a\n b\n', 'a \nb', 'a\n\tb\n',
  'a\r\nb\r\n', '\r', 'a\rb', 'a\n---\nb\n', 'a\n...\nb\n', 'a: b\nc: d\n', '# a\nb\n', '- a\n- b\n', 'a\n#b', 'key: |\n  text\n', '%a\nb', 'a\n  \nb', '\n a',
  '#!/bin/sh\nset -eu\n\nexec "$@"\n', '{\n  "a": [1, 2]\n}\n', 'é\nü\n', `a${c(0x2028)}\nb`, `a\nb${c(0x85)}c\n`, 'a\n\u0000\n',
  // controls, and what other parsers take for a line break
  c(0), c(1), c(7), c(8), c(0xb), c(0xc), c(0x1b), c(0x1f), c(0x7f), c(0x80), c(0x85), c(0x9f), c(0xa0), c(0xad),
  `a${c(0x85)}b`, `a${c(0x2028)}b`, `a${c(0x2029)}b`, `nginx:1${c(0x2028)}      securityContext:${c(0x2028)}        privileged:${c(0x2028)}          true`,
  `x${c(0x85)}injected: ${c(0x85)}y`, `${c(0xfeff)}a`, `a${c(0xfeff)}`, c(0xfeff), c(0xfffe), c(0xffff), c(0xfffd), c(0x200b), c(0x202e), c(0x2066), c(0xe000),
  // other scripts
  'é', 'é'.normalize('NFD'), 'ß', 'İ', 'ı', '模型', 'モデル', 'שלום', 'مرحبا', 'नमस्ते', '😀', '👩‍🚀', '🇩🇪', c(0x10ffff), c(0x10000), c(0x1d7d8), '１２３', 'Ⅻ', '½',
  // length
  'a'.repeat(5000), 'word '.repeat(300) + 'end', '-'.repeat(200), 'é'.repeat(1200),
  // names that objects of JavaScript have
  'constructor', '__proto__', 'toString', 'hasOwnProperty',
];
