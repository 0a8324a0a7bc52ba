/** A page whose code snippets are to compile. */
export interface Page {
  readonly file: string;
  readonly markdown: string;
}

/** A copy of an assembly that holds more pages: one as its readme, the others as those of made-up submodules, named so that messages name the file. */
export function documentation(assembly: any, readme: Page, pages: readonly Page[]): any {
  const submodules = { ...assembly.submodules };
  for (const page of pages) {
    submodules[`${assembly.name}.${page.file.replace(/\./g, '_')}`] = { readme: { markdown: page.markdown } };
  }
  return { ...assembly, readme: { markdown: readme.markdown }, submodules };
}
