import { toPng } from "html-to-image";

/** Wider pictures (pixels) are made smaller: models see no more than that anyway. */
const WIDEST = 1600;

/** A picture of what is seen of the page, as a `data:` URL. Rejects where the browser cannot make one. */
export async function takePicture(): Promise<string> {
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  return await toPng(document.documentElement, {
    width,
    height,
    pixelRatio: Math.min(devicePixelRatio, WIDEST / width),
    backgroundColor: canvasColor(),
    style: { transform: `translate(${-scrollX}px, ${-scrollY}px)`, transformOrigin: "0 0" },
    // The page's style sheets are of another origin than the page, and so are closed to scripts.
    skipFonts: true,
  });
}

/** A browser paints the whole canvas in the colour of the root element, or else of the body. */
function canvasColor(): string {
  const colors = [document.documentElement, document.body].map((element) =>
    getComputedStyle(element).backgroundColor
  );
  return colors.find((color) => !/^(transparent|rgba\(.+, 0\))$/.test(color)) ?? "#ffffff";
}
