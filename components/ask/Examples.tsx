import { type ExampleId, EXAMPLES } from "../../lib/client/projects/ask_draft.ts";
import type { AskModel } from "../../lib/client/projects/ask_model.ts";
import { Icon, type IconName } from "../Icon.tsx";
import { useProjects } from "../projects/context.ts";

const ICONS: Readonly<Record<ExampleId, IconName>> = {
  chat: "messages-square",
  crypto: "chart-candlestick",
  appointments: "calendar-days",
  rest: "braces",
};

/** Examples that fill the prompt; links, so that they do it without scripts too. */
export function Examples({ model, onChoose }: { model: AskModel; onChoose: () => void }) {
  const { t, toasts } = useProjects();
  const prompts = EXAMPLES.map((id) => t(`ask.example.${id}.prompt`));
  const choose = (id: ExampleId) => (event: Event) => {
    event.preventDefault();
    const before = model.text.peek();
    model.setText(t(`ask.example.${id}.prompt`));
    if (before.trim() !== "" && !prompts.includes(before)) {
      toasts.show({
        kind: "info",
        message: t("ask.example.replaced"),
        action: { label: t("undo"), run: () => model.setText(before) },
      });
    }
    onChoose();
  };
  return (
    <section class="examples" aria-labelledby="examples">
      <h2 id="examples" class="examples__title">{t("ask.examples")}</h2>
      <ul class="examples__list">
        {EXAMPLES.map((id) => (
          <li key={id}>
            <a class="example" href={`/ask?example=${id}`} onClick={choose(id)}>
              <Icon name={ICONS[id]} />
              <span class="example__title">{t(`ask.example.${id}`)}</span>
              <span class="example__about">{t(`ask.example.${id}.about`)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
