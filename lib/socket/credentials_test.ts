import { assertEquals } from "@std/assert";
import { socketProtocols } from "../shared/mod.ts";
import { credentialsOf, offeredProtocols } from "./credentials.ts";

const authorization = (headers: Record<string, string>) => {
  const all = new Headers(headers);
  return credentialsOf(all, offeredProtocols(all)).get("authorization");
};

Deno.test("a secret among the subprotocols counts as a header, which goes first", () => {
  for (const secret of ["fsh_Ab-9_x", "a token!?", "~".repeat(50)]) {
    const offered = socketProtocols(secret).join(", ");
    const expected = secret.includes(" ") ? null : `Bearer ${secret}`;
    assertEquals(authorization({ "sec-websocket-protocol": offered }), expected);
    assertEquals(authorization({ "sec-websocket-protocol": offered, authorization: "Bearer x" }), "Bearer x");
  }
});

Deno.test("subprotocols without a secret, or with a broken one, are nobody's", () => {
  for (const offered of ["freshet.chat.v1", "other", "bearer.", "bearer.%%%", "bearer.CgoK", ""]) {
    assertEquals(authorization({ "sec-websocket-protocol": offered }), null);
  }
  assertEquals(authorization({}), null);
});
