import type { ModelAlias } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { AliasForm } from "./AliasForm.tsx";
import { useNodes } from "./context.ts";
import { FoldedPanel } from "./FoldedPanel.tsx";

/** Names for chains of models: those there are, and the form for another one. */
export function AliasPanel() {
  const { aliases, canManage, t } = useNodes();
  const list = aliases.aliases.value;
  const isBusy = aliases.draft.value.name !== "" || aliases.problem.value !== null;
  return (
    <FoldedPanel title={t("nodesPage.aliases")} count={list.length} isBusy={isBusy}>
      <p class="muted">{t("nodesPage.aliases.about")}</p>
      {list.length === 0
        ? <p class="muted">{t("nodesPage.aliases.none")}</p>
        : (
          <ul class="aliases" aria-label={t("nodesPage.aliases")}>
            {list.map((alias) => <Alias key={alias.name} alias={alias} />)}
          </ul>
        )}
      {canManage && <AliasForm />}
    </FoldedPanel>
  );
}

function Alias({ alias }: { alias: ModelAlias }) {
  const { canManage, t } = useNodes();
  const { name, models, origin } = alias;
  return (
    <li class="alias">
      <div class="alias__text">
        <strong class="alias__name">{name}</strong>
        {origin === "config" && <span class="badge">{t("nodesPage.aliases.fixed")}</span>}
        <ol class="alias__chain">{models.map((model) => <li key={model}>{model}</li>)}</ol>
      </div>
      {canManage && origin !== "config" && <AliasButtons alias={alias} />}
    </li>
  );
}

function AliasButtons({ alias }: { alias: ModelAlias }) {
  const { aliases, toasts, t } = useNodes();
  const { name } = alias;
  const remove = async () => {
    if (!await aliases.remove(name)) return;
    toasts.show({ kind: "success", message: t("nodesPage.aliases.removed", { name }) });
    document.getElementById("field-alias")?.focus();
  };
  return (
    <>
      <a
        class="icon-button icon-button--small"
        href={`/nodes?alias=${encodeURIComponent(name)}`}
        aria-label={t("nodesPage.aliases.edit", { name })}
        onClick={(event) => {
          event.preventDefault();
          aliases.edit(alias);
          document.getElementById("field-chain")?.focus();
        }}
      >
        <Icon name="pencil" />
      </a>
      <form
        method="post"
        action="/nodes"
        onSubmit={(event) => {
          event.preventDefault();
          void remove();
        }}
      >
        <input type="hidden" name="intent" value="unalias" />
        <input type="hidden" name="name" value={name} />
        <button
          type="submit"
          class="icon-button icon-button--small"
          aria-label={t("nodesPage.aliases.remove", { name })}
        >
          <Icon name="trash-2" />
        </button>
      </form>
    </>
  );
}
