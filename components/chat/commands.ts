import { exportUrl } from "../../lib/client/chat_api.ts";
import type { PageModel } from "../../lib/client/page_model.ts";
import { SETTING_GROUPS } from "../../lib/shared/mod.ts";
import type { IconName } from "../Icon.tsx";

/** Something that the command palette can do. */
export interface Command {
  id: string;
  icon: IconName;
  label: string;
  /** What it is: a command, a chat, a model, a theme. */
  kind: string;
  run(): void;
}

/** Everything that can be done on the chat page now. */
export function pageCommands(model: PageModel): Command[] {
  return [...actions(model), ...openChat(model), ...chats(model), ...models(model), ...themes(model)];
}

function actions(model: PageModel): Command[] {
  const { t, layout, overlay } = model;
  const kind = t("palette.command");
  const focus = () => document.getElementById("composer-text")?.focus();
  const go = (path: string) => () => location.assign(path);
  const startNew = (temporary: boolean) => () => {
    model.newChat(temporary);
    focus();
  };
  return [
    { id: "new", icon: "square-pen", label: t("chats.new"), kind, run: startNew(false) },
    { id: "temporary", icon: "ghost", label: t("chats.newTemporary"), kind, run: startNew(true) },
    {
      id: "sidebar",
      icon: "panel-left",
      label: t("shortcuts.sidebar"),
      kind,
      run: () => layout.toggle("sidebar"),
    },
    {
      id: "panel",
      icon: "sliders-horizontal",
      label: t("shortcuts.panel"),
      kind,
      run: () => layout.toggle("panel"),
    },
    {
      id: "folder",
      icon: "folder-plus",
      label: t("folders.create"),
      kind,
      run: () => void (overlay.value = { type: "folder" }),
    },
    { id: "settings", icon: "settings", label: t("area.settings"), kind, run: go("/settings") },
    {
      id: "keys",
      icon: "keyboard",
      label: t("shortcuts.title"),
      kind,
      run: () => void (overlay.value = "shortcuts"),
    },
  ];
}

function openChat(model: PageModel): Command[] {
  const { t, actions, chat, overlay } = model;
  const open = chat.chat.peek();
  if (!open) return [];
  const kind = t("palette.thisChat");
  const download = (format: "markdown" | "json") => () => location.assign(exportUrl(open.id, format));
  const pin = t(open.pinned ? "chats.unpin" : "chats.pin");
  return [
    { id: "pin", icon: "pin", label: pin, kind, run: () => void actions.togglePin(open) },
    {
      id: "move",
      icon: "folder",
      label: t("folders.move"),
      kind,
      run: () => void (overlay.value = { type: "move", chat: open }),
    },
    {
      id: "tags",
      icon: "hash",
      label: t("tags.edit"),
      kind,
      run: () => void (overlay.value = { type: "tags", chat: open }),
    },
    { id: "markdown", icon: "file-text", label: t("chats.exportMarkdown"), kind, run: download("markdown") },
    { id: "json", icon: "braces", label: t("chats.exportJson"), kind, run: download("json") },
    { id: "delete", icon: "trash-2", label: t("chats.delete"), kind, run: () => void actions.delete(open) },
  ];
}

function chats({ t, chats }: PageModel): Command[] {
  return chats.chats.peek().map((chat) => ({
    id: chat.id,
    icon: "message-square",
    label: chat.title || t("chats.untitled"),
    kind: t("palette.chat"),
    run: () => location.assign(`/chat/${chat.id}`),
  }));
}

function models({ t, models, runSettings }: PageModel): Command[] {
  return models.entries.peek().map((entry) => ({
    id: `model:${entry.id}`,
    icon: "cpu",
    label: entry.name,
    kind: t("palette.model"),
    run: () => runSettings.change({ model: entry.id, nodeId: undefined }),
  }));
}

function themes({ t, settings }: PageModel): Command[] {
  return SETTING_GROUPS.appearance.theme.options.map((theme) => ({
    id: `theme:${theme}`,
    icon: "palette",
    label: t(`theme.${theme}`),
    kind: t("palette.theme"),
    run: () => void settings.change({ theme }),
  }));
}

/** How many are shown. */
const MOST = 60;

/** The commands that match: every word is in the label, the better the earlier and the more whole. */
export function findCommands(commands: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return commands.slice(0, MOST);
  return commands
    .map((command) => ({ command, score: scoreOf(command, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ command }) => command);
}

function scoreOf({ label, kind }: Command, words: readonly string[]): number {
  const text = `${label} ${kind}`.toLowerCase();
  let score = 0;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    const startsWord = at === 0 || text[at - 1] === " ";
    score += 1 + (startsWord ? 2 : 0) + (at === 0 ? 2 : 0);
  }
  return score;
}
