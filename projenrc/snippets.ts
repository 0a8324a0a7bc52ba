/** A page whose code snippets are to compile. */
export interface Page {
  readonly file: string;
  readonly markdown: string;
}

/** A test file made of one snippet. */
export interface TestSnippet {
  readonly file: string;
  readonly source: string;
}

/** Snippets that are tests: jsii-rosetta can't read the functions in them. */
const TEST_SNIPPET = /^```ts jest\n([\s\S]*?)^```$/gm;

/** A copy of an assembly that holds more pages: one as its readme, the others as those of made-up submodules, named so that messages name the file. */
export function documentation(assembly: any, readme: Page, pages: readonly Page[]): any {
  const submodules = { ...assembly.submodules };
  for (const page of pages) {
    submodules[`${assembly.name}.${page.file.replace(/\./g, '_')}`] = { readme: { markdown: withoutTests(page) } };
  }
  return { ...assembly, readme: { markdown: withoutTests(readme) }, submodules };
}

/** The snippets of a page that are tests, named by the page and the line. */
export function testSnippets(page: Page): TestSnippet[] {
  return [...page.markdown.matchAll(TEST_SNIPPET)].map(match => ({
    file: `${page.file.replace(/\W/g, '-')}-L${page.markdown.slice(0, match.index).split('\n').length + 1}.test.ts`,
    source: match[1],
  }));
}

/** The lines stay, so that messages name the right ones. */
function withoutTests(page: Page): string {
  return page.markdown.replace(TEST_SNIPPET, block => block.replace(/[^\n]/g, ''));
}
