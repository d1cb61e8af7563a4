/** A command for models, ready to be filled in. */
export interface TerminalSnippet {
  /** The text that says what it does is `terminal.snippet.` with this. */
  id: (typeof IDS)[number];
  /** `{names}` in it are asked for; what stands after a colon is suggested. */
  command: string;
}

const IDS = [
  "list",
  "ps",
  "pull",
  "run",
  "show",
  "stop",
  "rm",
  "cp",
  "create",
  "serve",
  "version",
  "gpu",
  "memory",
  "disk",
] as const;

/** Commands for models, those of Ollama first. */
export const TERMINAL_SNIPPETS: readonly TerminalSnippet[] = [
  { id: "list", command: "ollama list" },
  { id: "ps", command: "ollama ps" },
  { id: "pull", command: "ollama pull {model:llama3.2}" },
  { id: "run", command: "ollama run {model:llama3.2}" },
  { id: "show", command: "ollama show {model:llama3.2}" },
  { id: "stop", command: "ollama stop {model:llama3.2}" },
  { id: "rm", command: "ollama rm {model}" },
  { id: "cp", command: "ollama cp {model} {copy}" },
  { id: "create", command: "ollama create {name} -f {file:Modelfile}" },
  { id: "serve", command: "ollama serve" },
  { id: "version", command: "ollama --version" },
  { id: "gpu", command: "nvidia-smi" },
  { id: "memory", command: "free -h" },
  { id: "disk", command: "df -h {folder:.}" },
];

/** Something that a command asks for. */
export interface SnippetField {
  name: string;
  suggestion: string;
}

const FIELD = /(?<!\$)\{([a-z][\w-]*)(?::([^{}]*))?\}/gi;

/** What a command asks for, each name once, in the order of the command. */
export function snippetFields(command: string): SnippetField[] {
  const fields = new Map<string, SnippetField>();
  for (const [, name = "", suggestion = ""] of command.matchAll(FIELD)) {
    if (!fields.has(name)) fields.set(name, { name, suggestion });
  }
  return [...fields.values()];
}

/** The command with its fields filled in, each value as one word of a POSIX shell. */
export function fillSnippet(command: string, values: Readonly<Record<string, string>>): string {
  return command.replaceAll(FIELD, (_, name: string) => shellWord(values[name] ?? ""));
}

/** A text as one word of a POSIX shell, quoted where that is needed. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
