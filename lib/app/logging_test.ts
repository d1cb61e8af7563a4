import { assertEquals } from "@std/assert";
import { createLog } from "../host/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { testConfig } from "../../tests/harness.ts";
import { createLogging } from "./logging.ts";

/** What was written and what can be read, after one line of each level. */
function written(): { out: string[]; logging: ReturnType<typeof createLogging>; say(): void } {
  const out: string[] = [];
  const instead = createLog(({ message }) => out.push(message), "warn");
  const config = testConfig({ logLevel: "error", token: "the-long-token" });
  const logging = createLogging(config, new FakeClock(), instead);
  const log = logging.log.of("runs");
  const say = () => {
    log.debug("debug");
    log.info("info");
    log.warn("warn with the-long-token");
    log.error("error");
  };
  return { out, logging, say };
}

Deno.test("the page of the log has info and above, whatever is written to the terminal", () => {
  const { out, logging, say } = written();
  say();
  assertEquals(out, ["warn with the-long-token", "error"]);
  assertEquals(logging.book.latest({}).map(({ message }) => message), ["info", "warn with •••", "error"]);
});

Deno.test("the debug mode lets lines of all levels be read, tells of itself, and ends", () => {
  const { logging, say } = written();
  logging.debug.set(1);
  say();
  logging.debug.set(0);
  say();
  const messages = logging.book.latest({}).map(({ message }) => message);
  assertEquals(messages, [
    "Requests and responses are logged for a while",
    "debug",
    "info",
    "warn with •••",
    "error",
    "Requests are not logged any more",
    "info",
    "warn with •••",
    "error",
  ]);
});
