import { useId } from "preact/hooks";
import type { PdfModel } from "../../lib/client/files/pdf/pdf_model.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";

/** Asks for the password of a PDF. */
export function PdfPassword({ model }: { model: PdfModel }) {
  const { t } = useFolder();
  const id = useId();
  const isWrong = model.isWrong.value;
  return (
    <form
      class="pdf__password"
      onSubmit={(event) => {
        event.preventDefault();
        const password = new FormData(event.currentTarget).get("password");
        if (typeof password === "string") model.unlock(password);
      }}
    >
      <p class="pdf__locked" role="status">
        <Icon name="lock" />
        {t("filesPage.pdf.locked")}
      </p>
      <div class="field">
        <label class="field__label" for={id}>{t("filesPage.pdf.password")}</label>
        <input
          id={id}
          name="password"
          type="password"
          class="field__control"
          autocomplete="off"
          required
          aria-invalid={isWrong ? "true" : undefined}
          aria-describedby={`${id}-hint`}
        />
        <p
          id={`${id}-hint`}
          class={isWrong ? "field__problem" : "muted"}
          role={isWrong ? "alert" : undefined}
        >
          {t(isWrong ? "filesPage.pdf.wrong" : "filesPage.pdf.lockedHint")}
        </p>
      </div>
      <button type="submit" class="button button--primary button--small">{t("filesPage.pdf.open")}</button>
    </form>
  );
}
