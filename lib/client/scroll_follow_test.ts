import { assert, assertEquals, assertFalse } from "@std/assert";
import { glide, ScrollFollow } from "./scroll_follow.ts";

const viewport = 800;

Deno.test("growth alone does not end following", () => {
  const follow = new ScrollFollow();
  follow.scrolled({ top: 1200, viewport, content: 2000 });
  follow.scrolled({ top: 1200, viewport, content: 2600 });
  assert(follow.following.value);
});

Deno.test("scrolling up ends following, coming back to the end takes it up again", () => {
  const follow = new ScrollFollow();
  follow.scrolled({ top: 1200, viewport, content: 2000 });
  follow.scrolled({ top: 1100, viewport, content: 2000 });
  assertFalse(follow.following.value);
  follow.scrolled({ top: 1150, viewport, content: 2400 });
  assertFalse(follow.following.value);
  follow.scrolled({ top: 1580, viewport, content: 2400 });
  assert(follow.following.value);
});

Deno.test("content that shrinks pulls the scroller up without ending following", () => {
  const follow = new ScrollFollow();
  follow.scrolled({ top: 1200, viewport, content: 2000 });
  follow.scrolled({ top: 1100, viewport, content: 1960 });
  assert(follow.following.value);
});

Deno.test("our own scrolling is not taken for the person's", () => {
  const follow = new ScrollFollow();
  follow.placed({ top: 5000, viewport, content: 9000 });
  follow.scrolled({ top: 5000, viewport, content: 9000 });
  assert(follow.following.value);
});

Deno.test("a glide comes to the end, and jumps where it is far", () => {
  const content = 3000;
  let top = 2000;
  let frames = 0;
  while (top < content - viewport) {
    const next = glide({ top, viewport, content });
    assert(next > top);
    top = next;
    frames++;
  }
  assertEquals(top, 2200);
  assert(frames > 3 && frames < 30);
  assertEquals(glide({ top: 0, viewport, content: 9000 }), 8200);
});
