import { renderMarkdown } from "../markdown/mod.ts";
import { type FilePreview, FreshetError, type PreviewKind } from "../shared/mod.ts";
import { fileNameOf } from "../shared/files/mod.ts";
import { sha256Hex } from "../store/mod.ts";
import { mediaTypeOf, previewKindOf } from "./media.ts";
import { openChecked, type Place } from "./path_guard.ts";

/** Bytes of a text that are shown; a text up to this size can be edited. */
export const TEXT_MAX_BYTES = 1024 * 1024;
const PDF_MAX_BYTES = 20 * 1024 * 1024;

/** Reads the text of a document. Throws a `FreshetError` where it cannot. */
export type ReadDocument = (
  file: { name: string; mediaType: string; bytes: Uint8Array },
) => Promise<{ kind: string; text?: string | undefined }>;

/**
 * What is shown of a file; what it is follows from its name first, then from its bytes. Without `readDocument` the text of a
 * document is left out, which takes a while to be read.
 */
export async function previewFile(
  folderId: string,
  place: Place,
  readDocument?: ReadDocument,
): Promise<FilePreview> {
  const { file, info } = await openChecked(place);
  const name = fileNameOf(place.path);
  const kind = previewKindOf(name);
  const base: FilePreview = {
    folderId,
    path: place.path,
    name,
    kind,
    size: info.size,
    modifiedAt: info.mtime?.getTime() ?? 0,
    mediaType: mediaTypeOf(name),
  };
  try {
    if (kind === "pdf") return readDocument ? await pdfPreview(base, file, readDocument) : base;
    if (kind !== "text" && kind !== "markdown") return base;
    return await textPreview(base, await readBeginning(file, TEXT_MAX_BYTES), kind);
  } finally {
    file.close();
  }
}

/** The whole of a file, for a chat. Throws `payload_too_large` beyond `maxBytes`. */
export async function readWhole(place: Place, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const { file, info } = await openChecked(place);
  try {
    if (info.size <= maxBytes) return await readBeginning(file, maxBytes);
    const limit = Math.floor(maxBytes / 1024 / 1024);
    throw new FreshetError("payload_too_large", `${fileNameOf(place.path)} is larger than ${limit} MB`);
  } finally {
    file.close();
  }
}

async function textPreview(
  base: FilePreview,
  bytes: Uint8Array<ArrayBuffer>,
  kind: PreviewKind,
): Promise<FilePreview> {
  if (bytes.includes(0)) return { ...base, kind: "none" };
  const truncated = base.size > bytes.length;
  const { text, isExact } = decode(bytes, truncated);
  const editable = isExact && !truncated && !text.startsWith("\ufeff") && !hasMixedEnds(text);
  return {
    ...base,
    text,
    ...(truncated ? { truncated } : {}),
    ...(kind === "markdown" ? { html: renderMarkdown(text) } : {}),
    ...(editable ? { version: await sha256Hex(bytes) } : {}),
  };
}

async function pdfPreview(
  base: FilePreview,
  file: Deno.FsFile,
  readDocument: ReadDocument,
): Promise<FilePreview> {
  if (base.size > PDF_MAX_BYTES) return { ...base, problem: "This PDF is too large to be read here" };
  try {
    const bytes = await readBeginning(file, PDF_MAX_BYTES);
    const document = await readDocument({ name: base.name, mediaType: base.mediaType, bytes });
    return document.kind === "pdf" ? { ...base, text: document.text ?? "" } : { ...base, kind: "none" };
  } catch (error) {
    if (error instanceof FreshetError) return { ...base, problem: error.message };
    throw error;
  }
}

async function readBeginning(file: Deno.FsFile, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = new Uint8Array(Math.min(maxBytes, (await file.stat()).size));
  let size = 0;
  while (size < buffer.length) {
    const read = await file.read(buffer.subarray(size));
    if (read === null) break;
    size += read;
  }
  return buffer.subarray(0, size);
}

/** Text in UTF-8; one that is not is shown as well as it goes, and could not be written back as it was. */
function decode(bytes: Uint8Array, truncated: boolean): { text: string; isExact: boolean } {
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    // A cut may fall within a character.
    return { text: decoder.decode(bytes, { stream: truncated }), isExact: true };
  } catch (error) {
    if (error instanceof TypeError) return { text: new TextDecoder().decode(bytes), isExact: false };
    throw error;
  }
}

/** The editor gives every line the same end, which would change lines that nobody touched. */
function hasMixedEnds(text: string): boolean {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  const all = text.match(/\r\n|\r|\n/g)?.length ?? 0;
  return (crlf > 0 && crlf !== all) || /\r(?!\n)/.test(text);
}
