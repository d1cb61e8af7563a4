/** The address of a file beside the bundle of the editor, of the same build. */
export function besideEditor(name: string): URL {
  const url = new URL(name, import.meta.url);
  url.search = new URL(import.meta.url).search;
  return url;
}
