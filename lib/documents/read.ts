import { FreshetError } from "../shared/mod.ts";
import { type DocumentFile, MAX_DOCUMENT_BYTES, type ReadDocument } from "./document.ts";
import { imageMediaType, readImage } from "./image.ts";
import { isPdf, readPdf } from "./pdf.ts";
import { readText } from "./text.ts";

/**
 * Reads a file that a person attached: texts and source code (UTF-8, UTF-16 with a byte order mark), PDF (its text layer),
 * and PNG, JPEG, GIF and WebP images (their size). What it is follows from its bytes, never from its name or claimed type.
 *
 * @throws FreshetError `payload_too_large` above `MAX_DOCUMENT_BYTES`; `invalid_request` for an empty file;
 * `unsupported_media` for anything else, and for damaged or locked files.
 */
export async function readDocument(file: DocumentFile): Promise<ReadDocument> {
  if (file.bytes.length > MAX_DOCUMENT_BYTES) {
    const limit = MAX_DOCUMENT_BYTES / 1024 / 1024;
    throw new FreshetError("payload_too_large", `Cannot read ${file.name}: it is larger than ${limit} MB`);
  }
  if (file.bytes.length === 0) {
    throw new FreshetError("invalid_request", `Cannot read ${file.name}: the file is empty`);
  }
  const image = imageMediaType(file.bytes);
  if (image) return readImage(file, image);
  if (isPdf(file.bytes)) return await readPdf(file);
  return readText(file);
}
