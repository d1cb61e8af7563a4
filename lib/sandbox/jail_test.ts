import { assertEquals } from "@std/assert";
import { spawnJailed } from "./jail.ts";

Deno.test({
  name: "programs that end at once are not waited for in vain, however many there are",
  ignore: Deno.build.os === "windows",
  fn: async () => {
    const codes = await Promise.all(Array.from({ length: 60 }, async () => {
      const { stdout, stderr, status } = spawnJailed({
        path: "/bin/sh",
        args: ["-c", "exit 3"],
        cwd: "/",
        env: {},
        memoryBytes: 2_000_000_000,
      });
      const [{ code }] = await Promise.all([status, stdout.cancel(), stderr.cancel()]);
      return code;
    }));
    assertEquals(codes, Array(60).fill(3));
  },
});
