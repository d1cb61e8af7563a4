import { assertEquals } from "@std/assert";
import { plainText } from "./mod.ts";

Deno.test("plainText leaves the words", () => {
  assertEquals(
    plainText(
      "# A *title*\n\nText with `code`, [a link](https://x.test) and ![an image](x.png).\n\n- one\n- [x] two\n",
    ),
    "A title Text with code, a link and an image. one two",
  );
  assertEquals(
    plainText("| a | b |\n|---|---|\n| 1 | **2** |\n\n```js\nlet x = 1;\n```"),
    "a b 1 2 let x = 1;",
  );
  assertEquals(plainText("<b>x</b> &amp; y<script>alert(1)</script>\n\n> quote"), "x & yalert(1) quote");
  assertEquals(plainText("[x]: https://x.test\n\n***\n"), "");
});
