import type { Report } from './report';

const STYLE = `
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24 }
  table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem }
  th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #d8dee4; overflow-wrap: anywhere }
  td.number { text-align: right; font-variant-numeric: tabular-nums }
  .failed { color: #b3261e } .passed { color: #1a7f37 } .skipped { color: #9a6700 }
  pre { white-space: pre-wrap; margin: 0 } summary { cursor: pointer }
  @media (prefers-color-scheme: dark) { body { background: #16181c; color: #e4e6e9 } a { color: #8ab4f8 } th, td { border-color: #3a3f46 } }
`;

/** The report as one page that needs nothing else. */
export function page(report: Report): string {
  const { totals, numbers, machine, judges, findings, exceptions, definitions, subjects } = report;
  const sentence = `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;
  const unheard = judges.filter(({ reason }) => reason);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>Conformance: ${sentence}</title>
<style>${STYLE}</style>
<h1>Conformance</h1>
<p class="${totals.failed > 0 ? 'failed' : 'passed'}"><strong>${sentence}</strong></p>
<p>Judged on ${report.date}, in ${duration(machine.seconds)} on ${machine.cores} cores with Node ${machine.node}.</p>
${table(['In all', ''], Object.entries(numbers).map(([name, number]) => [text(name), number]))}
${unheard.length === 0 ? '' : `<h2>Not judged</h2>
${table(['Judge', 'Why'], unheard.map(({ name, reason }) => [text(name), text(reason!)]))}`}
<h2>Findings</h2>
${findings.length === 0 ? '<p>None beyond the exceptions below.</p>' : table(['Subject', 'Object', 'Judge', 'Check', 'Message'],
  findings.map(({ subject, object, judge, check, message }) => [`<a href="#${anchor(subject)}">${text(subject)}</a>`, ...[object, judge, check, message].map(text)]))}
<h2>Judges</h2>
${table(['Judge', 'Proves', 'Programs', 'Counted', 'Passed', 'Failed', 'Skipped', 'Time'], judges.map(({ name, proves, programs, counts, ...judge }) => [
  text(name), text(proves), pairs(programs, (program, version) => `${program} ${version}`), pairs(counts, (what, number) => `${number} ${what}`),
  judge.passed, judge.failed, judge.skipped, duration(judge.seconds),
]))}
<h2>Exceptions</h2>
${table(['Judge', 'Check', 'Objects', 'Reason', 'Covered'], exceptions.map(({ judge, check, objects, reason, covered }) => (
  [...[judge, check, objects, reason].map(text), covered])))}
<h2>Definitions of custom resources</h2>
${table(['Module', 'Version'], Object.entries(definitions).map((definition) => definition.map(text)))}
<h2>Subjects</h2>
${subjects.map(({ name, objects }) => (
  `<details id="${anchor(name)}"><summary>${text(name)} (${objects.length})</summary><pre>${text(objects.join('\n'))}</pre></details>`)).join('\n')}
</html>
`;
}

function table(heads: string[], rows: (string | number)[][]): string {
  const cell = (value: string | number) => (typeof value === 'number' ? `<td class="number">${value}</td>` : `<td>${value}</td>`);
  return `<table><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>
${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}
</table>`;
}

function pairs<T>(record: Record<string, T>, written: (name: string, value: T) => string): string {
  return Object.entries(record).map(([name, value]) => text(written(name, value))).join('<br>');
}

function duration(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function anchor(subject: string): string {
  return encodeURIComponent(subject.replaceAll('/', '-'));
}

function text(plain: string): string {
  return plain.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]!);
}
