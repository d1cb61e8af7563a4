import { OscScanner } from "./osc_scanner.ts";

const COMMAND_MAX = 4_000;
const TITLE_MAX = 200;
const PATH_MAX = 4_096;

/** What a shell tells of itself in its output. */
export type ShellEvent =
  | { type: "command"; command: string }
  | { type: "finished"; exitCode: number }
  | { type: "cwd"; path: string }
  | { type: "title"; title: string };

/**
 * Reads what the shell tells beside its output: its folder (OSC 7), its title (OSC 0 and 2), and which commands begin and end
 * (OSC 633, as in Visual Studio Code's shell integration). Any program can write such a sequence, so those about commands count
 * only with the secret that the shell alone was given.
 */
export class CommandTracker {
  readonly #scanner = new OscScanner();
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** What this piece of output tells. */
  push(output: string): ShellEvent[] {
    return this.#scanner.push(output).flatMap(({ code, text }) => this.#read(code, text) ?? []);
  }

  #read(code: number, text: string): ShellEvent | undefined {
    if (code === 0 || code === 2) return { type: "title", title: printable(text).slice(0, TITLE_MAX) };
    if (code === 7) return cwdOf(text);
    if (code !== 633) return undefined;
    const [kind, value = "", secret] = text.split(";");
    if (secret !== this.#secret) return undefined;
    if (kind === "E") return { type: "command", command: printable(unescaped(value)).slice(0, COMMAND_MAX) };
    if (kind === "D" && /^\d{1,3}$/.test(value)) return { type: "finished", exitCode: Number(value) };
    return undefined;
  }
}

/** `file://host/path`, of which shells on other hosts may tell too; nobody can list those. */
function cwdOf(text: string): ShellEvent | undefined {
  const encoded = text.match(/^file:\/\/[^/]*(\/.*)$/s)?.[1];
  if (encoded === undefined || encoded.length > PATH_MAX) return undefined;
  try {
    return { type: "cwd", path: decodeURIComponent(encoded) };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(\\|x([0-9a-f]{2}))/gi, (_, char: string, hex?: string) => {
    return hex === undefined ? char : String.fromCharCode(parseInt(hex, 16));
  });
}

/** Without control characters but line breaks and tabs. */
function printable(text: string): string {
  return text.replaceAll(/(?![\t\n])\p{Cc}/gu, "").trim();
}
