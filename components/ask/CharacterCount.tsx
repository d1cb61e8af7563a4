import { formatCount } from "../../lib/client/format.ts";
import type { AskModel } from "../../lib/client/projects/ask_model.ts";
import { PROJECT_LIMITS } from "../../lib/shared/mod.ts";
import { useProjects } from "../projects/context.ts";

/** How many characters there are; said aloud only where they are too many. */
export function CharacterCount({ model }: { model: AskModel }) {
  const { t, language } = useProjects();
  const count = formatCount(model.text.value.trim().length, language);
  const limit = formatCount(PROJECT_LIMITS.promptChars, language);
  return (
    <>
      <span
        id="prompt-count"
        class={model.isTooLong ? "ask-form__count ask-form__count--over" : "ask-form__count"}
      >
        <span class="visually-hidden">{t("ask.count", { count, limit })}</span>
        <span aria-hidden="true">
          {count}
          <span class="ask-form__limit">/ {limit}</span>
        </span>
      </span>
      <span class="visually-hidden" role="status">{model.isTooLong && t("ask.tooLong", { limit })}</span>
    </>
  );
}
