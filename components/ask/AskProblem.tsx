import type { AskModel } from "../../lib/client/projects/ask_model.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "../projects/context.ts";

/** Why the project was not begun: red for what has to be changed, orange with a countdown where there were too many. */
export function AskProblem({ model }: { model: AskModel }) {
  const { t } = useProjects();
  const problem = model.problem.value;
  const seconds = model.secondsToWait.value;
  return (
    <div id="ask-problem" role="alert">
      {problem && (
        <p class={seconds > 0 ? "ask-problem ask-problem--warning" : "ask-problem"}>
          <Icon name={seconds > 0 ? "clock" : "circle-alert"} />
          <span>
            {problem.message}
            {problem.hint && <span class="muted">. {problem.hint}</span>}
            {seconds > 0 && `. ${t("ask.waits", { seconds })}`}
          </span>
        </p>
      )}
    </div>
  );
}
