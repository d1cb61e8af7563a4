import { assertEquals } from "@std/assert";
import { METHODS } from "./handlers.ts";
import { Router } from "./router.ts";

function routerOf(...routes: string[]): Router<string> {
  const router = new Router<string>();
  for (const route of routes) router.add(["GET"], route, route);
  return router;
}

function matched(router: Router<string>, path: string): string | null {
  const match = router.match("GET", path);
  return match.type === "found" ? match.target : null;
}

function params(router: Router<string>, path: string): Record<string, string> | null {
  const match = router.match("GET", path);
  return match.type === "found" ? match.params : null;
}

Deno.test("exact paths win over patterns that were added before them", () => {
  const router = routerOf("/posts/:id", "/posts/new");
  assertEquals(matched(router, "/posts/new"), "/posts/new");
  assertEquals(matched(router, "/posts/7"), "/posts/:id");
});

Deno.test("patterns match in the order in which they were added", () => {
  assertEquals(matched(routerOf("/:a/x", "/b/:c"), "/b/x"), "/:a/x");
  assertEquals(matched(routerOf("/b/:c", "/:a/x"), "/b/x"), "/b/:c");
});

Deno.test("exact paths match with and without a trailing slash, patterns as they are", () => {
  const router = routerOf("/about", "/blog/", "/posts/:id");
  assertEquals(matched(router, "/about/"), "/about");
  assertEquals(matched(router, "/blog"), "/blog/");
  assertEquals(matched(router, "/posts/7/"), null);
});

Deno.test("double slashes collapse", () => {
  const router = routerOf("/", "/a/b", "/posts/:id");
  assertEquals(matched(router, "//a///b"), "/a/b");
  assertEquals(matched(router, "//posts//7"), "/posts/:id");
  assertEquals(matched(router, "//"), "/");
});

Deno.test("params are decoded, but an encoded slash and a broken encoding stay", () => {
  const router = routerOf("/files/:name");
  assertEquals(params(router, "/files/a%20b%C3%A9"), { name: "a bé" });
  assertEquals(params(router, "/files/a%2Fb"), { name: "a%2Fb" });
  assertEquals(params(router, "/files/%E0%A4%A"), { name: "%E0%A4%A" });
});

Deno.test("a star is the parameter 0", () => {
  assertEquals(params(routerOf("/v1/*"), "/v1/chat/completions"), { 0: "chat/completions" });
  assertEquals(params(routerOf("/v1/*"), "/v1/"), { 0: "" });
  assertEquals(matched(routerOf("/v1/*"), "/v1"), null);
  assertEquals(matched(routerOf("/v1/*"), "/v10/x"), null);
});

Deno.test("optional and rest parameters match without a value too", () => {
  const optional = routerOf("/docs{/:version}?");
  assertEquals(params(optional, "/docs"), { version: "" });
  assertEquals(params(optional, "/docs/2"), { version: "2" });
  assertEquals(matched(optional, "/docs/2/x"), null);
  const rest = routerOf("/old/:path*");
  assertEquals(params(rest, "/old"), { path: "" });
  assertEquals(params(rest, "/old/a/b"), { path: "a/b" });
});

Deno.test("names beyond ASCII match as browsers send them", () => {
  const router = routerOf("/über/uns", "/größe/:id");
  assertEquals(matched(router, "/%C3%BCber/uns"), "/über/uns");
  assertEquals(matched(router, "/gr%C3%B6%C3%9Fe/1"), "/größe/:id");
});

Deno.test("HEAD takes the GET target unless it has its own", () => {
  const router = routerOf("/a", "/b");
  router.add(["HEAD"], "/b", "head of b");
  const head = (path: string) => {
    const match = router.match("HEAD", path);
    return match.type === "found" ? match.target : null;
  };
  assertEquals(head("/a"), "/a");
  assertEquals(head("/b"), "head of b");
});

Deno.test("a path of other methods is told apart from an unknown one", () => {
  const router = new Router<string>();
  router.add(["GET", "PUT"], "/a", "a");
  router.add(["POST"], "/:x", "x");
  const match = router.match("DELETE", "/a");
  assertEquals(match.type === "method" && match.allowed, ["GET", "HEAD", "POST", "PUT", "OPTIONS"]);
  assertEquals(router.match("POST", "/a").type, "found");
  assertEquals(router.match("GET", "/b/c").type, "none");
});

Deno.test("the first target of a method stays", () => {
  const router = new Router<string>();
  router.add(["GET"], "/a", "first");
  router.add(METHODS, "/a", "second");
  assertEquals(matched(router, "/a"), "first");
  const post = router.match("POST", "/a");
  assertEquals(post.type === "found" && post.target, "second");
});
