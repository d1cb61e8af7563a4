import { useSystem } from "./context.ts";
import { Bar, Panel } from "./Panel.tsx";
import { percentWords, sizeWords } from "./system_words.ts";

/** The file systems. */
export function DisksPanel() {
  const { model, t, language } = useSystem();
  const { disks } = model.view.value.state;
  const words = { t, language };
  return (
    <Panel part="disks" title={t("system.disks")} isKnown={disks !== null}>
      {disks?.length === 0 ? <p class="muted">{t("system.disks.none")}</p> : (
        <table class="system-table">
          <thead>
            <tr>
              <th scope="col">{t("system.disks.mount")}</th>
              <th scope="col">{t("system.disks.use")}</th>
              <th scope="col">{t("system.disks.free")}</th>
            </tr>
          </thead>
          <tbody>
            {disks?.map(({ mount, used, total }) => (
              <tr key={mount}>
                <th scope="row">{mount}</th>
                <td>
                  {percentWords(used / total * 100, words)}
                  <Bar percent={used / total * 100} />
                </td>
                <td>{sizeWords(total - used, words)} / {sizeWords(total, words)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
