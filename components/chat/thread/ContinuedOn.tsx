import type { LiveAnswer } from "../../../lib/client/live_answer.ts";
import { type BranchMessage, joinContinuations } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Says which nodes went on with an answer, in their order, where one broke off. */
export function ContinuedOn({ message, live }: { message: BranchMessage; live: LiveAnswer | null }) {
  const { t } = usePage();
  const continuations = joinContinuations(message.continuations, live?.continuations.value);
  if (continuations.length === 0) return null;
  return (
    <p class="continued-on" title={t("answer.continuedHint")}>
      <Icon name="git-branch" />
      {t("answer.continued", { nodes: continuations.map(({ nodeName }) => nodeName).join(", ") })}
    </p>
  );
}
