import { assert, assertEquals, assertRejects } from "@std/assert";
import { parseDf } from "./df.ts";
import { localHost } from "./local_host.ts";
import { MissingError } from "./missing_error.ts";
import { serverOf } from "./model_servers.ts";
import { parseNetstat } from "./netstat.ts";
import { parseProcNetDev } from "./proc_net_dev.ts";
import { parsePs } from "./ps.ts";
import { runTool } from "./run_tool.ts";

const KIB = 1024;

Deno.test("df of Linux: disks of people, each once; what is kept for the administrator is neither used nor free", () => {
  const disks = parseDf(`Filesystem     1024-blocks      Used Available Capacity Mounted on
udev               8123456         0   8123456       0% /dev
tmpfs              1634564      2056   1632508       1% /run
/dev/nvme0n1p2   490618784 210618784 255000000      46% /
/dev/nvme0n1p2   490618784 210618784 255000000      46% /var/lib/docker
/dev/loop3           65536     65536         0     100% /snap/core20/1974
/dev/nvme0n1p1      523244      6220    517024       2% /boot/efi
//nas/My Files   976762584 500000000 476762584      52% /mnt/my files
map auto_home            0         0         0        - /home
`);
  assertEquals(disks, [
    { mount: "/", device: "/dev/nvme0n1p2", total: 465618784 * KIB, used: 210618784 * KIB },
    { mount: "/mnt/my files", device: "//nas/My Files", total: 976762584 * KIB, used: 500000000 * KIB },
  ]);
});

Deno.test("df of macOS and of a container: the data volume, and the root whatever holds it", () => {
  const mac = parseDf(`Filesystem   1024-blocks      Used Available Capacity  Mounted on
/dev/disk3s1s1 971350180  10345704 380000000     3%    /
devfs                205       205         0   100%    /dev
/dev/disk3s6   971350180   2097172 380000000     1%    /System/Volumes/VM
/dev/disk3s5   971350180 560000000 380000000    60%    /System/Volumes/Data
`);
  assertEquals(mac.map(({ mount }) => mount), ["/", "/System/Volumes/Data"]);
  const container = parseDf(`Filesystem     1024-blocks     Used Available Capacity Mounted on
overlay          264212084 27229835 200000000      12% /
tmpfs                65536        0     65536       0% /dev
`);
  assertEquals(container.map(({ device }) => device), ["overlay"]);
});

Deno.test("/proc/net/dev: what leaves the machine, without the networks within it", () => {
  const counters = parseProcNetDev(
    `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 1000000   10000    0    0    0     0          0         0  1000000   10000    0    0    0     0       0          0
enp5s0:70982890038 53000000 0 12 0 0 0 8 1203450021 9000000 0 0 0 0 0 0
docker0: 5 1 0 0 0 0 0 0 7 1 0 0 0 0 0 0
 wlan0: 12 1 0 0 0 0 0 0 34 1 0 0 0 0 0 0
`,
  );
  assertEquals(counters, [
    { name: "enp5s0", received: 70982890038, sent: 1203450021 },
    { name: "wlan0", received: 12, sent: 34 },
  ]);
});

Deno.test("netstat of macOS: each interface once, also one without an address or switched off", () => {
  const counters = parseNetstat(
    `Name       Mtu   Network       Address            Ipkts Ierrs     Ibytes    Opkts Oerrs     Obytes  Coll
lo0        16384 <Link#1>                        139571     0   33483512   139571     0   33483512     0
lo0        16384 127           127.0.0.1         139571     -   33483512   139571     -   33483512     -
en5*       1500  <Link#5>    ac:de:48:00:11:22        7     0        420        9     0        540     0
en0        1500  <Link#11>   a4:83:e7:01:02:03  1234567     0 1498234567   654321     0  123456789     0
en0        1500  192.168.1     192.168.1.20     1234567     - 1498234567   654321     -  123456789     -
awdl0      1500  <Link#12>   3a:01:02:03:04:05        0     0          0       12     0       2480     0
utun0      1380  <Link#14>                            0     0          0        4     0        400     0
`,
  );
  assertEquals(counters, [
    { name: "en5", received: 420, sent: 540 },
    { name: "en0", received: 1498234567, sent: 123456789 },
  ]);
});

