/** The largest file that is read, in bytes. */
export const MAX_DOCUMENT_BYTES = 20 * 1024 * 1024;

/** The longest text that is kept of a document, in UTF-16 code units: about 250,000 tokens. */
export const MAX_DOCUMENT_TEXT = 1_000_000;

/** A file as it came, with the name and type that somebody claims for it. */
export interface DocumentFile {
  name: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** An image format that is recognised. */
export type ImageMediaType = "image/png" | "image/jpeg" | "image/gif" | "image/webp";

/** What was read of a file. `mediaType` is what the bytes are, whatever was claimed; `warnings` are sentences for people. */
export type ReadDocument =
  | { kind: "text"; mediaType: string; text: string; warnings: string[] }
  /** `pages` is the number of pages of the document; each page's text starts with a line `[Page n]`. */
  | { kind: "pdf"; mediaType: "application/pdf"; text: string; pages: number; warnings: string[] }
  /** `width` and `height` in pixels. */
  | {
    kind: "image";
    mediaType: ImageMediaType;
    width: number;
    height: number;
    text?: undefined;
    warnings: string[];
  };
