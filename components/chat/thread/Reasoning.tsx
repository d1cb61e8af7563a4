import { useEffect, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { formatCount } from "../../../lib/client/format.ts";
import { TextChunks } from "../../../lib/client/text_chunks.ts";
import type { LiveAnswer } from "../../../lib/client/live_answer.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** What a model thought before it answered, folded. */
export function Reasoning({ text, tokens }: { text: string; tokens: number | undefined }) {
  const { t, settings, data } = usePage();
  return (
    <details class="reasoning" open={settings.values.value.showReasoning}>
      <summary>
        <Icon name="brain" />
        <span>{t("reasoning")}</span>
        {tokens !== undefined && (
          <span class="reasoning__count">
            {t("tokens.count", { count: formatCount(tokens, data.language) })}
          </span>
        )}
        <Icon name="chevron-right" class="reasoning__arrow" />
      </summary>
      <div class="reasoning__text">{text}</div>
    </details>
  );
}

/** The same while the model still thinks: what is new is appended. */
export function LiveReasoning({ live }: { live: LiveAnswer }) {
  const { t, settings } = usePage();
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!text.current) return;
    const chunks = new TextChunks(text.current);
    chunks.append(live.reasoning.value);
    return live.reasoning.subscribe((more) => chunks.append(more));
  }, [live]);
  const isThinking = !live.hasText.value;
  return (
    <details class="reasoning" open={settings.values.value.showReasoning}>
      <summary>
        <Icon name="brain" class={isThinking ? "pulse-icon" : ""} />
        <span>{t(isThinking ? "reasoning.now" : "reasoning")}</span>
        <Icon name="chevron-right" class="reasoning__arrow" />
      </summary>
      <div ref={text} class="reasoning__text">{IS_BROWSER ? null : live.reasoning.value}</div>
    </details>
  );
}
