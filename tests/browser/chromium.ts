/** Where Debian has it: without the parts of a browser that only a person sees, which is faster, or with them. */
const PLACES = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** Where Chromium is; undefined where there is none. */
export function findChromium(): string | undefined {
  const told = Deno.env.get("FRESHET_CHROMIUM");
  return (told === undefined ? PLACES : [told]).find(isFile);
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Whether a missing browser is a failure instead of a reason to leave the tests out. */
export function isBrowserRequired(): boolean {
  return Deno.env.get("FRESHET_BROWSER") === "required";
}

export const HOW_TO_GET_CHROMIUM =
  "Browser tests need Chromium: apt-get install chromium-headless-shell, or FRESHET_CHROMIUM=/path/to/chromium";

/** Set once the hint was printed; the environment is what test files that run at the same time share. */
const HINTED = "FRESHET_CHROMIUM_HINTED";

/** Says how to get Chromium, once in a run of the tests. */
export function hintAtChromium(): void {
  if (Deno.env.has(HINTED)) return;
  Deno.env.set(HINTED, "1");
  Deno.stderr.writeSync(new TextEncoder().encode(`${HOW_TO_GET_CHROMIUM}\n`));
}

/** Nothing that reaches for the network, and what works in containers. */
export const CHROMIUM_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  // One process less for each browser; there is nothing in it that could crash.
  "--in-process-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // As a browser with a window has it: previews are in processes of their own.
  "--site-per-process",
];
