/** What reads and draws PDFs; bundled apart from the islands, and loaded with the first PDF that is shown. */
export { getDocument, PasswordResponses, PDFWorker, TextLayer } from "pdfjs-dist/legacy/build/pdf.mjs";
export type {
  PDFDocumentLoadingTask,
  PDFDocumentProxy,
  PDFPageProxy,
  RenderTask,
} from "pdfjs-dist/legacy/build/pdf.mjs";
