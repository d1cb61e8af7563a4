/** Reading the files that people attach: what they are, and their text. */
export {
  type DocumentFile,
  type ImageMediaType,
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENT_TEXT,
  type ReadDocument,
} from "./document.ts";
export { readDocument } from "./read.ts";
