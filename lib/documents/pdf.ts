import type { getDocumentProxy } from "unpdf";
import { FreshetError } from "../shared/mod.ts";
import { type DocumentFile, MAX_DOCUMENT_TEXT, type ReadDocument } from "./document.ts";
import { limitText } from "./limit.ts";

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** True for a file that says within its first KB that it is a PDF, as readers accept it. */
export function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 1024)).includes("%PDF-");
}

/** Reads the text layer of a PDF. Scanned pages have none. */
export async function readPdf(file: DocumentFile): Promise<ReadDocument> {
  const pdf = await open(file);
  try {
    const { text, read } = await readPages(pdf);
    const limited = limitText(text);
    const warnings = [...limited.warnings];
    if (read < pdf.numPages) warnings.push(`Only the first ${read} of ${pdf.numPages} pages are used`);
    if (!/\S/.test(text.replace(/^\[Page \d+\]$/gm, ""))) {
      warnings.push("The PDF has no text, only images; a model cannot read it");
    }
    return { kind: "pdf", mediaType: "application/pdf", text: limited.text, pages: pdf.numPages, warnings };
  } catch (cause) {
    throw invalid(file, cause);
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function open(file: DocumentFile): Promise<Pdf> {
  // 2.6 MB of code that most processes never need.
  const { getDocumentProxy } = await import("unpdf");
  try {
    // A copy, since the library takes the buffer away. Nothing is logged, and no font is loaded.
    return await getDocumentProxy(file.bytes.slice(), {
      verbosity: 0,
      disableFontFace: true,
      useSystemFonts: false,
      stopAtErrors: false,
    });
  } catch (cause) {
    throw cause instanceof Error && cause.name === "PasswordException"
      ? locked(file, cause)
      : invalid(file, cause);
  }
}

/** Page by page, so that a long document costs no more than what is kept of it. */
async function readPages(pdf: Pdf): Promise<{ text: string; read: number }> {
  let text = "";
  let read = 0;
  while (read < pdf.numPages && text.length < MAX_DOCUMENT_TEXT) {
    read++;
    const page = await pdf.getPage(read);
    const { items } = await page.getTextContent();
    const words = items.map((item) => "str" in item ? item.str + (item.hasEOL ? "\n" : "") : "").join("");
    text += `${text && "\n\n"}[Page ${read}]\n${words.trim()}`;
    page.cleanup();
  }
  return { text, read };
}

function locked(file: DocumentFile, cause: unknown): FreshetError {
  return new FreshetError(
    "unsupported_media",
    `Cannot read ${file.name}: the PDF is locked with a password`,
    {
      hint: "Save a copy without a password and attach that",
      cause,
    },
  );
}

function invalid(file: DocumentFile, cause: unknown): FreshetError {
  return new FreshetError("unsupported_media", `Cannot read ${file.name}: it is no valid PDF`, { cause });
}
