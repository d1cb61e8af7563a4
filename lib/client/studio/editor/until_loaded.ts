/** ms before what could not be fetched is asked for again. */
const RETRY_MS = 2000;

/** Loads something, again and again while the network is away. What else goes wrong is thrown: that is a bug. */
export async function untilLoaded<T>(
  load: (attempt: number) => Promise<T>,
  beforeRetry: () => Promise<void>,
): Promise<T> {
  for (let attempt = 0;; attempt++) {
    try {
      return await load(attempt);
    } catch (error) {
      if (!isNetworkFailure(error)) throw error;
      await beforeRetry();
    }
  }
}

/** How Chromium, Firefox and Safari say by a TypeError that `import` or `fetch` got nothing, and how we do of styles. */
const NOT_FETCHED =
  /^(Failed to fetch|error loading dynamically|Importing a module script failed|NetworkError|Load failed|Cannot load )/i;

/** Whether something only could not be fetched. Other TypeErrors are bugs. */
export function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError && NOT_FETCHED.test(error.message);
}

/** Waits a moment, or until the browser says that it is online again. */
export function beforeRetry(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, RETRY_MS);
    addEventListener("online", done);
  });
}
