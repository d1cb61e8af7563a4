import { formatCount } from "../../lib/client/format.ts";
import type { Benchmark } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon, type IconName } from "../Icon.tsx";

/**
 * What can be done with a benchmark. Each is a form, so that it works without a script too. `repeatKey` is sent with "Repeat", so
 * that a form that is sent twice begins once.
 */
export function Actions({ benchmark, repeatKey, language, t }: {
  benchmark: Benchmark;
  repeatKey: string;
  language: string;
  t: Translate;
}) {
  const { id, state, done, total } = benchmark;
  const isUnderWay = state === "running" || state === "waiting";
  const path = `/models/benchmarks/${id}`;
  const missing = formatCount(total - done, language);
  return (
    <div class="benchmark-actions">
      {isUnderWay && <Act path={path} intent="stop" icon="square" label={t("benchmarks.stop")} />}
      {!isUnderWay && done < total && (
        <Act
          path={path}
          intent="continue"
          icon="play"
          label={t("benchmarks.continue")}
          hint={t("benchmarks.continue.hint", { count: missing })}
        />
      )}
      {!isUnderWay && (
        <Act
          path={path}
          intent="repeat"
          icon="rotate-ccw"
          label={t("benchmarks.repeat")}
          requestKey={repeatKey}
        />
      )}
      <details class="benchmark-delete">
        <summary class="button button--danger">
          <Icon name="trash-2" />
          {t("benchmarks.delete")}
        </summary>
        <form method="post" action={path} class="benchmark-delete__form">
          <p>{t("benchmarks.delete.text")}</p>
          <input type="hidden" name="intent" value="delete" />
          <button type="submit" class="button button--danger-solid">{t("benchmarks.delete.sure")}</button>
        </form>
      </details>
    </div>
  );
}

function Act({ path, intent, icon, label, hint, requestKey }: {
  path: string;
  intent: string;
  icon: IconName;
  label: string;
  hint?: string;
  requestKey?: string;
}) {
  return (
    <form method="post" action={path}>
      <input type="hidden" name="intent" value={intent} />
      {requestKey && <input type="hidden" name="request" value={requestKey} />}
      <button type="submit" class="button" {...(hint ? { title: hint } : {})}>
        <Icon name={icon} />
        {label}
      </button>
    </form>
  );
}
