import { assertEquals } from "@std/assert";
import { tellZone } from "./browser_zone.ts";

/** A page that takes cookies or does not. */
function pageOf(takes: boolean) {
  const kept = new Set<string>(["other=1"]);
  let reloads = 0;
  return {
    get reloads() {
      return reloads;
    },
    get cookie() {
      return [...kept].join("; ");
    },
    set cookie(text: string) {
      if (takes) kept.add(text.split(";")[0] ?? "");
    },
    reload: () => void reloads++,
  };
}

Deno.test("a browser of another zone loads the page again, once", () => {
  const page = pageOf(true);
  const berlin = { used: "Europe/Berlin", isChosen: false };
  tellZone(page, "Asia/Kolkata", berlin);
  assertEquals([page.reloads, page.cookie], [1, "other=1; freshet-zone=Asia%2FKolkata"]);
  // A server that does not know the zone goes on with its own.
  tellZone(page, "Asia/Kolkata", berlin);
  assertEquals(page.reloads, 1);
});

Deno.test("nothing is loaded again where the zone is the same, was chosen, or no cookie is taken", () => {
  const same = pageOf(true);
  tellZone(same, "Europe/Berlin", { used: "Europe/Berlin", isChosen: false });
  const chosen = pageOf(true);
  tellZone(chosen, "Asia/Kolkata", { used: "Europe/Berlin", isChosen: true });
  const without = pageOf(false);
  tellZone(without, "Asia/Kolkata", { used: "Europe/Berlin", isChosen: false });
  assertEquals([same.reloads, chosen.reloads, without.reloads], [0, 0, 0]);
});
