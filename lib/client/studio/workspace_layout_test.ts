import { assertEquals } from "@std/assert";
import { WorkspaceLayout } from "./workspace_layout.ts";

Deno.test("the divider moves by keys, within its limits, and back by Enter", () => {
  const layout = new WorkspaceLayout();
  const at = (key: string, isBig = false) => {
    const known = layout.press(key, isBig);
    return [known, layout.split.value];
  };
  assertEquals(layout.split.value, 40);
  assertEquals(at("ArrowRight"), [true, 42]);
  assertEquals(at("ArrowLeft", true), [true, 32]);
  assertEquals(at("ArrowLeft", true), [true, 24]);
  assertEquals(at("End"), [true, 70]);
  assertEquals(at("Enter"), [true, 40]);
  assertEquals(at("a"), [false, 40]);
});

Deno.test("the division is kept", () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const before = new WorkspaceLayout();
  before.setSplit(55);
  before.keep(storage);
  const after = new WorkspaceLayout();
  after.restore(storage);
  assertEquals(after.split.value, 55);
});

Deno.test("choosing a view puts the chat behind it", () => {
  const layout = new WorkspaceLayout();
  layout.showChat(true);
  layout.show("diff");
  assertEquals([layout.tab.value, layout.chatShown.value], ["diff", false]);
});
