import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { ExternalLink } from "../../ExternalLink.tsx";

/** What to do where there is no model server yet. */
export function NoServers({ t, canAdd = true }: { t: Translate; canAdd?: boolean }) {
  const get = (name: string, href: string) => (
    <ExternalLink href={href} newTab={t("settings.newTab")}>{t("nodes.empty.get", { name })}</ExternalLink>
  );
  return (
    <section class="no-servers" aria-labelledby="no-servers">
      <h2 id="no-servers" class="no-servers__title">{t("nodes.empty.title")}</h2>
      <p class="muted">{t("nodes.empty.text")}</p>
      <h3 class="no-servers__group">{t("nodes.empty.own")}</h3>
      <ul class="no-servers__list">
        <li>
          <strong>Ollama</strong>
          <p>{t("nodes.empty.ollama")}</p>
          <code>ollama pull llama3.2</code>
          {get("Ollama", "https://ollama.com/download")}
        </li>
        <li>
          <strong>LM Studio</strong>
          <p>{t("nodes.empty.lmStudio")}</p>
          {get("LM Studio", "https://lmstudio.ai/download")}
        </li>
        <li>
          <strong>llama.cpp</strong>
          <p>{t("nodes.empty.llamaCpp")}</p>
          <code>llama-server -m model.gguf</code>
          {get("llama.cpp", "https://github.com/ggml-org/llama.cpp")}
        </li>
      </ul>
      <h3 class="no-servers__group">{t("nodes.empty.hosted")}</h3>
      <p class="muted">
        {t("nodes.empty.hostedText")} {canAdd && <a href="/settings/nodes/add">{t("nodes.add")}</a>}
      </p>
    </section>
  );
}
