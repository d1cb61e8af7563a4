import { assertEquals, assertRejects } from "@std/assert";
import { MissingError } from "../host/missing_error.ts";
import type { RunTool } from "../host/run_tool.ts";
import { parseIoreg } from "./apple.ts";
import { GpuReader } from "./gpu_reader.ts";
import { parseNvidia } from "./nvidia.ts";
import { parseRocm } from "./rocm.ts";

const MIB = 1024 * 1024;

/** As nvidia-smi 550 and 580 write it. */
const NVIDIA = `NVIDIA GeForce RTX 3090, 45, 10240, 24576, 62, 220.15
NVIDIA GeForce RTX 3060, 0, 3, 12288, 34, 12.80
`;
/** A chip with the machine's memory, and a card whose fan and power nobody measures. */
const NVIDIA_GAPS = `NVIDIA GB10, 3, [N/A], [N/A], 41, 11.27
NVIDIA GeForce GT 710, [Not Supported], 155, 2048, 47, [Not Supported]
Quadro K600, N/A, 1, 976, [Unknown Error], [GPU requires reset]
`;

Deno.test("nvidia-smi: a GPU a line, MiB as bytes", () => {
  assertEquals(parseNvidia(NVIDIA), [
    {
      name: "NVIDIA GeForce RTX 3090",
      busy: 45,
      memoryUsed: 10240 * MIB,
      memoryTotal: 24576 * MIB,
      temperature: 62,
      power: 220.15,
    },
    {
      name: "NVIDIA GeForce RTX 3060",
      busy: 0,
      memoryUsed: 3 * MIB,
      memoryTotal: 12288 * MIB,
      temperature: 34,
      power: 12.8,
    },
  ]);
});

Deno.test("nvidia-smi: what a GPU cannot tell is not known, in every way of saying so", () => {
  const gpus = parseNvidia(NVIDIA_GAPS);
  assertEquals(gpus.map(({ busy }) => busy), [3, null, null]);
  assertEquals(gpus.map(({ memoryUsed }) => memoryUsed), [null, 155 * MIB, MIB]);
  assertEquals(gpus.map(({ power }) => power), [11.27, null, null]);
  assertEquals(gpus.map(({ temperature }) => temperature), [41, 47, null]);
});

Deno.test("nvidia-smi: words in place of lines are no GPU", () => {
  assertEquals(parseNvidia("No devices were found\n"), []);
  assertEquals(parseNvidia(""), []);
});

/** As rocm-smi 3 (ROCm 6) writes it, after a warning. */
const ROCM_6 = `WARNING: AMD GPU device(s) is/are in a low-power state. Check power control/runtime_status

{"card0": {"GPU use (%)": "19", "VRAM Total Memory (B)": "21458059264", "VRAM Total Used Memory (B)": "27856896", ` +
  `"Temperature (Sensor edge) (C)": "31.0", "Temperature (Sensor junction) (C)": "36.0", ` +
  `"Current Socket Graphics Package Power (W)": "7.222", "Card Series": "Radeon RX 7900 XT", "Card Model": "0x744c"}, ` +
  `"system": {"Driver version": "6.8.0"}}
`;
/** As ROCm 5 does. */
const ROCM_5 =
  `{"card0": {"Temperature (Sensor edge) (C)": "47.0", "Average Graphics Package Power (W)": "38.0", ` +
  `"GPU use (%)": "0", "VRAM Total Memory (B)": "17163091968", "VRAM Total Used Memory (B)": "17453056", ` +
  `"Card series": "Navi 21 [Radeon RX 6800]", "Card model": "0x0e3a"}, "card1": {"GPU use (%)": "N/A", ` +
  `"Device Name": "Phoenix3", "Card Series": "N/A"}}`;

Deno.test("rocm-smi: cards with the names of its versions, whatever stands around the JSON", () => {
  assertEquals(parseRocm(ROCM_6), [{
    name: "Radeon RX 7900 XT",
    busy: 19,
    memoryUsed: 27856896,
    memoryTotal: 21458059264,
    temperature: 36,
    power: 7.222,
  }]);
  assertEquals(parseRocm(ROCM_5), [
    {
      name: "Navi 21 [Radeon RX 6800]",
      busy: 0,
      memoryUsed: 17453056,
      memoryTotal: 17163091968,
      temperature: 47,
      power: 38,
    },
    { name: "Phoenix3", busy: null, memoryUsed: null, memoryTotal: null, temperature: null, power: null },
  ]);
  assertEquals(parseRocm("WARNING: No AMD GPUs specified\n"), []);
});

/** As ioreg of macOS 15 writes it on a machine with Apple's chip. */
const IOREG =
  `+-o AGXAcceleratorG13X  <class AGXAcceleratorG13X, id 0x1000004a8, registered, matched, active, retain 98>
    {
      "IOReportLegend" = ({"IOReportChannels"=((1,2,"In use system memory")),"IOReportGroupName"="Internal"})
      "model" = "Apple M1 Max"
      "PerformanceStatistics" = {"In use system memory (driver)"=0,"Alloc system memory"=52967440384,` +
  `"Tiler Utilization %"=10,"recoveryCount"=0,"Renderer Utilization %"=15,"Device Utilization %"=16,"In use system memory"=2363801600}
      "gpu-core-count" = 32
    }
`;

Deno.test("ioreg: the use of an Apple GPU and what it holds of the machine's memory", () => {
  assertEquals(parseIoreg(IOREG), [{
    name: "Apple M1 Max",
    busy: 16,
    memoryUsed: 2363801600,
    memoryTotal: null,
    temperature: null,
    power: null,
  }]);
  assertEquals(parseIoreg("+-o IOAccelerator  <class IOAccelerator>\n    {\n    }\n"), []);
});

function tools(answers: Record<string, string | MissingError>): { run: RunTool; asked: string[] } {
  const asked: string[] = [];
  const run: RunTool = (program) => {
    asked.push(program);
    const answer = answers[program] ?? new MissingError("tool", program);
    return answer instanceof MissingError ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { run, asked };
}

Deno.test("only the programs that tell of a GPU are asked again, and all when none does any more", async () => {
  const answers: Record<string, string> = { "nvidia-smi": NVIDIA };
  const { run, asked } = tools(answers);
  const reader = new GpuReader("linux", run);
  assertEquals((await reader.read()).length, 2);
  await reader.read();
  assertEquals(asked, ["nvidia-smi", "rocm-smi", "nvidia-smi"]);
  answers["nvidia-smi"] = "No devices were found";
  await assertRejects(() => reader.read(), MissingError);
  answers["rocm-smi"] = ROCM_6;
  assertEquals((await reader.read()).map(({ name }) => name), ["Radeon RX 7900 XT"]);
});

Deno.test("where no GPU is found it is said why: no program, no permission, or what the program says", async () => {
  const why = async (answers: Record<string, string | MissingError>, os: "linux" | "darwin" = "linux") => {
    const error = await assertRejects(() => new GpuReader(os, tools(answers).run).read(), MissingError);
    return [error.why, error.needs, error.detail];
  };
  assertEquals(await why({}), ["tool", "nvidia-smi, rocm-smi", undefined]);
  assertEquals(await why({}, "darwin"), ["tool", "ioreg", undefined]);
  assertEquals(await why({ "nvidia-smi": new MissingError("permission", "x") }), [
    "permission",
    "--allow-run=nvidia-smi,rocm-smi",
    undefined,
  ]);
  const words = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.";
  assertEquals(await why({ "nvidia-smi": new MissingError("failed", "nvidia-smi", words) }), [
    "failed",
    "nvidia-smi",
    words,
  ]);
});
