import type { PdfBundle, PdfPage } from "./load_pdf.ts";

/** Pixels of one page at most: a larger canvas is refused by some browsers, and needs 4 bytes for each. */
const MAX_PIXELS = 12_000_000;
/** Pixels of a side at most, for the same reason: a page may be a strip that is a thousand times as high as wide. */
const MAX_SIDE = 16_000;

/** A page that is being drawn, until it is cancelled. */
export interface PageDrawing {
  /** Ends when all is drawn; rejects where the page is damaged, and where it was cancelled. */
  readonly finished: Promise<void>;
  cancel(): void;
}

/**
 * Draws a page into an element of the right shape: its picture, and over it its text, invisible, to be selected, searched and
 * read aloud. `width` is the page's in CSS pixels. What was there before stays until the new picture is whole.
 */
export function drawPage(
  { TextLayer }: Pick<PdfBundle, "TextLayer">,
  { page, element, width }: { page: PdfPage; element: HTMLElement; width: number },
): PageDrawing {
  const unscaled = page.getViewport({ scale: 1 });
  const scale = width / unscaled.width;
  const viewport = page.getViewport({ scale: scale * sharpness(unscaled, scale) });
  const canvas = document.createElement("canvas");
  canvas.className = "pdf-page__picture";
  canvas.width = Math.max(1, Math.floor(viewport.width));
  canvas.height = Math.max(1, Math.floor(viewport.height));
  const text = document.createElement("div");
  text.className = "pdf-text";
  const picture = page.render({ canvas, viewport });
  const layer = new TextLayer({
    textContentSource: page.streamTextContent(),
    container: text,
    viewport: unscaled,
  });
  return {
    finished: picture.promise.then(async () => {
      dropPicture(element);
      element.prepend(canvas);
      // A page whose text cannot be read can still be looked at.
      await layer.render().catch(() => undefined);
      element.querySelector(".pdf-text")?.remove();
      element.append(text);
    }),
    cancel() {
      picture.cancel();
      layer.cancel();
    },
  };
}

/** Takes a page's picture away, with its memory: some browsers keep that until they collect what is left over. */
export function dropPicture(element: HTMLElement): void {
  const canvas = element.querySelector("canvas");
  if (!canvas) return;
  canvas.remove();
  canvas.width = canvas.height = 0;
}

/** How many pixels a CSS pixel gets. */
function sharpness({ width, height }: { width: number; height: number }, scale: number): number {
  const most = Math.sqrt(MAX_PIXELS / (width * scale * height * scale));
  const longest = MAX_SIDE / (Math.max(width, height) * scale);
  return Math.min(globalThis.devicePixelRatio || 1, most, longest);
}
