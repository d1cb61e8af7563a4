import { FreshetError } from "../../shared/mod.ts";
import { newFileName } from "../../shared/files/mod.ts";

const NAME_BYTES_MAX = 255;

/** The name to try next where one is taken: "notes (2).md", then "notes (3).md". */
export function nextName(name: string): string {
  const { stem, ending } = split(name);
  const [, base = stem, number] = /^(.*) \((\d{1,6})\)$/su.exec(stem) ?? [];
  return shortened(base, ` (${number === undefined ? 2 : Number(number) + 1})${ending}`);
}

/** A name like one that cannot be had on every system; undefined where the name is not what was wrong. */
export function possibleName(name: string): string | undefined {
  if (isPossible(name)) return undefined;
  const cleaned = name.toWellFormed().normalize("NFC").replace(/[\p{Cc}*?"<>|:/\\\ufffd]/gu, "_").trim();
  const { stem, ending } = split(cleaned.replace(/[. ]+$/, ""));
  const candidates = [shortened(stem, ending), shortened(`_${stem}`, ending)];
  return candidates.find(isPossible);
}

function isPossible(name: string): boolean {
  try {
    newFileName(name);
    return true;
  } catch (error) {
    if (error instanceof FreshetError) return false;
    throw error;
  }
}

function split(name: string): { stem: string; ending: string } {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? { stem: name.slice(0, dot), ending: name.slice(dot) } : { stem: name, ending: "" };
}

/** The whole of it, or as many of its first letters as a file system takes with that ending. */
function shortened(stem: string, ending: string): string {
  const encoder = new TextEncoder();
  const letters = [...stem];
  while (letters.length > 1 && encoder.encode(letters.join("") + ending).length > NAME_BYTES_MAX) {
    letters.pop();
  }
  return letters.join("").trimEnd() + ending;
}
