import { useEffect } from "preact/hooks";
import { shellWord, type TerminalFolder } from "../../lib/shared/terminal/mod.ts";
import { Icon } from "../Icon.tsx";
import { useTerminal } from "./context.ts";
import { Fold } from "./Fold.tsx";

/** The names in the folder of the shell that is shown; it goes where the shell goes. */
export function FilesPanel() {
  const { t, tabs, folder } = useTerminal();
  const tab = tabs.active;
  const { id, cwd, command } = tab?.session.value ?? {};
  const isOver = tab?.link.end.value !== null;
  const isBusy = command !== undefined;
  useEffect(() => {
    if (id === undefined || cwd === undefined || isOver) void folder.follow(undefined);
    // A command that ended may have changed what is there.
    else if (!isBusy) void folder.follow({ id, cwd });
  }, [id, cwd, isBusy, isOver]);
  const state = folder.state.value;
  return (
    <Fold title={t("terminal.files")}>
      {state.type === "none" && <p class="muted">{t("terminal.files.none")}</p>}
      {state.type === "loading" && <p class="terminal-path">{state.path}</p>}
      {state.type === "failed" && (
        <>
          <p class="terminal-path">{state.path}</p>
          <p class="muted" role="status">{state.error.message}</p>
        </>
      )}
      {state.type === "listed" && <Names folder={state.folder} />}
    </Fold>
  );
}

function Names({ folder: { path, entries, isCut } }: { folder: TerminalFolder }) {
  const { t, typist } = useTerminal();
  const isIdle = typist.value === null;
  return (
    <>
      <p class="terminal-path" aria-label={t("terminal.files.path", { path })}>{path}</p>
      {entries.length === 0 && <p class="muted">{t("terminal.files.empty")}</p>}
      <ul class="name-list">
        {path !== "/" && (
          <li>
            <button
              type="button"
              class="name-list__name"
              disabled={isIdle}
              onClick={() => typist.value?.insert("cd ..", true)}
            >
              <Icon name="folder-up" />
              {t("terminal.files.up")}
            </button>
          </li>
        )}
        {entries.map(({ name, type }) => (
          <li key={name}>
            <button
              type="button"
              class="name-list__name"
              disabled={isIdle}
              title={t(type === "folder" ? "terminal.files.go" : "terminal.files.insert", { name })}
              onClick={() =>
                type === "folder"
                  ? typist.value?.insert(`cd ${shellWord(`./${name}`)}`, true)
                  : typist.value?.insert(shellWord(name.startsWith("-") ? `./${name}` : name), false)}
            >
              <Icon name={type === "folder" ? "folder" : type === "link" ? "arrow-right" : "file"} />
              <span>{name}</span>
            </button>
          </li>
        ))}
      </ul>
      {isCut && <p class="muted">{t("terminal.files.more")}</p>}
    </>
  );
}
