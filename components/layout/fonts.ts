import { asset } from "fresh/runtime";

const LATIN =
  "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";
const LATIN_EXT =
  "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF";

/** The font that almost every page needs at once. */
export const MAIN_FONT = "/fonts/inter-latin.woff2";

/** The style sheet that names the fonts. It stands in the page so that their addresses carry the build and can be cached for ever. */
export function fontFaces(): string {
  return [
    face("Inter", MAIN_FONT, "100 900", LATIN),
    face("Inter", "/fonts/inter-latin-ext.woff2", "100 900", LATIN_EXT),
    face("Fira Code", "/fonts/fira-code-latin.woff2", "300 700", `${LATIN},U+2190,U+2192,U+2500-259F`),
    // A system font in Inter's proportions, so that nothing moves when Inter arrives.
    '@font-face{font-family:"Inter Fallback";src:local("Arial"),local("Liberation Sans"),local("Helvetica");size-adjust:107%;ascent-override:90%;descent-override:22%;line-gap-override:0%}',
  ].join("");
}

function face(family: string, path: string, weight: string, range: string): string {
  return `@font-face{font-family:"${family}";font-style:normal;font-weight:${weight};font-display:swap;` +
    `src:url("${asset(path)}") format("woff2");unicode-range:${range}}`;
}
