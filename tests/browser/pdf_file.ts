const encoder = new TextEncoder();

/** A PDF with a line of text on each of its pages, in a font that it does not bring along. */
export function pdfFile(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const kids = lines.map((_, i) => `${4 + 2 * i} 0 R`).join(" ");
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    `<</Type/Pages/Kids[${kids}]/Count ${lines.length}>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ...lines.flatMap((line, i) => {
      const content = `BT /F1 24 Tf 60 700 Td (${line}) Tj ET`;
      return [
        `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${
          5 + 2 * i
        } 0 R>>`,
        `<</Length ${content.length}>>stream\n${content}\nendstream`,
      ];
    }),
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj${object}endobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const count = objects.length + 1;
  return encoder.encode(
    `${text}xref\n0 ${count}\n0000000000 65535 f \n${places.join("")}trailer<</Size ${count}/Root 1 0 R>>\n` +
      `startxref\n${text.length}\n%%EOF`,
  );
}

/** A PDF that tries what PDFs can: scripts, forms that are sent, links, files from elsewhere, pages of sizes that nobody has. */
export function hostilePdf(elsewhere: string): Uint8Array<ArrayBuffer> {
  const script = "<</S/JavaScript/JS(app.alert\\(1\\);document.title='run';)>>";
  const link = `<</Type/Annot/Subtype/Link/Rect[0 0 90000 90000]/A<</S/URI/URI(${elsewhere}/link)>>>>`;
  const form =
    `<</Type/Annot/Subtype/Widget/FT/Btn/T(b)/Rect[0 0 90 90]/A<</S/SubmitForm/F(${elsewhere}/form)>>>>`;
  const image =
    `<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8/Length 0/F<</FS/URL/F(${elsewhere}/image)>>>>stream\n\nendstream`;
  const boxes = ["0 0 100000 100000", "0 0 2 100000", "0 0 100000 2", "0 0 0 0"];
  const pages = boxes.map((box, i) =>
    `${10 + i} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[${box}]/AA<</O ${script}>>/Annots[5 0 R 6 0 R]` +
    "/Resources<</Font<</F1 3 0 R>>/XObject<</I 7 0 R>>>>/Contents 4 0 R>>endobj"
  );
  const content = "BT /F1 24 Tf 60 700 Td (still here) Tj ET /I Do";
  return encoder.encode([
    "%PDF-1.7",
    `1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction ${script}/AA<</WC ${script}>>/AcroForm<</Fields[6 0 R]>>>>endobj`,
    `2 0 obj<</Type/Pages/Kids[${
      boxes.map((_, i) => `${10 + i} 0 R`).join(" ")
    }]/Count ${boxes.length}>>endobj`,
    "3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj",
    `4 0 obj<</Length ${content.length}>>stream\n${content}\nendstream endobj`,
    `5 0 obj${link}endobj`,
    `6 0 obj${form}endobj`,
    `7 0 obj${image}endobj`,
    ...pages,
    "trailer<</Size 20/Root 1 0 R>>",
    "%%EOF",
  ].join("\n"));
}

/** A PDF as `pdfFile` makes them, but to be opened with a password (RC4 of 40 bits); its page says "behind the door". */
export const LOCKED_PDF: Uint8Array<ArrayBuffer> = Uint8Array.fromBase64(
  "JVBERi0xLjQKMSAwIG9iajw8L1R5cGUvQ2F0YWxvZy9QYWdlcyAyIDAgUj4+ZW5kb2JqCjIgMCBvYmo8PC9UeXBlL1BhZ2Vz" +
    "L0tpZHNbNCAwIFJdL0NvdW50IDE+PmVuZG9iagozIDAgb2JqPDwvVHlwZS9Gb250L1N1YnR5cGUvVHlwZTEvQmFzZUZvbnQv" +
    "SGVsdmV0aWNhL0VuY29kaW5nL1dpbkFuc2lFbmNvZGluZz4+ZW5kb2JqCjQgMCBvYmo8PC9UeXBlL1BhZ2UvUGFyZW50IDIg" +
    "MCBSL01lZGlhQm94WzAgMCA1OTUgODQyXS9SZXNvdXJjZXM8PC9Gb250PDwvRjEgMyAwIFI+Pj4+L0NvbnRlbnRzIDUgMCBS" +
    "Pj5lbmRvYmoKNSAwIG9iajw8L0xlbmd0aCA4OT4+c3RyZWFtCoTypl4U1AZCKEgHz2lVhT897qPgsvJfv6hdK59sJwPPDObh" +
    "MrLogF0ndP8dccpzySFxrhAZNRKgrKHwlO8arqL+J+7fTimVBCDL8DbA3FETItS/x6W+4t/CCmVuZHN0cmVhbWVuZG9iago2" +
    "IDAgb2JqPDwvRmlsdGVyL1N0YW5kYXJkL1YgMS9SIDIvTzxlNWE4ZDI2ODdiZDlkMGNmZjk0NmI3YWM1NWY1MTA4MWRjZjBk" +
    "MTE2NTU0YzRiZmNiMGE1ZTQ0NmY2OWVhNDhhPi9VPDY4M2VhMjlhMzczNTIxY2Y0NzEwOTY5Y2JlMzFlOGM1ZTUxNjE5OWE1" +
    "MTMwMjg1YTYwZTI1NmZhMGZkZjMzYTA+L1AgLTQ+PmVuZG9iagp4cmVmCjAgNwowMDAwMDAwMDAwIDY1NTM1IGYgCjAwMDAw" +
    "MDAwMDkgMDAwMDAgbiAKMDAwMDAwMDA1MiAwMDAwMCBuIAowMDAwMDAwMTAxIDAwMDAwIG4gCjAwMDAwMDAxODcgMDAwMDAg" +
    "biAKMDAwMDAwMDI5NyAwMDAwMCBuIAowMDAwMDAwNDMxIDAwMDAwIG4gCnRyYWlsZXI8PC9TaXplIDcvUm9vdCAxIDAgUi9F" +
    "bmNyeXB0IDYgMCBSL0lEWzwzMDMxMzIzMzM0MzUzNjM3MzgzOTYxNjI2MzY0NjU2Nj48MzAzMTMyMzMzNDM1MzYzNzM4Mzk2" +
    "MTYyNjM2NDY1NjY+XT4+CnN0YXJ0eHJlZgo2MTQKJSVFT0Y=",
);
