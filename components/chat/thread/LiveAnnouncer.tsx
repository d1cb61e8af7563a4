import { useEffect } from "preact/hooks";
import { GROUP_SIZE } from "../../../lib/client/answer_text.ts";
import { markdown } from "../../../lib/client/markdown.ts";
import type { Block } from "../../../lib/markdown/mod.ts";
import { usePage } from "../context.ts";

/** What is read out of one block (characters). */
const LONGEST = 600;

/** Reads the answer to screen readers block by block as each is finished, instead of token by token. */
export function LiveAnnouncer() {
  const { chat, announcement, t } = usePage();
  const live = chat.live.value;
  useEffect(() => {
    if (!live) return;
    let said = live.text.groups.peek().reduce((sum, group) => sum + group.blocks.length, 0);
    return live.text.groups.subscribe((groups) => {
      const recent = groups.slice(Math.floor(said / GROUP_SIZE));
      const blocks = recent.flatMap((group) => group.blocks).slice(said % GROUP_SIZE);
      said += blocks.length;
      const spoken = blocks.map((block) => speech(block, t("code.spoken"))).join(" ");
      if (spoken !== "") announcement.value = spoken;
    });
  }, [live]);
  return <div class="visually-hidden" aria-live="polite">{announcement.value}</div>;
}

function speech(block: Block, code: string): string {
  if (block.type === "code") return `${code} ${block.language}`;
  return markdown.peek()?.plainText(block.source).slice(0, LONGEST) ?? "";
}
