import type { App } from "../app.ts";

/** Sends one request to an app, without a network. */
export function request<State>(app: App<State>, path: string, init?: RequestInit): Promise<Response> {
  return app.handler()(new Request(`http://localhost${path}`, init));
}

/** The text of the answer to one request. */
export async function requestText<State>(app: App<State>, path: string, init?: RequestInit): Promise<string> {
  return await (await request(app, path, init)).text();
}

/** Runs a function and gives what was reported to the operator meanwhile. */
export async function reportedErrors(run: () => Promise<void>): Promise<unknown[]> {
  const reported: unknown[] = [];
  const { console } = globalThis;
  const original = console.error;
  console.error = (error: unknown) => reported.push(error);
  try {
    await run();
  } finally {
    console.error = original;
  }
  return reported;
}
