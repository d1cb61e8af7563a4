import { assertEquals } from "@std/assert";
import { LANGUAGES, textAreas, textsOf } from "./mod.ts";

Deno.test("a text stands in one area alone, so that the server and a page's islands say the same", () => {
  for (const language of LANGUAGES) {
    const areas = textAreas().map((area) => Object.keys(textsOf(language, [area])));
    const names = areas.flat();
    assertEquals(names.filter((name, i) => names.indexOf(name) !== i), []);
  }
});
