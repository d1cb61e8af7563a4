import { useEffect } from "preact/hooks";
import { queryOfFilter } from "../../lib/client/models/model_filter.ts";
import { useModels } from "./context.ts";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { DownloadPanel } from "./DownloadPanel.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { ModelPanel } from "./ModelPanel.tsx";
import { ModelsHead } from "./ModelsHead.tsx";
import { ModelTable } from "./ModelTable.tsx";
import { NoModels } from "./NoModels.tsx";
import type { ModelsPageData } from "./page_data.ts";
import { Problem } from "./Problem.tsx";
import { useLive } from "./use_live.ts";

/** The models of all nodes, and what is downloaded. */
export function ModelsPage({ data }: { data: ModelsPageData }) {
  const { installed, open } = useModels();
  useLive();
  useAddress();
  const models = installed.models.value;
  const selected = installed.find(open.id.value);
  return (
    <div class={selected ? "nodes-page nodes-page--open" : "nodes-page"}>
      <div class="nodes-page__main">
        <ModelsHead view="installed" />
        {data.problem && <Problem problem={data.problem} isWhole={models.length === 0} />}
        <DownloadPanel wanted={data.wanted} />
        {models.length === 0 && !data.problem && <NoModels />}
        {models.length > 0 && (
          <>
            <FilterBar />
            <ModelTable />
          </>
        )}
      </div>
      {selected && <ModelPanel key={selected.id} model={selected} />}
      <DeleteDialog />
    </div>
  );
}

/** Keeps the address to what is shown, so that a reload shows the same. */
function useAddress(): void {
  const { installed, open } = useModels();
  const filter = installed.filter.value;
  const id = open.id.value;
  useEffect(() => {
    const query = queryOfFilter(filter);
    if (id !== null) query.set("model", id);
    const path = query.size === 0 ? "/models" : `/models?${query}`;
    if (location.pathname + location.search !== path) history.replaceState(history.state, "", path);
  }, [filter, id]);
}
