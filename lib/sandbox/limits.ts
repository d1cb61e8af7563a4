/** Bounds of what runs in a sandbox. Times in ms, sizes in bytes. */
export interface SandboxLimits {
  /** API projects that run at once. */
  processes: number;
  /** Checks that run at once. */
  checks: number;
  /** After so long without a request a process is stopped. */
  idleMs: number;
  /** So long may a process take until it listens. */
  startMs: number;
  /** So long may a process take until it begins to answer; then it is taken for hung and ended. */
  answerMs: number;
  /** So long may one check take. */
  checkMs: number;
  /** Between asking a process to end and ending it. */
  graceMs: number;
  /** V8's heap of a process that runs. */
  heapBytes: number;
  /** All memory of a process that runs, ArrayBuffers too. Enforced on Linux only: nothing like it is dependable elsewhere. */
  memoryBytes: number;
  /** All memory of a tool that reads code, such as the type checker. */
  toolMemoryBytes: number;
  /** Log of a process. */
  logBytes: number;
}

/** What holds unless said otherwise. V8 reserves over 500 MB of address space before it does anything, and more for each worker, hence the 1.5 GiB. */
export const DEFAULT_LIMITS: SandboxLimits = {
  processes: 4,
  checks: 2,
  idleMs: 30 * 60_000,
  startMs: 10_000,
  answerMs: 60_000,
  checkMs: 60_000,
  graceMs: 1_000,
  heapBytes: 256 * 2 ** 20,
  memoryBytes: 1.5 * 2 ** 30,
  toolMemoryBytes: 2 * 2 ** 30,
  logBytes: 1_000_000,
};
