import { useEffect } from "preact/hooks";
import { Icon } from "../Icon.tsx";
import { CommandRow } from "./CommandRow.tsx";
import { useTerminal } from "./context.ts";
import { FavouriteButton } from "./FavouriteButton.tsx";
import { Fold } from "./Fold.tsx";

/** The commands that were given, to be looked for and given again. */
export function HistoryPanel() {
  const { t, book, tabs } = useTerminal();
  const commands = book.commands.value;
  const commandEvents = tabs.active?.session.value.commandEvents;
  // What began or ended is kept a moment later.
  useEffect(() => {
    const timer = setTimeout(() => void book.reload(), 300);
    return () => clearTimeout(timer);
  }, [commandEvents]);
  return (
    <Fold title={t("terminal.history")}>
      <div class="field needs-script">
        <label class="visually-hidden" for="terminal-search">{t("terminal.history.search")}</label>
        <input
          id="terminal-search"
          type="search"
          class="field__control"
          placeholder={t("terminal.history.search")}
          maxLength={500}
          value={book.query.value}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => book.search(event.currentTarget.value)}
        />
      </div>
      <p class="visually-hidden" role="status">
        {book.query.value === "" ? "" : t("terminal.history.found", { count: commands.length })}
      </p>
      {commands.length === 0 && (
        <p class="muted">
          {t(book.query.value === "" ? "terminal.history.none" : "terminal.history.noMatch")}
        </p>
      )}
      <ul class="command-list command-list--history">
        {commands.map(({ id, command, cwd, exitCode }) => (
          <CommandRow
            key={id}
            id={`history-${id}`}
            command={command}
            text={exitCode ? t("terminal.history.failed", { cwd, code: exitCode }) : cwd}
          >
            <FavouriteButton command={command} />
            <button
              type="button"
              class="icon-button icon-button--small"
              aria-label={t("terminal.history.forget", { command })}
              title={t("terminal.history.forgetOne")}
              onClick={() => void book.forget(id)}
            >
              <Icon name="x" />
            </button>
          </CommandRow>
        ))}
      </ul>
      {commands.length > 0 && book.query.value === "" && (
        <button
          type="button"
          class="button button--small needs-script"
          onClick={() => void book.clear()}
        >
          <Icon name="trash-2" />
          {t("terminal.history.clear")}
        </button>
      )}
      <p class="field__hint">{t("terminal.history.hint")}</p>
    </Fold>
  );
}
