import { asset } from "fresh/runtime";
import { beforeRetry, untilLoaded } from "../../studio/editor/until_loaded.ts";

/** What draws PDFs as it is bundled into static/gen/pdf. */
export type PdfBundle = typeof import("../../workers/pdf.ts");
/** A document that is open. */
export type PdfDocument = import("../../workers/pdf.ts").PDFDocumentProxy;
/** A page of it. */
export type PdfPage = import("../../workers/pdf.ts").PDFPageProxy;
/** A document that is being opened, or is open. */
export type PdfLoading = import("../../workers/pdf.ts").PDFDocumentLoadingTask;

let loading: Promise<PdfBundle> | undefined;

/** Loads what draws PDFs, once. While the server is away it is asked for again. */
export function loadPdf(): Promise<PdfBundle> {
  return loading ??= untilLoaded((attempt) => {
    // Some browsers remember that a module could not be had, so that each attempt has an address of its own.
    const query = attempt === 0 ? "" : `?attempt=${attempt}`;
    return import(asset(`/gen/pdf/pdf.js${query}`)) as Promise<PdfBundle>;
  }, beforeRetry);
}

/** How a document is asked for. */
export interface PdfSource {
  /** The address of its bytes, which can be read in parts. */
  url: string;
  /** Asks for its password; `isWrong` where one was given that does not open it. */
  onPassword(give: (password: string) => void, isWrong: boolean): void;
  /** The worker could not be started, or has died. */
  onDead(): void;
}

/** A document that is being opened in a worker of its own, until `close`. */
export interface OpenPdf {
  task: PdfLoading;
  close(): Promise<void>;
}

/**
 * Opens a document in parts as they are needed, in a worker. Nothing of it is run as code and nothing is loaded from elsewhere:
 * encodings and fonts come from this server, and decoders of images are parts of the worker, without WebAssembly.
 */
export function openPdf(bundle: PdfBundle, { url, onPassword, onDead }: PdfSource): OpenPdf {
  const port = new Worker(asset("/gen/pdf/pdf.worker.js"), { type: "module" });
  port.addEventListener("error", onDead);
  const worker = bundle.PDFWorker.create({ port, verbosity: 0 });
  const task = bundle.getDocument({
    url,
    worker,
    disableAutoFetch: true,
    disableStream: true,
    enableXfa: false,
    isEvalSupported: false,
    useWasm: false,
    useWorkerFetch: false,
    cMapUrl: "/gen/pdf/cmaps/",
    standardFontDataUrl: "/gen/pdf/standard_fonts/",
    verbosity: 0,
  });
  task.onPassword = (give: (password: string) => void, reason: number) => {
    onPassword(give, reason === bundle.PasswordResponses.INCORRECT_PASSWORD);
  };
  return {
    task,
    async close() {
      try {
        await task.destroy();
      } finally {
        worker.destroy();
        port.terminate();
      }
    },
  };
}
