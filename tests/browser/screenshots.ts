import { fileURLToPath } from "node:url";

/** Whether pictures of the pages are kept with every run; they are a good part of a minute of CPU time. */
export const KEEPS_SCREENSHOTS = Deno.env.get("FRESHET_SCREENSHOTS") !== "0";

/** Where a screenshot of this name is kept. */
export function screenshotPath(name: string): string {
  const file = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  return fileURLToPath(new URL(`screenshots/${file}.png`, import.meta.url));
}
