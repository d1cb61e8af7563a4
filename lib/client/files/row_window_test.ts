import { assert, assertEquals } from "@std/assert";
import { rowWindow, scrollTopFor } from "./row_window.ts";

const VIEW = { scrollTop: 0, height: 400, rowHeight: 40, columns: 1 };

Deno.test("wherever the list is scrolled to, what is in view is rendered and the height is that of all", () => {
  for (const columns of [1, 7]) {
    const count = 10_000;
    const rows = Math.ceil(count / columns);
    for (const scrollTop of [0, 13, 40 * 100, rows * 40 - 400, rows * 40 + 1_000]) {
      const { start, end, before, after } = rowWindow(count, { ...VIEW, scrollTop, columns });
      assertEquals(
        before + Math.ceil((end - start) / columns) * 40 + after,
        rows * 40,
        `${columns} ${scrollTop}`,
      );
      assert(end - start <= 36 * columns, `${end - start} rendered`);
      const first = Math.min(rows - 10, Math.floor(scrollTop / 40)) * columns;
      assert(
        start <= first && end >= Math.min(count, first + 10 * columns),
        `${scrollTop}: ${start} to ${end}`,
      );
    }
  }
  assertEquals(rowWindow(3, VIEW), { start: 0, end: 3, before: 0, after: 0 });
  assertEquals(rowWindow(0, VIEW), { start: 0, end: 0, before: 0, after: 0 });
});

Deno.test("the list is scrolled only as far as an entry needs", () => {
  assertEquals(scrollTopFor(3, VIEW), 0);
  assertEquals(scrollTopFor(10, VIEW), 40);
  assertEquals(scrollTopFor(2, { ...VIEW, scrollTop: 500 }), 80);
  assertEquals(scrollTopFor(25, { ...VIEW, columns: 5, scrollTop: 0 }), 0);
});
