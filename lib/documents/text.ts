import { FreshetError } from "../shared/mod.ts";
import type { DocumentFile, ReadDocument } from "./document.ts";
import { limitText } from "./limit.ts";

/** Texts with a media type of their own. Everything else is text/plain: never a type that a browser would run. */
const MEDIA_TYPES: Record<string, string> = {
  md: "text/markdown",
  markdown: "text/markdown",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: "application/json",
  jsonl: "application/jsonl",
  yaml: "application/yaml",
  yml: "application/yaml",
};

/** Formats that people try, by the beginning of the file, with what to do about them. */
const UNSUPPORTED: [bytes: number[], format: string, hint: string][] = [
  [[0x50, 0x4b, 0x03, 0x04], "ZIP archive or Office document", "Save it as PDF or as text"],
  [[0xd0, 0xcf, 0x11, 0xe0], "older Office document", "Save it as PDF or as text"],
  [[0x1f, 0x8b], "compressed file", "Unpack it first"],
];

/** Control characters above this share of a text mean that it is none. */
const MAX_CONTROL_SHARE = 0.01;

/** Reads a text in UTF-8, in UTF-16 with a byte order mark, or, by its name only, in Windows-1252. */
export function readText(file: DocumentFile): ReadDocument {
  const decoded = decodeUtf16(file.bytes) ?? decode("utf-8", file.bytes) ?? decodeWindows1252(file);
  if (!decoded || looksBinary(decoded.text)) throw unsupported(file);
  const { text, warnings } = limitText(decoded.text.replace(/\r\n?/g, "\n"));
  const mediaType = MEDIA_TYPES[extensionOf(file.name)] ?? "text/plain";
  return { kind: "text", mediaType, text, warnings: [...decoded.warnings, ...warnings] };
}

interface Decoded {
  text: string;
  warnings: string[];
}

function decodeUtf16(bytes: Uint8Array): Decoded | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode("utf-16le", bytes);
  if (first === 0xfe && second === 0xff) return decode("utf-16be", bytes);
  return undefined;
}

function decode(encoding: string, bytes: Uint8Array): Decoded | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), warnings: [] };
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Spreadsheets still export tables like this; what is not named as a text is not guessed at. */
function decodeWindows1252(file: DocumentFile): Decoded | undefined {
  if (!["csv", "tsv", "txt"].includes(extensionOf(file.name))) return undefined;
  return {
    text: new TextDecoder("windows-1252").decode(file.bytes),
    warnings: ["The file is not in UTF-8; it was read as Windows-1252, so some characters may be wrong"],
  };
}

function looksBinary(text: string): boolean {
  let controls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0) return true;
    // Tab, line feed, form feed, carriage return and escape occur in texts and logs.
    if (code < 32 && ![9, 10, 12, 13, 27].includes(code)) controls++;
  }
  return controls > text.length * MAX_CONTROL_SHARE;
}

function unsupported(file: DocumentFile): FreshetError {
  const known = UNSUPPORTED.find(([bytes]) => bytes.every((byte, i) => file.bytes[i] === byte));
  const what = known ? `a ${known[1]} cannot be read` : "it is neither text nor a PDF nor an image";
  return new FreshetError("unsupported_media", `Cannot read ${file.name}: ${what}`, {
    hint: known?.[2] ?? "Text, code, CSV, JSON, PDF, PNG, JPEG, GIF and WebP files can be attached",
  });
}

function extensionOf(name: string): string {
  return /\.([a-z\d]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
}