Deno.test({
  name: "without the permissions that its library needs, Windows is not asked",
  permissions: { sys: true, read: true, env: true },
  fn: async () => {
    const { disks, network, processes } = localHost("windows");
    for (const ask of [disks, network, processes]) {
      const { why, needs } = await assertRejects(ask, MissingError);
      assertEquals([why, needs], ["permission", "--allow-run"]);
    }
  },
});

Deno.test("ps: processes of model servers, the largest first and without their keys", () => {
  const processes = parsePs(`    1  0.5  18496    02:11:45 /sbin/init
  998  0.4  61440  3-04:10:02 /usr/local/bin/ollama serve
 4211  121 9437184       12:45 /usr/local/bin/ollama runner --model /blobs/sha256-6a07 --port 36411
 5012  3,5 1048576       01:02 /usr/bin/python3 -m vllm.entrypoints.openai.api_server --model a/b --api-key topsecret1
 6000  0.0   1024       00:01 grep ollama serve
`);
  assertEquals(processes.map(({ pid, server, cpu }) => [pid, server, cpu]), [
    [4211, "Ollama", 121],
    [5012, "vLLM", 3.5],
    [998, "Ollama", 0.4],
  ]);
  assertEquals(processes[0]?.memory, 9437184 * KIB);
  assertEquals(processes[0]?.elapsed, "12:45");
  assert(processes[1]?.command.endsWith("--model a/b --api-key •••"));
});

Deno.test("the processes of each model server are told from others", () => {
  const expected: [command: string, server: string | undefined][] = [
    ["ollama serve", "Ollama"],
    ["C:\\Users\\me\\AppData\\Local\\Programs\\Ollama\\ollama.exe serve", "Ollama"],
    ["/opt/llama.cpp/build/bin/llama-server -m model.gguf --port 8080", "llama.cpp"],
    ["python -m llama_cpp.server --model x.gguf", "llama.cpp"],
    ["/Applications/LM Studio.app/Contents/MacOS/LM Studio", "LM Studio"],
    ["/home/me/.lmstudio/bin/lms server start", "LM Studio"],
    ["/usr/bin/local-ai run --address :8080", "LocalAI"],
    ["/opt/venv/bin/python /opt/venv/bin/vllm serve Qwen/Qwen3-8B", "vLLM"],
    ["VLLM::EngineCore", "vLLM"],
    ["text-generation-launcher --model-id x", "Text Generation Inference"],
    ["/usr/bin/python3 /opt/text-generation-webui/server.py --api", "Text Generation WebUI"],
    ["python -m sglang.launch_server --model-path x", "SGLang"],
    ["vim ollama.md", undefined],
    ["tail -f /var/log/ollama serve", undefined],
    ["/usr/bin/deno run main.ts", undefined],
    ["/usr/bin/gnome-shell", undefined],
  ];
  assertEquals(expected.map(([command]) => [command, serverOf(command)]), expected);
});

Deno.test("a program that is missing or fails says so", async () => {
  const missing = await assertRejects(() => runTool("no-such-program-here", []), MissingError);
  assertEquals([missing.why, missing.needs], ["tool", "no-such-program-here"]);
  const failed = await assertRejects(() => runTool(Deno.execPath(), ["--no-such-flag"]), MissingError);
  assertEquals([failed.why, failed.detail?.includes("no-such-flag")], ["failed", true]);
});

Deno.test("this machine answers", async () => {
  const host = localHost();
  const [cpu, memory] = await Promise.all([host.cpu(), host.memory()]);
  assert(cpu.cores.length > 0 && cpu.cores.every(({ busy, total }) => busy <= total));
  assert(memory.used > 0 && memory.used < memory.total);
});
