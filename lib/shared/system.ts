/** The figures of the machine that are kept over time. The first five are percent, the last two bytes a second. */
export const SYSTEM_FIGURES = ["cpu", "memory", "disk", "gpu", "gpuMemory", "received", "sent"] as const;

/** One of `SYSTEM_FIGURES`; `disk` is the fullest file system, `gpu` the busiest GPU, `gpuMemory` the fullest. */
export type SystemFigure = (typeof SYSTEM_FIGURES)[number];

/** The machine at a time (ms since 1970), or on average from then on; null is what nobody knows. */
export type SystemSample = { at: number } & Record<SystemFigure, number | null>;

/** How far back a chart goes. */
export const SYSTEM_RANGES = ["hour", "day", "week"] as const;

/** One of `SYSTEM_RANGES`. */
export type SystemRange = (typeof SYSTEM_RANGES)[number];

/** How long the ranges are and how far apart their points (ms). */
export const RANGE_TIMES: Readonly<Record<SystemRange, { spanMs: number; stepMs: number }>> = {
  hour: { spanMs: 3_600_000, stepMs: 20_000 },
  day: { spanMs: 86_400_000, stepMs: 600_000 },
  week: { spanMs: 604_800_000, stepMs: 3_600_000 },
};

/** `GET /api/system/history`: averages over `stepMs` each, oldest first; where nothing was sampled, there is no point. */
export interface SystemHistory {
  range: SystemRange;
  stepMs: number;
  points: SystemSample[];
}

/** The parts of the machine, each asked in a way of its own. */
export const SYSTEM_PARTS = ["cpu", "memory", "gpu", "disks", "network", "processes"] as const;

/** One of `SYSTEM_PARTS`. */
export type SystemPart = (typeof SYSTEM_PARTS)[number];

/** Why a part is not known: a permission or a program is missing, or what was asked failed. */
export interface MissingPart {
  part: SystemPart;
  why: "permission" | "tool" | "failed";
  /** The flag to start Freshet with, or the programs that could tell. */
  needs: string;
  /** What went wrong, in the words of who said so. */
  detail?: string;
}

/** Its cores, and the means of waiting processes over 1, 5 and 15 minutes where the system counts them. */
export interface CpuState {
  model: string;
  /** Percent of each. */
  cores: number[];
  load: number[] | null;
}

/** In bytes. What programs could have at once does not count as used. */
export interface MemoryState {
  total: number;
  used: number;
  swapTotal: number;
  swapUsed: number;
}

/** A file system, in bytes. */
export interface DiskState {
  mount: string;
  device: string;
  total: number;
  used: number;
}

/** A network interface, in bytes a second. */
export interface NetworkState {
  name: string;
  received: number;
  sent: number;
}

/** A graphics processor: percent, bytes, °C and watts. */
export interface GpuState {
  name: string;
  busy: number | null;
  memoryUsed: number | null;
  memoryTotal: number | null;
  temperature: number | null;
  power: number | null;
}

/** A process of a model server. */
export interface ServerProcess {
  pid: number;
  /** The server: "Ollama", "vLLM", … */
  server: string;
  /** How it was started, without secrets. */
  command: string;
  /** Percent of one core, on average. */
  cpu: number;
  /** Bytes in memory. */
  memory: number;
  /** As the system writes it: "2-03:04:05". */
  elapsed: string;
}

/** The machine as it was last seen; null is what is not known (yet), and `missing` says why. */
export interface SystemState {
  /** ms since 1970. */
  at: number;
  host: { name: string; os: string; arch: string };
  cpu: CpuState | null;
  memory: MemoryState | null;
  gpu: GpuState[] | null;
  disks: DiskState[] | null;
  network: NetworkState[] | null;
  processes: ServerProcess[] | null;
  missing: MissingPart[];
}

/** The figures that a person may be warned about. */
export const ALERT_FIGURES = ["cpu", "memory", "disk", "gpu", "gpuMemory"] as const;

/** One of `ALERT_FIGURES`. */
export type AlertFigure = (typeof ALERT_FIGURES)[number];

/** Warns when a figure is above so many percent for so many seconds without a break. */
export interface Threshold {
  figure: AlertFigure;
  above: number;
  forSeconds: number;
  enabled: boolean;
}

/** What was noticed: a figure went over its threshold, or came back; or scheduled backups fail, or work again. */
export interface SystemAlert {
  /** `budget` is one of an API key, whose name stands in the place of the machine's. */
  figure: AlertFigure | "backup" | "budget";
  /** `spent`: a part of a budget. */
  state: "raised" | "cleared" | "spent";
  /** Percent at that time; of backups, 0 like what it is above. */
  value: number;
  above: number;
  /** ms since 1970. */
  at: number;
  /** The machine, of which there may be several. */
  host: string;
}

/** `GET /api/system`. */
export interface SystemView {
  state: SystemState;
  sample: SystemSample;
  /** What is over its threshold now. */
  alerts: SystemAlert[];
}

/** How grave a line of the log is, from the least on. */
export const LOG_LEVELS = ["debug", "info", "warn", "error"] as const;

/** One line of the server's log, its fields as text, without secrets. */
export interface LogLine {
  /** Counts up without a gap while the process lives. */
  seq: number;
  /** ms since 1970. */
  at: number;
  level: (typeof LOG_LEVELS)[number];
  part: string;
  message: string;
  fields?: Record<string, string>;
}

/** Which lines are wanted: of this level at least, of one part, and with a text somewhere in them. */
export interface LogFilter {
  level?: LogLine["level"] | undefined;
  part?: string | undefined;
  text?: string | undefined;
}

/** Whether requests and responses are logged too, and until when (ms since 1970). */
export interface DebugState {
  on: boolean;
  until: number | null;
}

/** `GET /api/system/logs`: the latest lines, oldest first. */
export interface LogView {
  lines: LogLine[];
  /** The parts that have spoken so far. */
  parts: string[];
  debug: DebugState;
  /** Where the log stands, as `Last-Event-ID` of its stream. */
  place: string;
}

/** Lines of the log that are kept. */
export const LOG_LINES_MAX = 2_000;

/** For how many minutes the debug mode may be on at most. */
export const DEBUG_MAX_MINUTES = 60;
/** For how many it is where nobody says so. */
export const DEBUG_MINUTES = 15;
