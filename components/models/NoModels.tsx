import { Icon } from "../Icon.tsx";
import { useModels } from "./context.ts";

/** What to do where no node has a model. */
export function NoModels() {
  const { t } = useModels();
  return (
    <section class="models-empty" aria-labelledby="models-empty">
      <Icon name="brain" />
      <h2 id="models-empty">{t("models.empty")}</h2>
      <p class="muted">{t("models.empty.text")}</p>
      <a class="button button--primary" href="/settings/nodes/add">
        <Icon name="plus" />
        {t("models.empty.addNode")}
      </a>
    </section>
  );
}
