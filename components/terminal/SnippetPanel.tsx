import { TERMINAL_SNIPPETS } from "../../lib/shared/terminal/mod.ts";
import { CommandRow } from "./CommandRow.tsx";
import { useTerminal } from "./context.ts";
import { FavouriteButton } from "./FavouriteButton.tsx";
import { Fold } from "./Fold.tsx";

/** Commands at hand: those that the person keeps, and those for models. */
export function SnippetPanel() {
  const { t, book, typist } = useTerminal();
  const favourites = book.favourites.value;
  return (
    <Fold title={t("terminal.snippets")}>
      {favourites.length > 0 && (
        <>
          <h3>{t("terminal.favourites")}</h3>
          <ul class="command-list">
            {favourites.map(({ id, command }) => (
              <CommandRow key={id} id={`favourite-${id}`} command={command} hasFields>
                <FavouriteButton command={command} />
              </CommandRow>
            ))}
          </ul>
        </>
      )}
      <AddFavourite />
      <h3>{t("terminal.snippets.models")}</h3>
      {/* Without a terminal none of them can have the focus, and the list would not scroll by keys. */}
      <ul class="command-list" tabIndex={typist.value === null ? 0 : undefined}>
        {TERMINAL_SNIPPETS.map(({ id, command }) => (
          <CommandRow
            key={id}
            id={`snippet-${id}`}
            command={command}
            text={t(`terminal.snippet.${id}`)}
            hasFields
          />
        ))}
      </ul>
    </Fold>
  );
}

function AddFavourite() {
  const { t, book } = useTerminal();
  return (
    <form
      class="terminal-add needs-script"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const command = String(new FormData(form).get("command") ?? "").trim();
        if (command === "" || book.isFavourite(command)) return;
        void book.toggleFavourite(command).then(() => form.reset());
      }}
    >
      <label class="field__label" for="terminal-favourite">{t("terminal.favourite.new")}</label>
      <div class="terminal-add__line">
        <input
          id="terminal-favourite"
          name="command"
          class="field__control"
          maxLength={4000}
          placeholder="ollama pull {model}"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby="terminal-favourite-hint"
        />
        <button type="submit" class="button button--small">{t("terminal.favourite.keep")}</button>
      </div>
      <p id="terminal-favourite-hint" class="field__hint">{t("terminal.favourite.hint")}</p>
    </form>
  );
}
