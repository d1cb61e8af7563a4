import type { ComponentChildren } from "preact";
import { type Signal, signal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Painter } from "../../lib/client/canvas/painter.ts";
import { browserClock } from "../../lib/client/clock.ts";
import { AliasList } from "../../lib/client/nodes/alias_list.ts";
import { NodeDetails } from "../../lib/client/nodes/node_details.ts";
import { NodeOrder } from "../../lib/client/nodes/node_order.ts";
import { NodesApi } from "../../lib/client/nodes/nodes_api.ts";
import { NodesBoard } from "../../lib/client/nodes/nodes_board.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { NodesContext, type NodesScopeValue } from "./context.ts";
import { standingWords } from "./node_words.ts";
import type { NodesPageData } from "./page_data.ts";

/** What the island of the page is given. */
export interface NodesIslandProps {
  data: NodesPageData;
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** The inside of the island: the page's models, messages, and a fence around what breaks. */
export function NodesScope(
  { data, texts, language, children }: NodesIslandProps & { children: ComponentChildren },
) {
  const { scope, announcement } = useMemo(() => scopeOf({ data, texts, language }), [data, texts, language]);
  return (
    <NodesContext.Provider value={scope}>
      <ErrorBoundary t={scope.t}>{children}</ErrorBoundary>
      <p class="visually-hidden" role="status" aria-live="assertive">{announcement}</p>
      <ToastList toasts={scope.toasts} t={scope.t} />
    </NodesContext.Provider>
  );
}

function scopeOf(
  { data, texts, language }: NodesIslandProps,
): { scope: NodesScopeValue; announcement: Signal<string> } {
  const t = translateWith(texts);
  const announcement = signal("");
  const toasts = new Toasts(browserClock);
  const onError = (error: unknown) => {
    if (error instanceof FreshetError) toasts.error(error);
    else reportError(error);
  };
  const announce = (text: string) => void (announcement.value = text);
  const api = new NodesApi();
  const board = new NodesBoard({ ...data, api, onError });
  const order = new NodeOrder({
    nodes: board.nodes,
    tiers: board.tiers,
    save: (tiers) => board.reorder(tiers),
    onNews: (news, node, standing) => {
      const where = standingWords(standing, t);
      announce(t(`nodesPage.order.${news}`, { name: node.facts.peek().name, where }));
    },
  });
  const details = new NodeDetails({ nodeId: data.selected, decisions: data.decisions, log: data.log, api });
  const aliases = new AliasList({
    aliases: data.aliases,
    draft: data.aliasDraft,
    problem: data.aliasProblem,
    api,
    onError,
  });
  const { canManage } = data;
  const painter = new Painter(browserClock);
  const scope = {
    t,
    language,
    canManage,
    api,
    board,
    order,
    details,
    aliases,
    painter,
    toasts,
    announce,
    report: onError,
  };
  return { scope, announcement };
}
