import { useState } from "preact/hooks";
import type { ModelDigests, ModelPin } from "../../../lib/shared/mod.ts";
import { ConfirmDialog } from "../../ConfirmDialog.tsx";
import { Icon } from "../../Icon.tsx";
import { ConfigButton } from "./ConfigButton.tsx";
import { configPath } from "./config_path.ts";
import { shortDigest } from "./config_words.ts";
import { useConfig } from "./context.ts";
import { DigestEntry } from "./DigestEntry.tsx";

/** The models that are kept under names of their own, to go back to. */
export function PinList({ digests: { digest, pins } }: { digests: ModelDigests }) {
  const { model, toasts, t } = useConfig();
  const [unpinning, setUnpinning] = useState<ModelPin | null>(null);
  const [keepsCurrent, setKeepsCurrent] = useState(true);
  const name = model.at.model;
  const isPinned = pins.some((pin) => pin.digest === digest);
  const say = (text: string) => toasts.show({ kind: "success", message: text });
  const pin = async () => {
    if (await model.pin()) say(t("modelConfig.pin.done", { model: name }));
  };
  const goBack = async (digest: string) => {
    if (await model.goBack(digest, keepsCurrent)) say(t("modelConfig.goBack.done", { model: name }));
  };
  return (
    <section class="config-card" aria-labelledby="config-pins">
      <h2 id="config-pins">{t("modelConfig.pins")}</h2>
      <p class="muted">{t("modelConfig.pins.about")}</p>
      {digest !== null && (
        <div class="node-actions">
          {isPinned
            ? (
              <p class="config-pinned">
                <Icon name="pin" />
                {t("modelConfig.pinned")}
              </p>
            )
            : <ConfigButton icon="pin" label={t("modelConfig.pin")} isPrimary onClick={() => void pin()} />}
        </div>
      )}
      {pins.length === 0 && <p class="muted">{t("modelConfig.pins.none")}</p>}
      {pins.some((pin) => pin.digest !== digest) && !isPinned && (
        <label class="config-nodes__node">
          <input
            type="checkbox"
            checked={keepsCurrent}
            onChange={(event) => setKeepsCurrent(event.currentTarget.checked)}
          />
          {t("modelConfig.keepCurrent")}
        </label>
      )}
      <ul class="config-history" aria-label={t("modelConfig.pins")}>
        {pins.map((pin) => (
          <Pin
            key={pin.digest}
            pin={pin}
            isCurrent={pin.digest === digest}
            onBack={() => void goBack(pin.digest)}
            onUnpin={() => setUnpinning(pin)}
          />
        ))}
      </ul>
      {unpinning && (
        <ConfirmDialog
          title={t("modelConfig.unpin.title", { digest: shortDigest(unpinning.digest) })}
          text={t("modelConfig.unpin.text", { copy: unpinning.copy })}
          confirm={t("modelConfig.unpin")}
          cancel={t("cancel")}
          cancelHref={configPath(name, model.at.nodeId, "digests")}
          action="/models/configure"
          fields={{}}
          onConfirm={() => {
            setUnpinning(null);
            void model.unpin(unpinning.digest);
          }}
          onCancel={() => setUnpinning(null)}
        />
      )}
    </section>
  );
}

function Pin({ pin, isCurrent, onBack, onUnpin }: {
  pin: ModelPin;
  isCurrent: boolean;
  onBack: () => void;
  onUnpin: () => void;
}) {
  const { t } = useConfig();
  const { digest, copy, createdAt, isThere } = pin;
  return (
    <DigestEntry digest={digest} at={createdAt} isNow={isCurrent}>
      <span class="muted config-history__copy">{isThere ? copy : t("modelConfig.pin.missing")}</span>
      <span class="config-history__actions">
        {!isCurrent && isThere && (
          <ConfigButton icon="rotate-ccw" label={t("modelConfig.goBack")} onClick={onBack} />
        )}
        <ConfigButton icon="pin-off" label={t("modelConfig.unpin")} onClick={onUnpin} />
      </span>
    </DigestEntry>
  );
}
