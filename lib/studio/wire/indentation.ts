/**
 * The replacement for lines that were found with other white space at their edges, indented as the found lines are against
 * the searched ones: by what was added or taken away everywhere, or by what each indentation became. Undefined where that
 * does not say how a line of the replacement is to be indented.
 */
export function reindent(searched: string[], found: string[], replacement: string[]): string[] | undefined {
  const pairs = searched
    .map((line, i): [string, string] => [line, found[i] ?? ""])
    .filter(([line]) => line.trim() !== "")
    .map(([line, other]): [string, string] => [indentOf(line), indentOf(other)]);
  const change = addition(pairs) ?? removal(pairs) ?? translation(pairs);
  const lines: string[] = [];
  for (const line of replacement) {
    const indent = line.trim() === "" ? line : change?.(indentOf(line));
    if (indent === undefined) return undefined;
    lines.push(line.trim() === "" ? line : indent + line.trimStart());
  }
  return lines;
}

type Change = (indent: string) => string | undefined;

function addition(pairs: [string, string][]): Change | undefined {
  const [from, to] = pairs[0] ?? ["", ""];
  if (!to.endsWith(from)) return undefined;
  const added = to.slice(0, to.length - from.length);
  return pairs.every(([a, b]) => b === added + a) ? (indent) => added + indent : undefined;
}

function removal(pairs: [string, string][]): Change | undefined {
  const [from, to] = pairs[0] ?? ["", ""];
  if (!from.endsWith(to)) return undefined;
  const removed = from.slice(0, from.length - to.length);
  if (!pairs.every(([a, b]) => a === removed + b)) return undefined;
  return (indent) => indent.startsWith(removed) ? indent.slice(removed.length) : undefined;
}

function translation(pairs: [string, string][]): Change | undefined {
  const known = new Map<string, string>();
  for (const [from, to] of pairs) {
    if ((known.get(from) ?? to) !== to) return undefined;
    known.set(from, to);
  }
  return (indent) => known.get(indent);
}

function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}
