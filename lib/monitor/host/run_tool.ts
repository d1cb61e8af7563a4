import { MissingError } from "./missing_error.ts";

const TIMEOUT_MS = 10_000;
const OUTPUT_MAX_BYTES = 4 * 1024 * 1024;
const DETAIL_MAX_CHARS = 200;

/** Runs a program and returns what it writes. */
export type RunTool = (program: string, args: readonly string[]) => Promise<string>;

/**
 * Runs a program of the machine for at most ten seconds. Throws a `MissingError`: of the permission, of the program, or with
 * what the program says where it fails.
 */
export const runTool: RunTool = async (program, args) => {
  const output = await outputOf(program, args);
  const text = new TextDecoder().decode(output.stdout.subarray(0, OUTPUT_MAX_BYTES));
  if (output.success) return text;
  const words = new TextDecoder().decode(output.stderr).trim() || text.trim();
  throw new MissingError(
    "failed",
    program,
    words.slice(0, DETAIL_MAX_CHARS) || `it ended with ${output.code}`,
  );
};

async function outputOf(program: string, args: readonly string[]): Promise<Deno.CommandOutput> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), TIMEOUT_MS);
  try {
    return await new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      // Its words are parsed.
      env: { LC_ALL: "C" },
      signal: late.signal,
    }).output();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new MissingError("tool", program);
    if (error instanceof Deno.errors.NotCapable) {
      throw new MissingError("permission", `--allow-run=${program}`);
    }
    throw MissingError.of(error);
  } finally {
    clearTimeout(timer);
  }
}
