import { type ComponentChild, render } from "preact";
import { useEffect } from "preact/hooks";
import { CopyButton } from "../../components/CopyButton.tsx";
import { Trial } from "../../components/docs/Trial.tsx";
import type { ApiTrial } from "../../lib/client/docs/trial_request.ts";
import { type Texts, type Translate, translateWith } from "../../lib/shared/texts/mod.ts";

function CopyCommand({ curl, t }: { curl: string; t: Translate }) {
  return (
    <CopyButton text={curl} label={t("docs.copy")} copied={t("docs.copied")} failed={t("docs.copyFailed")} />
  );
}

/** Puts a form into each operation that is unfolded, to try it: of two hundred, those that nobody looks at cost nothing. */
export default function ApiTrials({ texts, language }: { texts: Texts; language: string }) {
  useEffect(() => {
    const t = translateWith(texts);
    const filled: Element[] = [];
    const show = (child: ComponentChild, place: Element) => {
      render(child, place);
      filled.push(place);
    };
    const fill = (operation: Element) => {
      const place = operation.querySelector<HTMLElement>("[data-trial]");
      if (!place || place.hasChildNodes()) return;
      const trial = JSON.parse(place.dataset.trial ?? "") as ApiTrial;
      const curl = operation.querySelector("[data-curl]")?.textContent ?? "";
      const id = `try-${place.parentElement?.id}`;
      show(<Trial id={id} trial={trial} t={t} language={language} />, place);
      const beside = operation.querySelector("[data-copy-place]");
      if (beside) show(<CopyCommand curl={curl} t={t} />, beside);
    };
    const onToggle = ({ target }: Event) => {
      if (target instanceof HTMLDetailsElement && target.open && target.matches(".operation")) fill(target);
    };
    // It does not bubble.
    document.addEventListener("toggle", onToggle, true);
    for (const open of document.querySelectorAll(".operation[open]")) fill(open);
    return () => {
      document.removeEventListener("toggle", onToggle, true);
      for (const place of filled) render(null, place);
    };
  }, []);
  return null;
}
