import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { usePage } from "../context.ts";
import { ActionButton } from "./MessageActions.tsx";

/** Goes through the versions of a message: its edits, or its regenerations. */
export function BranchSwitcher({ message }: { message: BranchMessage }) {
  const { t, actions, chat } = usePage();
  const { index, ids } = message.siblings;
  if (ids.length < 2) return null;
  const isBusy = chat.live.value !== null;
  const select = (id: string | undefined) => () => {
    if (id !== undefined) actions.select(id);
  };
  return (
    <div class="branches" role="group" aria-label={t("branches")}>
      <ActionButton
        icon="chevron-left"
        label={t("branches.previous")}
        onClick={select(ids[index - 1])}
        disabled={isBusy || index === 0}
      />
      <span class="branches__place">{index + 1}/{ids.length}</span>
      <ActionButton
        icon="chevron-right"
        label={t("branches.next")}
        onClick={select(ids[index + 1])}
        disabled={isBusy || index === ids.length - 1}
      />
    </div>
  );
}
