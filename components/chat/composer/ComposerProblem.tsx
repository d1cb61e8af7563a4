import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Why the message was not sent: red for what has to be changed, orange with a countdown where there were too many. */
export function ComposerProblem() {
  const { turns, t } = usePage();
  const problem = turns.problem.value;
  const seconds = turns.secondsToWait.value;
  return (
    <div id="composer-problem" role="alert">
      {problem && seconds > 0 && (
        <p class="composer__problem composer__problem--warning">
          <Icon name="clock" />
          <span>{problem.message}. {t("composer.waits", { seconds })}</span>
        </p>
      )}
      {problem && seconds === 0 && (
        <p class="composer__problem">
          <Icon name="circle-alert" />
          <span>{problem.message}{problem.hint && <span class="muted">. {problem.hint}</span>}</span>
        </p>
      )}
    </div>
  );
}
