/** One page of the project's own documentation. */
export interface DocumentationPage {
  title: string;
  path: string;
  text: string;
}

/** The pages, relative to the project's folder. */
const PAGES = [
  "README.md",
  "lib/README.md",
  "lib/fresh/README.md",
  "lib/providers/README.md",
  "lib/store/README.md",
  "lib/gateway/README.md",
  "CONTRIBUTING.md",
];

/** Reads the project's documentation, which the built-in model answers from. Pages that are not shipped are left out. */
export async function readDocumentation(): Promise<DocumentationPage[]> {
  const pages = await Promise.all(PAGES.map(async (path) => {
    try {
      const text = await Deno.readTextFile(new URL(`../../${path}`, import.meta.url));
      return [{ title: text.match(/^#\s+(.+)$/m)?.[1] ?? path, path, text }];
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  }));
  return pages.flat();
}
