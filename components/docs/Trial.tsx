import { useEffect, useId, useRef, useState } from "preact/hooks";
import { readAnswer, type TrialAnswer } from "../../lib/client/docs/trial_answer.ts";
import { type ApiTrial, TrialProblem, trialRequest } from "../../lib/client/docs/trial_request.ts";
import { formatBytes } from "../../lib/client/format.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";

/** Tries an operation, with the login that the page has. */
export function Trial({ trial, t, language }: {
  trial: ApiTrial;
  t: Translate;
  language: string;
}) {
  const { method, parameters, body, upload } = trial;
  const id = useId();
  const [values, setValues] = useState<Record<string, string>>({});
  const [text, setText] = useState(body ?? "");
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<TrialAnswer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState<AbortController | null>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);
  const send = async () => {
    const abort = new AbortController();
    current.current = abort;
    setProblem(null);
    setAnswer(null);
    try {
      const { url, init } = trialRequest(trial, { parameters: values, body: text, file });
      setSending(abort);
      await readAnswer(url, init, {
        signal: abort.signal,
        now: () => performance.now(),
        onAnswer: setAnswer,
      });
    } catch (error) {
      if (!abort.signal.aborted) setProblem(problemText(error, t));
    } finally {
      setSending(null);
    }
  };
  return (
    <form
      class="trial"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send().catch(reportError);
      }}
    >
      <h3>{t("docs.try")}</h3>
      {method !== "GET" && <p class="muted">{t("docs.try.changes")}</p>}
      {parameters.map(({ name, place, isRequired, example }) => (
        <div key={`${place} ${name}`} class="field">
          <label class="field__label" for={`${id}-${name}`}>
            <code>{name}</code> <span class="muted">{t(`docs.parameter.${place}`)}</span>
            {isRequired && <span class="schema__required">{t("docs.required")}</span>}
          </label>
          <input
            id={`${id}-${name}`}
            class="field__control"
            autocomplete="off"
            spellcheck={false}
            placeholder={example}
            value={values[name] ?? ""}
            onInput={({ currentTarget }) =>
              setValues((before) => ({ ...before, [name]: currentTarget.value }))}
          />
        </div>
      ))}
      {body !== null && (
        <div class="field">
          <label class="field__label" for={`${id}-body`}>{t("docs.body")} (JSON)</label>
          <textarea
            id={`${id}-body`}
            class="field__control trial__body"
            rows={Math.min(14, text.split("\n").length + 1)}
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </div>
      )}
      {upload !== null && (
        <div class="field">
          <label class="field__label" for={`${id}-file`}>{t("docs.try.file")}</label>
          <input
            id={`${id}-file`}
            class="field__control"
            type="file"
            onChange={({ currentTarget }) => setFile(currentTarget.files?.[0] ?? null)}
          />
        </div>
      )}
      <div class="button-row">
        <button type="submit" class="button button--primary" disabled={sending !== null}>
          <Icon name="play" />
          {t("docs.try.send")}
        </button>
        {sending && (
          <button type="button" class="button" onClick={() => sending.abort()}>{t("docs.try.stop")}</button>
        )}
      </div>
      {problem !== null && <p class="trial__problem" role="alert">{problem}</p>}
      <Answer answer={answer} isOpen={sending !== null} t={t} language={language} />
    </form>
  );
}

function Answer({ answer, isOpen, t, language }: {
  answer: TrialAnswer | null;
  isOpen: boolean;
  t: Translate;
  language: string;
}) {
  if (!answer) return <p role="status">{isOpen ? t("docs.try.waiting") : ""}</p>;
  const { status, statusText, mediaType, ms, text, bytes, isCut } = answer;
  const isGood = status < 400;
  return (
    <>
      <p role="status" class={isGood ? "trial__status" : "trial__status trial__status--failed"}>
        <strong>{status} {statusText}</strong> · {ms} ms · {formatBytes(bytes, language)}
        {mediaType && ` · ${mediaType}`}
      </p>
      {text !== null && text !== "" && (
        <pre class="snippet__code trial__answer" tabIndex={0} aria-label={t("docs.answer")}>
          <code>{text}</code>
        </pre>
      )}
      {text === null && <p class="muted">{t("docs.try.bytes")}</p>}
      {isCut && <p class="muted">{t("docs.try.cut")}</p>}
    </>
  );
}

function problemText(error: unknown, t: Translate): string {
  if (error instanceof TrialProblem) {
    return error.kind === "missing"
      ? t("docs.try.missing", { name: error.field })
      : t("docs.try.notJson", { message: error.message });
  }
  // fetch says no more than that.
  if (error instanceof TypeError) return t("docs.try.unreachable");
  throw error;
}
