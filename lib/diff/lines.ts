/**
 * A text as its lines, each with the line feed that ends it; joined they are the text again, whatever it holds. Only `\n` ends
 * a line, so that `\r` stays part of the line, and the last line has no ending where the text has none.
 */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = text.indexOf("\n", start);
    const next = end < 0 ? text.length : end + 1;
    lines.push(text.slice(start, next));
    start = next;
  }
  return lines;
}
