import type { ComponentChildren } from "preact";
import type { SystemPart } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useSystem } from "./context.ts";
import { missingWords } from "./system_words.ts";

/** A part of the machine; where it is not known, what is missing. */
export function Panel({ part, title, isKnown, children }: {
  part: SystemPart;
  title: string;
  isKnown: boolean;
  children: ComponentChildren;
}) {
  return (
    <section class={`system-panel system-panel--${part}`} aria-labelledby={`panel-${part}`}>
      <h2 id={`panel-${part}`} class="system-panel__title">{title}</h2>
      {isKnown ? children : <Missing part={part} />}
    </section>
  );
}

function Missing({ part }: { part: SystemPart }) {
  const { model, t, language } = useSystem();
  const missing = model.view.value.state.missing.find((one) => one.part === part);
  if (!missing) return <p class="muted">{t("system.measuring")}</p>;
  return (
    <p class="system-missing">
      <Icon name="info" />
      <span>{missingWords(missing, { t, language })}</span>
    </p>
  );
}

/** A share of a whole as a bar; what it says stands beside it. */
export function Bar({ percent }: { percent: number }) {
  const kind = percent >= 95 ? " system-bar--full" : percent >= 80 ? " system-bar--high" : "";
  return (
    <span class={`system-bar${kind}`} aria-hidden="true">
      <i style={{ transform: `scaleX(${Math.min(100, percent) / 100})` }} />
    </span>
  );
}
