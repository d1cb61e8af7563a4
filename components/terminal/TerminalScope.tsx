import type { ComponentChildren } from "preact";
import { type Signal, signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { browserClock } from "../../lib/client/clock.ts";
import { connectWebSocket } from "../../lib/client/socket/web_socket.ts";
import { CommandBook } from "../../lib/client/terminal/command_book.ts";
import { FolderView } from "../../lib/client/terminal/folder_view.ts";
import { TerminalApi } from "../../lib/client/terminal/terminal_api.ts";
import { TerminalLink } from "../../lib/client/terminal/terminal_link.ts";
import { TerminalTabs } from "../../lib/client/terminal/terminal_tabs.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import type { TerminalSession } from "../../lib/shared/terminal/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { TerminalContext, type TerminalScopeValue, type Typist } from "./context.ts";
import type { TerminalPageData } from "./page_data.ts";

/** What the island of the page is given. */
export interface TerminalIslandProps {
  data: TerminalPageData;
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** The inside of the island: the page's models, messages, and a fence around what breaks. */
export function TerminalScope(
  { data, texts, language, children }: TerminalIslandProps & { children: ComponentChildren },
) {
  const { scope, announcement } = useMemo(() => scopeOf({ data, texts, language }), [data, texts, language]);
  return (
    <TerminalContext.Provider value={scope}>
      <ErrorBoundary t={scope.t}>{children}</ErrorBoundary>
      <p class="visually-hidden" role="status">{announcement}</p>
      <ToastList toasts={scope.toasts} t={scope.t} />
    </TerminalContext.Provider>
  );
}

function scopeOf(
  { data, texts, language }: TerminalIslandProps,
): { scope: TerminalScopeValue; announcement: Signal<string> } {
  const announcement = signal("");
  const toasts = new Toasts(browserClock);
  const report = (error: unknown) => {
    if (error instanceof FreshetError) toasts.error(error);
    else reportError(error);
  };
  const api = new TerminalApi();
  const { sessions } = data.state;
  const { commands, favourites, active } = data;
  const tabs = new TerminalTabs({
    sessions,
    active,
    api,
    linkTo: (session) => linkTo(session, api, report),
    onError: report,
    onActivate: rememberInAddress,
  });
  const scope = {
    t: translateWith(texts),
    language,
    api,
    tabs,
    book: new CommandBook({ commands, favourites, api, clock: browserClock, onError: report }),
    folder: new FolderView(api),
    typist: signal<Typist | null>(null),
    toasts,
    announce: (text: string) => void (announcement.value = text),
    report,
  };
  return { scope, announcement };
}

function linkTo(session: Signal<TerminalSession>, api: TerminalApi, onError: (error: unknown) => void) {
  return new TerminalLink({
    session: session.peek(),
    origin: IS_BROWSER ? location.origin.replace(/^http/, "ws") : "",
    api,
    connect: connectWebSocket,
    clock: browserClock,
    onChange: (changed) => void (session.value = changed),
    onError,
  });
}

/** A reload shows the same tab. */
function rememberInAddress(id: string | null): void {
  const url = new URL(location.href);
  if (id === null) url.searchParams.delete("session");
  else url.searchParams.set("session", id);
  history.replaceState(null, "", url);
}
