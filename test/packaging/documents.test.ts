import { existsSync, readFileSync, readdirSync } from 'fs';
import { dirname, join } from 'path';

const examples = readdirSync('examples', { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== 'node_modules').map(entry => entry.name);
const pages = [
  'README.md', 'CONTRIBUTING.md', 'SECURITY.md',
  ...readdirSync('docs').filter(file => file.endsWith('.md')).map(file => `docs/${file}`),
  'examples/README.md', ...examples.map(name => `examples/${name}/README.md`),
];

test.each(pages)('every link of %s leads to a file, and to a heading of it', page => {
  const links = [...readFileSync(page, 'utf8').matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1]).filter(link => !/^https?:/.test(link));
  const broken = links.filter(link => {
    const [path, anchor] = link.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    return !existsSync(file) || (anchor !== undefined && !headingsOf(file).includes(anchor));
  });
  expect(broken).toEqual([]);
});

/** As GitHub makes anchors of them. */
function headingsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(match => match[1].toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-'));
}

test('the list of examples has each of them', () => {
  const listed = [...readFileSync('examples/README.md', 'utf8').matchAll(/^\| \[([\w-]+)\]\(\1\)/gm)].map(match => match[1]);
  expect(listed.sort()).toEqual(examples.sort());
});

test('the picture of the README shows what the example says and writes', () => {
  const svg = readFileSync('docs/images/program-to-manifests.svg', 'utf8');
  const linesOf = (kind: string) => [...svg.matchAll(new RegExp(`<text class="${kind}[^>]*>(.*)</text>`, 'g'))].map(match => unescaped(match[1]));
  const program = readFileSync('examples/llm-vllm/app.ts', 'utf8');
  const manifests = readFileSync('examples/llm-vllm/expected/llm.k8s.yaml', 'utf8');
  expect(linesOf('code').filter(line => !program.includes(line))).toEqual([]);
  // a line that ends with an ellipsis goes on
  expect(linesOf('yaml').filter(line => !manifests.includes(line.replace(/…$/, '')))).toEqual([]);
  expect(svg).toContain(`${manifests.match(/^kind: /gm)!.length} objects`);
});

function unescaped(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#x27;/g, '\'').replace(/&amp;/g, '&');
}
