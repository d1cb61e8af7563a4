import { assertEquals } from "@std/assert";
import type { TerminalSession } from "../../shared/terminal/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { TerminalLink } from "./terminal_link.ts";
import { TerminalTabs } from "./terminal_tabs.ts";

const sessionOf = (id: string, cwd = "/"): TerminalSession => {
  return { id, title: "", shell: "sh", cwd, startedAt: 0, attached: 0 };
};

function bench(ids: string[], active: string | null = null) {
  const clock = new FakeClock();
  const asked: unknown[] = [];
  const errors: unknown[] = [];
  const addresses: (string | null)[] = [];
  let isBroken = false;
  const answer = <T>(value: T) => isBroken ? Promise.reject(new Error("no")) : Promise.resolve(value);
  const tabs = new TerminalTabs({
    sessions: ids.map((id) => sessionOf(id, `/${id}`)),
    active,
    api: {
      open: (options) => (asked.push(options), answer(sessionOf(`new${asked.length}`))),
      close: (id) => (asked.push(id), answer(undefined)),
      rename: (id, title) => answer({ ...sessionOf(id), title }),
    },
    linkTo: (session) =>
      new TerminalLink({
        session: session.peek(),
        origin: "",
        api: { ticket: () => Promise.resolve("") },
        connect: () => ({ send: () => {}, close: () => {} }),
        clock: { now: () => 0, after: (ms, fn) => clock.after(ms, fn), frame: () => () => {} },
        onChange: () => {},
        onError: () => {},
      }),
    onError: (error) => errors.push(error),
    onActivate: (id) => addresses.push(id),
  });
  const ids_ = () => tabs.tabs.value.map(({ id }) => id);
  return { tabs, ids: ids_, asked, errors, addresses, breakDown: () => isBroken = true };
}

Deno.test("the tab that the address names is shown, or the first", () => {
  assertEquals(bench(["a", "b"], "b").tabs.activeId.value, "b");
  assertEquals(bench(["a", "b"], "gone").tabs.activeId.value, "a");
  assertEquals(bench([]).tabs.activeId.value, null);
});

Deno.test("a new tab begins in the folder and the size of the one that is shown", async () => {
  const { tabs, ids, asked, addresses } = bench(["a", "b"], "b");
  tabs.setSize(100, 30);
  assertEquals(await tabs.open(), true);
  assertEquals(asked, [{ cols: 100, rows: 30, cwd: "/b" }]);
  assertEquals([ids(), tabs.activeId.value, addresses], [["a", "b", "new1"], "new1", ["new1"]]);
  tabs.step(1);
  assertEquals(tabs.activeId.value, "a");
  tabs.step(-1);
  assertEquals(tabs.activeId.value, "new1");
});

Deno.test("closing shows the neighbour; the last one leaves nothing", async () => {
  const { tabs, ids, asked, addresses } = bench(["a", "b", "c"], "b");
  await tabs.close("b");
  assertEquals([ids(), tabs.activeId.value], [["a", "c"], "c"]);
  await tabs.close("c");
  await tabs.close("a");
  assertEquals([ids(), tabs.activeId.value, asked], [[], null, ["b", "c", "a"]]);
  assertEquals(addresses, ["c", "a", null]);
});

Deno.test("what the server refuses changes nothing and is told", async () => {
  const { tabs, ids, errors, breakDown } = bench(["a"]);
  breakDown();
  assertEquals(await tabs.open(), false);
  await tabs.close("a");
  await tabs.rename("a", "x");
  assertEquals([ids(), errors.length, tabs.isOpening.value], [["a"], 3, false]);
});
