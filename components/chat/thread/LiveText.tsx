import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { type AnswerText, type BlockGroup, GROUP_SIZE } from "../../../lib/client/answer_text.ts";
import { skipWhenFar } from "../../../lib/client/far_content.ts";
import { markdown } from "../../../lib/client/markdown.ts";
import { TextChunks } from "../../../lib/client/text_chunks.ts";
import type { Block } from "../../../lib/markdown/mod.ts";
import { memo } from "../../memo.ts";
import { usePage } from "../context.ts";

/** A text that is or was written before our eyes: finished blocks are frozen, only the open one changes. */
export function LiveText({ text, writing = false }: { text: AnswerText; writing?: boolean }) {
  // Until the renderer is loaded, what the server rendered stays: hydration does not look at inner HTML.
  if (!markdown.value) return <div class="prose" dangerouslySetInnerHTML={{ __html: "" }} />;
  const open = text.open.value;
  const groups = text.groups.value;
  return (
    <div class={writing ? "prose prose--writing" : "prose"}>
      {groups.map((group) => <Group key={group.index} group={group} />)}
      {open && <OpenBlock block={open} />}
    </div>
  );
}

const Group = memo(({ group }: { group: BlockGroup }) => {
  const element = useRef<HTMLDivElement>(null);
  const isFull = group.blocks.length === GROUP_SIZE;
  useEffect(() => {
    if (isFull && element.current) return skipWhenFar(element.current);
  }, [isFull]);
  return (
    <div ref={element} class="prose__group">
      {group.blocks.map((block) => <FinishedBlock key={block.index} block={block} />)}
    </div>
  );
});

const FinishedBlock = memo(({ block }: { block: Block }) => {
  const { t } = usePage();
  const module = markdown.value;
  const html = useMemo(
    () => module?.renderBlock(block, { copyLabel: t("code.copy"), taskLabel: t("code.task") }) ?? "",
    [
      block,
      module,
    ],
  );
  return <div class="prose__block" dangerouslySetInnerHTML={{ __html: html }} />;
});

function OpenBlock({ block }: { block: Block }) {
  const { t } = usePage();
  if (block.type === "code") return <OpenCode key={block.index} block={block} />;
  const html =
    markdown.value?.renderOpenBlock(block, { copyLabel: t("code.copy"), taskLabel: t("code.task") }) ?? "";
  return <div key="open" class="prose__block prose__open" dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Code that is being written: what is new is appended, however long the code is. */
function OpenCode({ block }: { block: Block & { type: "code" } }) {
  const code = useRef<HTMLElement>(null);
  const chunks = useRef<TextChunks>();
  const shown = useRef(0);
  useLayoutEffect(() => {
    if (!code.current) return;
    chunks.current ??= new TextChunks(code.current);
    chunks.current.append(block.source.slice(shown.current));
    shown.current = block.source.length;
  }, [block.source]);
  return (
    <div class="prose__block prose__open">
      <figure class="code-block" data-language={block.language}>
        <figcaption>
          <span>{block.language || "text"}</span>
        </figcaption>
        <pre tabIndex={0}><code ref={code}>{IS_BROWSER ? null : block.source}</code></pre>
      </figure>
    </div>
  );
}
