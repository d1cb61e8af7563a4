import { weekdayNames } from "../../lib/client/dashboard/figures.ts";
import { formatCount } from "../../lib/client/format.ts";
import { useDashboard } from "./context.ts";

/** Calls by weekday and hour: the more, the stronger the colour. */
export function WeekTable({ week }: { week: readonly (readonly number[])[] }) {
  const { language, t } = useDashboard();
  const most = Math.max(1, ...week.flat());
  const days = weekdayNames(language);
  return (
    <section class="dashboard-card week" aria-labelledby="week-title">
      <h2 id="week-title">{t("dashboard.week")}</h2>
      <p class="muted week__hint">{t("dashboard.week.hint")}</p>
      <table class="week__table">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">{t("dashboard.week.day")}</span>
            </th>
            {Array.from(
              { length: 24 },
              (_, hour) => (
                <th key={hour} scope="col" class={hour % 6 === 0 ? "" : "week__minor"}>
                  <span>{hour}</span>
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {week.map((hours, day) => (
            <tr key={day}>
              <th scope="row">{days[day]}</th>
              {hours.map((calls, hour) => (
                <td
                  key={hour}
                  style={{ "--level": String(Math.sqrt(calls / most)) }}
                  title={`${days[day]} ${hour}:00 · ${formatCount(calls, language)}`}
                >
                  <span class="visually-hidden">{formatCount(calls, language)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
