import type { Threshold } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useSystem } from "./context.ts";

/** What a person wants to be told about; it is posted where there is no script. */
export function ThresholdsPanel() {
  const { thresholds, toasts, report, t } = useSystem();
  const save = async () => {
    if (await thresholds.save()) toasts.show({ kind: "success", message: t("system.thresholds.saved") });
  };
  return (
    <section class="system-panel" aria-labelledby="panel-thresholds">
      <h2 id="panel-thresholds" class="system-panel__title">{t("system.thresholds")}</h2>
      <p class="system-panel__fact">{t("system.thresholds.hint")}</p>
      <form
        method="post"
        action="/system"
        onSubmit={(event) => {
          event.preventDefault();
          save().catch(report);
        }}
      >
        <table class="system-table system-thresholds">
          <thead>
            <tr>
              <th scope="col">{t("system.thresholds.figure")}</th>
              <th scope="col">{t("system.thresholds.on")}</th>
              <th scope="col">{t("system.thresholds.above")}</th>
              <th scope="col">{t("system.thresholds.for")}</th>
            </tr>
          </thead>
          <tbody>{thresholds.draft.value.map((one) => <Row key={one.figure} threshold={one} />)}</tbody>
        </table>
        {thresholds.problem.value !== null && (
          <p class="field__problem" role="alert">
            <Icon name="circle-alert" />
            {thresholds.problem.value}
          </p>
        )}
        <button type="submit" class="button" disabled={thresholds.isSaving.value}>
          <Icon name="save" />
          {t("system.thresholds.save")}
        </button>
      </form>
    </section>
  );
}

function Row({ threshold: { figure, above, forSeconds, enabled } }: { threshold: Threshold }) {
  const { thresholds, t } = useSystem();
  const name = t(`alert.${figure}`);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <span class="switch">
          <input
            type="checkbox"
            role="switch"
            name={`${figure}.enabled`}
            checked={enabled}
            aria-label={t("system.thresholds.onFor", { figure: name })}
            onChange={(event) => thresholds.change(figure, { enabled: event.currentTarget.checked })}
          />
        </span>
      </td>
      <td>
        <input
          class="field__control"
          type="number"
          inputMode="decimal"
          required
          min={1}
          max={100}
          step="any"
          name={`${figure}.above`}
          value={above}
          aria-label={t("system.thresholds.aboveFor", { figure: name })}
          onChange={(event) => thresholds.change(figure, { above: event.currentTarget.valueAsNumber })}
        />
      </td>
      <td>
        <input
          class="field__control"
          type="number"
          inputMode="numeric"
          required
          min={0}
          max={3600}
          step={1}
          name={`${figure}.forSeconds`}
          value={forSeconds}
          aria-label={t("system.thresholds.forFor", { figure: name })}
          onChange={(event) => thresholds.change(figure, { forSeconds: event.currentTarget.valueAsNumber })}
        />
      </td>
    </tr>
  );
}
