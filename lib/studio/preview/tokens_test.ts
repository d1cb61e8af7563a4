import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { PreviewTokens } from "./tokens.ts";

const tokens = new PreviewTokens(new Uint8Array(32).fill(7));
const claims = { profileId: "local", projectId: "p1", versionId: "v1", expiresAt: 1000 };

Deno.test("a token says what it was made for, until it expires", () => {
  const token = tokens.sign(claims);
  assertMatch(token, /^[\w-]+\.[\w-]+$/);
  assertEquals(tokens.verify(token, 999), claims);
  assertEquals(tokens.verify(token, 1000), null);
});

Deno.test("a token that was changed anywhere is refused", () => {
  const token = tokens.sign(claims);
  for (let i = 0; i < token.length; i++) {
    // The last character of a signature carries bits that are not read: another one may be the same bytes.
    if (i === token.length - 1) continue;
    const changed = token.slice(0, i) + (token[i] === "A" ? "B" : "A") + token.slice(i + 1);
    assertEquals(tokens.verify(changed, 0), null, `changed at ${i}`);
  }
});

Deno.test("a token of another key, of another payload or of no form is refused", () => {
  const other = new PreviewTokens(new Uint8Array(32).fill(8));
  assertEquals(tokens.verify(other.sign(claims), 0), null);
  const signature = tokens.sign(claims).split(".")[1];
  const payload = other.sign({ ...claims, versionId: "v2" }).split(".")[0];
  assertEquals(tokens.verify(`${payload}.${signature}`, 0), null);
  for (const text of ["", ".", "a.b", "..", `${"a".repeat(2000)}.${signature}`]) {
    assertEquals(tokens.verify(text, 0), null);
  }
});

Deno.test("a key that could be guessed is refused", () => {
  assertThrows(() => new PreviewTokens(new Uint8Array(31)), RangeError, "31 of 32 bytes");
});
