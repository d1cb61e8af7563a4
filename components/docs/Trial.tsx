import { useEffect, useRef, useState } from "preact/hooks";
import { readAnswer, type TrialAnswer } from "../../lib/client/docs/trial_answer.ts";
import {
  type ApiTrial,
  TrialProblem,
  type TrialRequest,
  trialRequest,
  type TrialValues,
} from "../../lib/client/docs/trial_request.ts";
import { formatBytes } from "../../lib/client/format.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { Icon } from "../Icon.tsx";
import { TrialFields } from "./TrialFields.tsx";

/** Tries an operation, with the login that the page has; asks before it deletes. */
export function Trial({ id, trial, t, language }: {
  /** Within the page: each trial is rendered by itself and knows nothing of the others. */
  id: string;
  trial: ApiTrial;
  t: Translate;
  language: string;
}) {
  const { method } = trial;
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<TrialValues>({ parameters: {}, body: trial.body ?? "", file: null });
  const [answer, setAnswer] = useState<TrialAnswer | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState<TrialRequest | null>(null);
  const [sending, setSending] = useState<AbortController | null>(null);
  const current = useRef<AbortController | null>(null);
  // Folded up it stops too: an open stream keeps one of the few connections that a browser has.
  useEffect(() => {
    const operation = form.current?.closest("details");
    const onToggle = () => {
      if (!operation?.open) current.current?.abort();
    };
    operation?.addEventListener("toggle", onToggle);
    return () => {
      operation?.removeEventListener("toggle", onToggle);
      current.current?.abort();
    };
  }, []);
  const send = async ({ url, init }: TrialRequest) => {
    const abort = new AbortController();
    current.current = abort;
    setAsking(null);
    setSending(abort);
    try {
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
  const submit = () => {
    setProblem(null);
    setAnswer(null);
    try {
      const request = trialRequest(trial, values);
      if (method === "DELETE") setAsking(request);
      else send(request).catch(reportError);
    } catch (error) {
      setProblem(problemText(error, t));
    }
  };
  return (
    <>
      <form
        ref={form}
        class="trial"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <h3>{t("docs.try")}</h3>
        {method !== "GET" && <p class="muted">{t("docs.try.changes")}</p>}
        <TrialFields id={id} trial={trial} values={values} onChange={setValues} t={t} />
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
      {asking && (
        <ConfirmDialog
          title={t("docs.try.ask")}
          text={`${method} ${asking.url}`}
          confirm={t("docs.try.send")}
          cancel={t("cancel")}
          cancelHref="/docs/api"
          action="/docs/api"
          fields={{}}
          onConfirm={() => void send(asking).catch(reportError)}
          onCancel={() => setAsking(null)}
        />
      )}
    </>
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
        <strong>{status} {statusText}</strong> · {ms} ms
        {bytes !== null && ` · ${formatBytes(bytes, language)}`}
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
