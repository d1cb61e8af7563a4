import { useEffect, useMemo, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import type { AnswerText } from "../../../lib/client/answer_text.ts";
import { loadMarkdown, markdown } from "../../../lib/client/markdown.ts";
import type { Block } from "../../../lib/markdown/mod.ts";
import type { Version } from "../../../lib/shared/mod.ts";
import { memo } from "../../memo.ts";
import { useProject } from "../context.ts";

/** The answer of a finished version. What the server rendered is left as it is: hydration does not look at inner HTML. */
export const AnswerProse = memo(({ version }: { version: Version }) => {
  const { serverRendered, t } = useProject();
  const rendered = useRef(IS_BROWSER && serverRendered.has(version.id) ? version.answer : undefined);
  const isMissing = rendered.current !== version.answer;
  const module = isMissing ? markdown.value : null;
  const html = useMemo(
    () =>
      module?.renderMarkdown(version.answer, { copyLabel: t("code.copy"), taskLabel: t("code.task") }) ?? "",
    [module, version.answer],
  );
  useEffect(() => {
    serverRendered.delete(version.id);
    if (isMissing) loadMarkdown().catch(reportError);
  }, [isMissing]);
  if (isMissing && !module) return <div class="prose prose--plain">{version.answer}</div>;
  return <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
});

/** An answer while it is written: finished blocks are frozen, only the open one changes. */
export function LiveProse({ text }: { text: AnswerText }) {
  if (!markdown.value) return <div class="prose" dangerouslySetInnerHTML={{ __html: "" }} />;
  const open = text.open.value;
  return (
    <div class="prose prose--writing">
      {text.groups.value.flatMap(({ blocks }) =>
        blocks.map((block) => <ProseBlock key={block.index} block={block} />)
      )}
      {open && <ProseBlock key="open" block={open} isOpen />}
    </div>
  );
}

const ProseBlock = memo(({ block, isOpen = false }: { block: Block; isOpen?: boolean }) => {
  const { t } = useProject();
  const module = markdown.value;
  const labels = { copyLabel: t("code.copy"), taskLabel: t("code.task") };
  const html = (isOpen ? module?.renderOpenBlock(block, labels) : module?.renderBlock(block, labels)) ?? "";
  return (
    <div
      class={isOpen ? "prose__block prose__open" : "prose__block"}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
});
