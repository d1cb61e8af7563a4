import type { ErrorBody } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useFiles } from "./context.ts";

/** Why there is nothing to see, and a way to try again. */
export function FilesProblem({ problem, onRetry }: { problem: ErrorBody; onRetry?: () => void }) {
  const { t } = useFiles();
  return (
    <div class="problem files-problem" role="alert">
      <Icon name="circle-alert" />
      <div>
        <p class="problem__message">{t("filesPage.failed")}</p>
        <p class="problem__hint">{problem.message}{problem.hint && `. ${problem.hint}`}</p>
        {onRetry
          ? (
            <button type="button" class="button button--small" onClick={onRetry}>
              <Icon name="refresh-cw" />
              {t("tryAgain")}
            </button>
          )
          : (
            <a class="button button--small" href="/files">
              <Icon name="refresh-cw" />
              {t("tryAgain")}
            </a>
          )}
      </div>
    </div>
  );
}
