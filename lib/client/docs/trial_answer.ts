/** So many characters of an answer are shown. */
const SHOWN_MAX = 200_000;

/** What came of a request that was tried. */
export interface TrialAnswer {
  status: number;
  statusText: string;
  mediaType: string;
  /** Until the answer began, in ms. */
  ms: number;
  /** What is shown of its body; null for bytes that are no text. */
  text: string | null;
  /** Of the body, as far as it was read. */
  bytes: number;
  isCut: boolean;
}

/** Sends a request and tells of its answer as it arrives, until it ends, enough of it is there, or the signal says so. */
export async function readAnswer(
  url: string,
  init: RequestInit,
  { signal, now, onAnswer, fetch = globalThis.fetch }: {
    signal: AbortSignal;
    /** ms since whenever. */
    now: () => number;
    onAnswer: (answer: TrialAnswer) => void;
    fetch?: typeof globalThis.fetch;
  },
): Promise<void> {
  const start = now();
  const response = await fetch(url, { ...init, signal });
  const mediaType = response.headers.get("content-type") ?? "";
  const isText = /json|text|xml|event-stream|javascript/.test(mediaType) || mediaType === "";
  const decoder = new TextDecoder();
  let answer: TrialAnswer = {
    status: response.status,
    statusText: response.statusText,
    mediaType,
    ms: Math.round(now() - start),
    text: isText ? "" : null,
    bytes: 0,
    isCut: false,
  };
  const tell = (changes: Partial<TrialAnswer>) => onAnswer(answer = { ...answer, ...changes });
  tell({});
  const reader = response.body?.getReader();
  for (;;) {
    const { done = true, value } = await reader?.read() ?? {};
    if (done || !value) break;
    const text = answer.text === null ? null : answer.text + decoder.decode(value, { stream: true });
    const isCut = text !== null && text.length > SHOWN_MAX;
    tell({ bytes: answer.bytes + value.length, text: text?.slice(0, SHOWN_MAX) ?? null, isCut });
    if (!isCut) continue;
    await reader?.cancel();
    return;
  }
  if (answer.text !== null) tell({ text: indented(answer.text, mediaType) });
}

/** JSON with its structure, everything else as it came. */
function indented(text: string, mediaType: string): string {
  if (!mediaType.includes("json")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
