/** The series that two replicas of a server would export for the selectors of a query, in promtool's notation. */
export function seriesOf(query: string): string[] {
  const series = new Set<string>();
  for (const [, metric, matchers] of query.matchAll(/([a-zA-Z_:][\w:]*)\s*\{((?:[^"}]|"(?:\\.|[^"\\])*")*)\}/g)) {
    for (const replica of ['a', 'b']) {
      const labels = labelsOf(matchers, replica);
      for (const more of metric.endsWith('_bucket') ? ['0.1', '1', '10', '+Inf'].map((le) => ({ le })) : [{}]) {
        const text = Object.entries({ ...labels, ...more }).map(([name, value]) => `${name}="${value}"`).join(',');
        series.add(`${metric}{${text}}`);
      }
    }
  }
  return [...series];
}

// A value that each matcher accepts; `pod` tells the replicas apart.
function labelsOf(matchers: string, replica: string): Record<string, string> {
  const labels: Record<string, string> = { pod: `replica-${replica}` };
  for (const [, name, operator, value] of matchers.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"((?:\\.|[^"\\])*)"/g)) {
    if (operator === '=') { labels[name] = value; }
    if (operator === '=~') { labels[name] = value.split('|')[0].replace(/\.[*+]|\[[^\]]*\][*+]?/g, replica); }
  }
  return labels;
}
