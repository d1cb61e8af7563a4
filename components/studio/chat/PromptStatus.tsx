import { Pulse } from "../../Pulse.tsx";
import { useProject } from "../context.ts";

/** Above the prompt: what the model makes just now, or on which version the next prompt goes on. */
export function PromptStatus() {
  const { branchLive, selected, thread, project, branch, t } = useProject();
  const live = branchLive.value;
  const headId = project.value.branches.find(({ name }) => name === branch.value)?.headId;
  const head = thread.value.find(({ id }) => id === headId);
  const shown = selected.value;
  const isByHand = live && live.version.origin !== "prompt" && live.version.origin !== "retry";
  const isElsewhere = head && shown && shown.id !== head.id && shown.number < head.number;
  return (
    <p class="prompt__status" role="status">
      {live && (
        <>
          <Pulse />
          {t(isByHand ? "studio.isChecking" : "studio.isGenerating", { version: `v${live.version.number}` })}
        </>
      )}
      {!live && isElsewhere &&
        t("studio.goesOnFrom", { head: `v${head.number}`, shown: `v${shown.number}` })}
    </p>
  );
}
