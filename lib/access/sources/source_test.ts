import { assert, assertEquals, assertThrows } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { sourceOf, TrustedProxies } from "./mod.ts";

const PROXY = "127.0.0.1";
const STRANGER = "203.0.113.9";

function source(
  headers: Record<string, string>,
  { peer = PROXY, trusted = [PROXY], url = "http://127.0.0.1:13000/" } = {},
) {
  const remoteAddr = { transport: "tcp" as const, hostname: peer, port: 50_000 };
  return sourceOf({ url, headers: new Headers(headers) }, { remoteAddr }, new TrustedProxies(trusted));
}

Deno.test("what a proxy says is believed of trusted ones alone", () => {
  const says = { "x-forwarded-for": STRANGER, "x-forwarded-proto": "https" };
  assertEquals(source(says), { address: STRANGER, isAtMachine: false, isSecure: true });
  assertEquals(source(says, { trusted: [] }), { address: PROXY, isAtMachine: false, isSecure: false });
  assertEquals(source(says, { peer: "198.51.100.1" }).address, "198.51.100.1");
  assertEquals(source(says, { peer: "10.1.2.3", trusted: ["10.0.0.0/8"] }).address, STRANGER);
  assertEquals(source(says, { peer: "::ffff:10.1.2.3", trusted: ["10.0.0.0/8"] }).address, STRANGER);
  assertEquals(source(says, { peer: "fd00::2", trusted: ["fd00::/8"] }).address, STRANGER);
});

Deno.test("the sender is the last one that is no trusted proxy: what stands before may be made up", () => {
  const addresses: [Record<string, string>, string][] = [
    [{}, PROXY],
    [{ "x-forwarded-for": `1.1.1.1, ${STRANGER}` }, STRANGER],
    [{ "x-forwarded-for": `127.0.0.1, ${STRANGER}, 127.0.0.1` }, STRANGER],
    [{ "x-forwarded-for": `${STRANGER}:4711` }, STRANGER],
    [{ "x-forwarded-for": "::FFFF:203.0.113.9" }, STRANGER],
    [{ "x-forwarded-for": "[2001:DB8::1]:443" }, "2001:db8::1"],
    [{ "x-forwarded-for": `${STRANGER}, unknown` }, PROXY],
    [{ "x-forwarded-for": "" }, PROXY],
    [{ forwarded: `for=1.1.1.1, FOR="${STRANGER}:80";proto=http` }, STRANGER],
    [{ forwarded: 'for="[2001:db8::1]:4711";by="a,b"' }, "2001:db8::1"],
    [{ forwarded: "for=_hidden" }, PROXY],
    [{ forwarded: "by=1.1.1.1" }, PROXY],
    [{ forwarded: '"for=1.1.1.1' }, PROXY],
    [{ forwarded: 'for=1.1.1.1;a=", for="[2001:db8::1]"' }, PROXY],
    [{ forwarded: `for=1.1.1.1;a=", for=${STRANGER}` }, PROXY],
    [{ forwarded: `host="a;for=1.1.1.1";for=${STRANGER}` }, STRANGER],
    [{ forwarded: `host="a\\";for=1.1.1.1;b=\\"";for=${STRANGER}` }, STRANGER],
    [{ forwarded: `for=1.1.1.1;host=a"b, for=${STRANGER}` }, PROXY],
    [{ forwarded: `for=${STRANGER},` }, PROXY],
    [{ forwarded: "" }, PROXY],
    [{ forwarded: `for=${STRANGER}`, "x-forwarded-for": STRANGER }, STRANGER],
    [{ forwarded: "for=1.1.1.1", "x-forwarded-for": STRANGER }, PROXY],
    [{ "x-real-ip": STRANGER }, PROXY],
  ];
  for (const [headers, expected] of addresses) {
    assertEquals(source(headers).address, expected, JSON.stringify(headers));
  }
});

Deno.test("at the machine is who calls it by its own name from itself, and for nobody else", () => {
  const alone = { trusted: [] };
  for (const url of ["http://127.0.0.1:13000/", "http://localhost/", "http://[::1]:1/"]) {
    assert(source({}, { ...alone, url }).isAtMachine, url);
  }
  assert(source({}, { ...alone, peer: "::1" }).isAtMachine);
  assert(!source({}, { ...alone, url: "http://freshet.example/" }).isAtMachine);
  assert(!source({}, { ...alone, peer: STRANGER }).isAtMachine);
  assert(!source({}).isAtMachine, "a proxy may add nothing to what it forwards");
  const added = [
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "Forwarded",
    "X-Real-IP",
    "Via",
    "CF-Connecting-IP",
    "Tailscale-User-Login",
    "True-Client-IP",
  ];
  for (const name of added) {
    assert(!source({ [name]: "127.0.0.1" }, alone).isAtMachine, name);
    assert(!source({ [name]: "" }, alone).isAtMachine, `an empty ${name}`);
  }
});

Deno.test("what is no address and no network is refused", () => {
  for (
    const text of ["", "nginx", "10.0.0.0/33", "10.0.0.0/", "0.0.0.0/0", "::/0", "10.0.0.0/8/8", "1.2.3"]
  ) {
    assertThrows(() => new TrustedProxies([text]), FreshetError, "Cannot read FRESHET_TRUSTED_PROXIES");
  }
});
