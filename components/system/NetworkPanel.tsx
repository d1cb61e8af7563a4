import { useSystem } from "./context.ts";
import { Panel } from "./Panel.tsx";
import { rateWords } from "./system_words.ts";

/** The network interfaces. */
export function NetworkPanel() {
  const { model, t, language } = useSystem();
  const { network } = model.view.value.state;
  const words = { t, language };
  return (
    <Panel part="network" title={t("system.network")} isKnown={network !== null}>
      {network?.length === 0 ? <p class="muted">{t("system.network.none")}</p> : (
        <table class="system-table">
          <thead>
            <tr>
              <th scope="col">{t("system.network.name")}</th>
              <th scope="col">{t("system.chart.received")}</th>
              <th scope="col">{t("system.chart.sent")}</th>
            </tr>
          </thead>
          <tbody>
            {network?.map(({ name, received, sent }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{rateWords(received, words)}</td>
                <td>{rateWords(sent, words)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
