import { MAX_DOCUMENT_TEXT } from "./document.ts";

/** The text up to the limit, and the warning that goes with what was cut. */
export function limitText(text: string): { text: string; warnings: string[] } {
  if (text.length <= MAX_DOCUMENT_TEXT) return { text, warnings: [] };
  const end = isHighSurrogate(text.charCodeAt(MAX_DOCUMENT_TEXT - 1))
    ? MAX_DOCUMENT_TEXT - 1
    : MAX_DOCUMENT_TEXT;
  const limit = MAX_DOCUMENT_TEXT.toLocaleString("en");
  return { text: text.slice(0, end), warnings: [`Only the first ${limit} characters are used`] };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
