import { useEffect, useMemo, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { loadMarkdown, markdown } from "../../../lib/client/markdown.ts";
import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { memo } from "../../memo.ts";
import { usePage } from "../context.ts";

interface Props {
  message: BranchMessage;
  /** Keeps line breaks, as people type them. */
  breaks?: boolean;
}

/**
 * A finished text as HTML. What the server rendered is left as it is: hydration does not look at inner HTML, so nothing is
 * parsed again when a page opens, and the renderer is loaded only for texts that come later.
 */
export const StaticText = memo(({ message, breaks = false }: Props) => {
  const { serverRendered, t } = usePage();
  const rendered = useRef(IS_BROWSER && serverRendered.has(message.id) ? message.text : undefined);
  const isMissing = rendered.current !== message.text;
  const module = isMissing ? markdown.value : null;
  const html = useMemo(
    () =>
      module?.renderMarkdown(message.text, {
        copyLabel: t("code.copy"),
        taskLabel: t("code.task"),
        breaks,
      }) ?? "",
    [module, message.text],
  );
  useEffect(() => {
    serverRendered.delete(message.id);
    if (isMissing) loadMarkdown().catch(reportError);
  }, [isMissing]);
  if (isMissing && !module) return <div class="prose prose--plain">{message.text}</div>;
  return <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
});
