const FOLDER = new URL("./templates/", import.meta.url);
const read = new Map<string, Promise<string>>();

/** The text of a template, by its path in `templates/`. It is read once. */
export function readTemplate(path: string): Promise<string> {
  const known = read.get(path);
  if (known) return known;
  const text = Deno.readTextFile(new URL(path, FOLDER)).catch((error) => {
    read.delete(path);
    throw error;
  });
  read.set(path, text);
  return text;
}
