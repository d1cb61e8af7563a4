import { fileURLToPath } from "node:url";

/** Where a screenshot of this name is kept. */
export function screenshotPath(name: string): string {
  const file = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  return fileURLToPath(new URL(`screenshots/${file}.png`, import.meta.url));
}
