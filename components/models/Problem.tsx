import type { ErrorBody } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useModels } from "./context.ts";

/** Why there is nothing to show, or what was refused. */
export function Problem({ problem, isWhole }: {
  problem: ErrorBody;
  /** True where nothing could be loaded. */
  isWhole: boolean;
}) {
  const { t } = useModels();
  return (
    <div class="problem nodes-page__problem" role="alert">
      <Icon name="circle-alert" />
      <div>
        {isWhole && <p class="problem__message">{t("models.failed")}</p>}
        <p class="problem__hint">{problem.message}{problem.hint && `. ${problem.hint}`}</p>
        <a class="button button--small" href="/models">
          <Icon name="refresh-cw" />
          {t("tryAgain")}
        </a>
      </div>
    </div>
  );
}
