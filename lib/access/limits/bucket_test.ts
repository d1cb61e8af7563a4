import { assert, assertEquals } from "@std/assert";
import { Bucket } from "./bucket.ts";

function bucketOf(limit: number, now = 0): Bucket {
  const bucket = new Bucket();
  bucket.setLimit(limit, now);
  return bucket;
}

Deno.test("a full bucket gives a minute's worth at once, then as it refills", () => {
  const bucket = bucketOf(60);
  for (let i = 0; i < 60; i++) {
    assertEquals(bucket.waitMs(1, 0), 0);
    bucket.take(1, 0);
  }
  assertEquals([bucket.remaining(0), bucket.waitMs(1, 0), bucket.resetMs(0)], [0, 1_000, 60_000]);
  assertEquals([bucket.remaining(1_000), bucket.waitMs(1, 1_000), bucket.waitMs(3, 1_000)], [1, 0, 2_000]);
  assertEquals([bucket.remaining(90_000), bucket.resetMs(90_000)], [60, 0]);
});

Deno.test("never more is admitted than the bucket and its refill allow, and a told wait is enough", () => {
  for (const limit of [1, 7, 60, 997, 30_011]) {
    const bucket = bucketOf(limit);
    let now = 0;
    let admitted = 0;
    for (let i = 0; i < 2_000; i++) {
      const amount = 1 + i * 7 % Math.max(1, Math.floor(limit / 3));
      const wait = bucket.waitMs(amount, now);
      now += Math.ceil(wait);
      assertEquals(bucket.waitMs(amount, now), 0, `${limit}: the wait at ${now} was too short`);
      bucket.take(amount, now);
      admitted += amount;
      assert(admitted <= limit + now * limit / 60_000 + 0.01, `${limit}: ${admitted} after ${now} ms`);
    }
  }
});

Deno.test("what is given back never makes more than a full bucket", () => {
  const bucket = bucketOf(100);
  bucket.take(80, 0);
  bucket.take(-30, 0);
  assertEquals(bucket.remaining(0), 50);
  bucket.take(-100, 30_000);
  assertEquals([bucket.remaining(30_000), bucket.resetMs(30_000)], [100, 0]);
});

Deno.test("what went beyond the limit is waited for", () => {
  const bucket = bucketOf(100);
  bucket.take(250, 0);
  assertEquals([bucket.remaining(0), bucket.waitMs(10, 0)], [0, 96_000]);
});

Deno.test("more than the bucket holds can never be taken", () => {
  assertEquals(bucketOf(100).waitMs(101, 0), Infinity);
  assertEquals(bucketOf(100).waitMs(100, 0), 0);
});

Deno.test("a changed limit counts from then on", () => {
  const bucket = bucketOf(60);
  bucket.take(60, 0);
  bucket.setLimit(120, 1_000);
  assertEquals([bucket.remaining(1_000), bucket.remaining(2_000)], [61, 63]);
  bucket.setLimit(30, 2_000);
  assertEquals([bucket.remaining(2_000), bucket.waitMs(1, 2_000)], [0, 56_000]);
  bucket.setLimit(0, 3_000);
  bucket.setLimit(10, 4_000);
  assertEquals(bucket.remaining(4_000), 10, "nothing was counted while there was no limit");
});

Deno.test("a clock that is set back refills nothing", () => {
  const bucket = bucketOf(60, 10_000);
  bucket.take(60, 10_000);
  assertEquals([bucket.remaining(5_000), bucket.remaining(11_000)], [0, 1]);
});
