import { useEffect, useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import type { EventStream } from "../../lib/client/event_stream.ts";
import { nodesStream, streamWhileSeen } from "../../lib/client/nodes/watch_nodes.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { NoServers } from "../settings/nodes/NoServers.tsx";
import { AliasPanel } from "./AliasPanel.tsx";
import { useNodes } from "./context.ts";
import { LiveCharts } from "./LiveCharts.tsx";
import { NodeGrid } from "./NodeGrid.tsx";
import { NodePanel } from "./NodePanel.tsx";
import { NodesHead } from "./NodesHead.tsx";
import type { NodesPageData } from "./page_data.ts";
import { QueuePanel } from "./QueuePanel.tsx";
import { useFollowing } from "./use_following.ts";

/** The nodes as they are now, what waits for them, and the names for their models. */
export function NodesPage({ data }: { data: NodesPageData }) {
  const { board, details, canManage, t } = useNodes();
  const stream = useStream();
  useFollowing();
  const nodes = board.nodes.value;
  const own = nodes.filter((node) => node.isOwn);
  const open = board.find(details.nodeId.value);
  return (
    <div class={open ? "nodes-page nodes-page--open" : "nodes-page"}>
      <div class="nodes-page__main">
        <NodesHead stream={stream} />
        {data.problem && <Problem data={data} />}
        {nodes.every((node) => node.facts.value.kind === "sketch") && <NoServers t={t} canAdd={canManage} />}
        {nodes.length > 0 && (
          <>
            <LiveCharts />
            {canManage && own.length > 1 && (
              <p class="nodes-page__hint needs-script">{t("nodesPage.order.hint")}</p>
            )}
            <NodeGrid />
          </>
        )}
        <div class="nodes-page__panels">
          <QueuePanel />
          <AliasPanel />
        </div>
      </div>
      {open && <NodePanel key={open.id} node={open} />}
    </div>
  );
}

function Problem({ data: { nodes, problem } }: { data: NodesPageData }) {
  const { t } = useNodes();
  if (!problem) return null;
  return (
    <div class="problem nodes-page__problem" role="alert">
      <Icon name="circle-alert" />
      <div>
        {nodes.length === 0 && <p class="problem__message">{t("nodesPage.failed")}</p>}
        <p class="problem__hint">{problem.message}{problem.hint && `. ${problem.hint}`}</p>
        <a class="button button--small" href="/nodes">
          <Icon name="refresh-cw" />
          {t("tryAgain")}
        </a>
      </div>
    </div>
  );
}

/** Follows what happens on the nodes while the page is seen. */
function useStream(): EventStream {
  const { api, board, aliases, details, report } = useNodes();
  const stream = useMemo(() => {
    // That the server is away is said already.
    const quietly = (work: Promise<unknown>) =>
      void work.catch((error) => error instanceof FreshetError || report(error));
    return nodesStream({
      api,
      clock: browserClock,
      onPulse: (pulse) => board.pulse(pulse),
      onChanged: () => {
        quietly(board.reload());
        quietly(aliases.reload());
        quietly(details.reload());
      },
    });
  }, []);
  useEffect(() => streamWhileSeen(stream, browserClock), []);
  return stream;
}
