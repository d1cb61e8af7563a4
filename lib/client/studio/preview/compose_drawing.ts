import type { Drawing } from "../../drawing/drawing.ts";
import { renderDrawing } from "../../drawing/render_drawing.ts";

/** A picture whose pixels have arrived. */
export async function loadPicture(source: string): Promise<HTMLImageElement> {
  const picture = Object.assign(new Image(), { src: source });
  await picture.decode();
  return picture;
}

/** A drawing together with the picture it was drawn over, as a PNG of the picture's size. */
export async function composeDrawing(drawing: Drawing, picture: HTMLImageElement | null): Promise<Blob> {
  const { naturalWidth: width, naturalHeight: height } = picture ??
    { naturalWidth: drawing.width, naturalHeight: drawing.height };
  const paper = canvasOf(width, height);
  paper.fillStyle = "#ffffff";
  paper.fillRect(0, 0, width, height);
  if (picture) paper.drawImage(picture, 0, 0);
  const lines = canvasOf(width, height);
  renderDrawing(lines, drawing, width / drawing.width, "transparent");
  paper.drawImage(lines.canvas, 0, 0);
  return await new Promise((resolve, reject) => {
    paper.canvas.toBlob(
      (blob) =>
        blob ? resolve(blob) : reject(new Error("Cannot export the drawing: the browser made no image")),
      "image/png",
    );
  });
}

function canvasOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("Cannot export the drawing: the browser has no canvas");
  return context;
}
