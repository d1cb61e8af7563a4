import { assertEquals } from "@std/assert";
import { parse } from "parse5";
import { localPrincipal } from "../../lib/access/mod.ts";
import type { Chat } from "../../lib/shared/mod.ts";
import { cookieFor } from "../cookies.ts";
import { startApp, type TestApp } from "../harness.ts";
import { PAGES } from "./permissions/table.ts";

interface Element {
  tagName?: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Element[];
  content?: Element;
}

/** Where a page's links and its forms that only ask lead to. */
function linksIn(html: string): string[] {
  const found: string[] = [];
  const visit = ({ tagName, attrs = [], childNodes = [], content }: Element) => {
    const value = (name: string) => attrs.find((attribute) => attribute.name === name)?.value;
    const target = tagName === "a"
      ? value("href")
      : tagName === "form" && value("method") !== "post"
      ? value("action")
      : undefined;
    if (target !== undefined) found.push(target);
    for (const child of [...childNodes, ...(content ? [content] : [])]) visit(child);
  };
  visit(parse(html) as Element);
  return found;
}

/** Opens all pages that a profile comes to by links; those that answer with an error, with the page that leads there. */
async function walk(app: TestApp, cookie: string, starts: readonly string[]) {
  const from = new Map(starts.map((path) => [path, "the table"]));
  const kinds = new Set(starts.map((path) => `${path}?`));
  const dead: string[] = [];
  for (const [path, page] of from) {
    const response = await app.fetch(path, { headers: { cookie, accept: "text/html" } });
    const isPage = response.headers.get("content-type")?.startsWith("text/html");
    const text = isPage ? await response.text() : "";
    await response.body?.cancel().catch(() => {});
    if (response.status >= 400) dead.push(`${page} leads to ${path}: ${response.status}`);
    const location = response.headers.get("location");
    for (const link of [...linksIn(text), ...(location ? [location] : [])]) {
      const url = new URL(link, new URL(path, "http://127.0.0.1:13000"));
      // One for each kind of address: other days, models or rows are the same page.
      const kind = `${url.pathname}?${[...url.searchParams.keys()].sort()}`;
      if (url.host !== "127.0.0.1:13000" || kinds.has(kind) || url.pathname === "/logout") continue;
      kinds.add(kind);
      from.set(url.pathname + url.search, path);
    }
  }
  return { dead, opened: from.size };
}

Deno.test("no link leads a member to what is not for members, nor anybody to a page there is not", async () => {
  await using app = await startApp();
  const { id } = await app.services.profiles.create(localPrincipal, {
    name: "Ada",
    role: "member",
    password: null,
  });
  for (
    const [profileId, may] of [[id, (right: string) => right !== "admin" && right !== "files"], [
      "local",
      () => true,
    ]] as const
  ) {
    const cookie = await cookieFor(app.services, profileId, "click");
    const principal = { ...localPrincipal, profileId };
    const chat: Chat = await app.services.chats.create(principal, { title: "A chat" });
    const starts = Object.entries(PAGES)
      .filter(([path, { methods, right }]) =>
        !/[{]|log(in|out)|configure$/.test(path) && methods.includes("GET") && may(right)
      )
      .map(([path]) => path);
    const { dead, opened } = await walk(app, cookie, [...starts, `/chat/${chat.id}`, "/settings/appearance"]);
    assertEquals(dead, [], `${opened} pages opened`);
    const empty = await (await app.fetch(`/chat/${chat.id}`, { headers: { cookie } })).text();
    assertEquals(empty.includes('href="/settings/nodes"'), may("admin"), "the empty chat's way to a server");
  }
});
