/** An operation of the API that can be tried from its page. */
export interface ApiTrial {
  method: string;
  path: string;
  parameters: { name: string; place: "path" | "query"; isRequired: boolean; example: string }[];
  /** An example of the JSON that it takes, to be edited; null where it takes none. */
  body: string | null;
  /** The media type of a file that it takes; null where it takes none. */
  upload: string | null;
}

/** What was typed for a trial. */
export interface TrialValues {
  /** By the names of the parameters. */
  parameters: Readonly<Record<string, string>>;
  body: string;
  file: File | null;
}

/** A request that is ready to be sent. */
export interface TrialRequest {
  url: string;
  init: RequestInit;
}

/** Says which field keeps a request from being sent, and why. */
export class TrialProblem extends Error {
  override name = "TrialProblem";

  constructor(readonly field: string, readonly kind: "missing" | "notJson", details = field) {
    super(details);
  }
}

/** The request of a trial. Throws a `TrialProblem` where a value is missing or the body is no JSON. */
export function trialRequest(trial: ApiTrial, values: TrialValues): TrialRequest {
  const valueOf = (name: string) => values.parameters[name]?.trim() ?? "";
  for (const { name, isRequired } of trial.parameters) {
    if (isRequired && valueOf(name) === "") throw new TrialProblem(name, "missing");
  }
  const path = trial.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(valueOf(name)));
  const query = new URLSearchParams(
    trial.parameters.filter(({ name, place }) => place === "query" && valueOf(name) !== "")
      .map(({ name }) => [name, valueOf(name)]),
  ).toString();
  const init: RequestInit = { method: trial.method };
  if (trial.body !== null) {
    init.headers = { "content-type": "application/json" };
    init.body = checkedJson(values.body);
  } else if (trial.upload !== null) {
    if (!values.file) throw new TrialProblem("file", "missing");
    Object.assign(init, fileBody(trial.upload, values.file));
  }
  return { url: query === "" ? path : `${path}?${query}`, init };
}

/** As it was typed: numbers and spaces are sent as they stand there. */
function checkedJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    if (error instanceof SyntaxError) throw new TrialProblem("body", "notJson", error.message);
    throw error;
  }
}

function fileBody(mediaType: string, file: File): RequestInit {
  if (mediaType !== "multipart/form-data") return { headers: { "content-type": mediaType }, body: file };
  const form = new FormData();
  form.append("file", file, file.name);
  return { body: form };
}
