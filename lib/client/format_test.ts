import { assertEquals } from "@std/assert";
import { formatBytes, formatCount, formatSeconds, formatShort, formatWindow } from "./format.ts";

Deno.test("numbers are written as the language does", () => {
  assertEquals([formatCount(1234567, "en"), formatCount(1234567, "de")], ["1,234,567", "1.234.567"]);
  assertEquals([formatShort(1234, "en"), formatShort(12, "en")], ["1.2K", "12"]);
});

Deno.test("a context window is counted in 1,024s where it is one of them", () => {
  assertEquals([formatWindow(131072, "en"), formatWindow(200000, "en"), formatWindow(512, "en")], [
    "128K",
    "200K",
    "512",
  ]);
});

Deno.test("times and sizes have as many digits as help", () => {
  assertEquals([formatSeconds(420, "en"), formatSeconds(12_345, "en")], ["0.42 s", "12 s"]);
  assertEquals([formatBytes(999, "en"), formatBytes(20_480, "en"), formatBytes(8.1e9, "en")], [
    "999 B",
    "20.5 KB",
    "8.1 GB",
  ]);
});
