import type { KeysModel } from "../../../lib/client/settings/keys_model.ts";
import { CopyButton } from "../../CopyButton.tsx";
import { useSettings } from "../context.ts";

/** A new key with its secret, until the person has copied it. */
export function MadeKeyCard({ model }: { model: KeysModel }) {
  const { t } = useSettings();
  const made = model.made.value;
  return (
    <div role="status">
      {made && (
        <section class="made-key" aria-labelledby="made-key">
          <h2 id="made-key" class="made-key__title" tabIndex={-1}>{t("keys.made", { name: made.name })}</h2>
          <p>{t("keys.made.once")}</p>
          <div class="copy-line">
            <code>{made.secret}</code>
            <CopyButton
              text={made.secret}
              label={t("keys.how.copy", { what: made.name })}
              copied={t("copied")}
              failed={t("keys.how.copyFailed")}
            />
          </div>
          <button
            type="button"
            class="button button--small needs-script"
            onClick={() => void (model.made.value = null)}
          >
            {t("keys.done")}
          </button>
        </section>
      )}
    </div>
  );
}
