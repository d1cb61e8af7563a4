import { identifiers, kebabCase, plural, snakeCase } from "./naming.ts";
import type { Resource } from "./spec.ts";

/** What a template is filled in with. */
export interface TemplateContext {
  /** Names that `#if` asks for. */
  conditions: ReadonlySet<string>;
  /** Texts for `~name~`. */
  texts: Readonly<Record<string, string>>;
  /** Whole blocks for `#put name`. */
  blocks: Readonly<Record<string, string>>;
  /** What `#each` repeats its lines for. */
  resources: readonly Resource[];
}

interface Open {
  kind: "if" | "each" | "put";
  isTaken: boolean;
  /** For `each`: the lines so far and whom they are for. */
  lines: string[];
  resources: readonly Resource[];
}

const DIRECTIVE = /^\s*(?:\/\/|\/\*|<!--)\s*#(if|each-first|each|put|end)\b\s*([!\w]*)/;
/** A line that is a comment only so that the template itself is valid code. */
const HIDDEN = /^(\s*)\/\/: ?/;

/**
 * Fills in a template: a source file that is valid as it stands, with lines such as `// #if auth … // #end` in it, which are
 * kept or left out, `// #each …` which are repeated for each resource, `// #put name …` which are replaced, `//: code` which
 * is code once it is kept, and `~name~` for a text. The resource of a template is called widget.
 */
export function fillTemplate(template: string, context: TemplateContext): string {
  const stack: Open[] = [{ kind: "if", isTaken: true, lines: [], resources: [] }];
  const isTaken = () => stack.every((open) => open.isTaken);
  const emit = (lines: string[]) => {
    if (isTaken()) {
      stack.findLast(({ kind }) => kind !== "if")?.lines.push(...lines) ?? top(stack).lines.push(...lines);
    }
  };
  for (const line of template.split("\n")) {
    const [directive, kind, name = ""] = DIRECTIVE.exec(line) ?? [];
    if (directive === undefined) emit([line.replace(HIDDEN, "$1")]);
    else if (kind === "end") close(stack, emit);
    else if (kind === "put") {
      emit((context.blocks[name] ?? "").split("\n"));
      stack.push({ kind: "put", isTaken: false, lines: [], resources: [] });
    } else if (kind === "if") {
      stack.push({ kind: "if", isTaken: holds(name, context.conditions), lines: [], resources: [] });
    } else {
      const resources = kind === "each" ? context.resources : context.resources.slice(0, 1);
      stack.push({ kind: "each", isTaken: true, lines: [], resources });
    }
  }
  return withTexts(top(stack).lines.join("\n"), context.texts).replaceAll(/[ \t]+$/gm, "");
}

/** The text of a template with the resource's names in place of the widget's. */
export function withNames(text: string, { name }: Resource): string {
  const many = plural(name);
  const identifier = identifiers(name);
  return text
    .replaceAll("~widgets~", many).replaceAll("~widget~", name)
    .replaceAll("~Widgets~", capital(many)).replaceAll("~Widget~", capital(name))
    .replaceAll(/\/widgets(?=\.ts)/g, `/${snakeCase(many)}`).replaceAll("/widgets", `/${kebabCase(many)}`)
    .replaceAll("Widgets", capital(identifier.many)).replaceAll("widgets", identifier.many)
    .replaceAll("Widget", capital(identifier.one)).replaceAll("widget", identifier.one);
}

function close(stack: Open[], emit: (lines: string[]) => void): void {
  const open = stack.pop();
  if (open?.kind !== "each") return;
  const block = open.lines.join("\n");
  for (const resource of open.resources) emit(withNames(block, resource).split("\n"));
}

function holds(name: string, conditions: ReadonlySet<string>): boolean {
  return name.startsWith("!") ? !conditions.has(name.slice(1)) : name === "true" || conditions.has(name);
}

function withTexts(text: string, texts: Readonly<Record<string, string>>): string {
  return text.replaceAll(/~(\w+)~/g, (whole, name: string) => texts[name] ?? whole);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function top(stack: Open[]): Open {
  const [first] = stack;
  if (!first) throw new Error("Cannot fill in a template: it has more ends than beginnings");
  return first;
}
