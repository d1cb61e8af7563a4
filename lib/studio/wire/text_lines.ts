/** A text as lines that keep what ended them, so that it comes back byte by byte. */
export interface TextLines {
  lines: string[];
  /** `\n` or `\r\n` of each line; empty for a last line without one. */
  ends: string[];
}

/** The lines of a text; none where it is empty. */
export function splitLines(text: string): TextLines {
  const lines: string[] = [];
  const ends: string[] = [];
  for (let from = 0; from < text.length;) {
    const at = text.indexOf("\n", from);
    const to = at < 0 ? text.length : at;
    const hasReturn = at > from && text[at - 1] === "\r";
    lines.push(text.slice(from, hasReturn ? to - 1 : to));
    ends.push(at < 0 ? "" : hasReturn ? "\r\n" : "\n");
    from = to + 1;
  }
  return { lines, ends };
}

/** The text of lines. */
export function joinLines({ lines, ends }: TextLines): string {
  return lines.map((line, i) => line + (ends[i] ?? "")).join("");
}

/** The line end that most lines of a text have; `\n` where none has one. */
export function usualEnd({ ends }: TextLines): string {
  const returns = ends.filter((end) => end === "\r\n").length;
  return returns * 2 > ends.length ? "\r\n" : "\n";
}
