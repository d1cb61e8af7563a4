import { assertEquals, assertThrows } from "@std/assert";
import { FreshetError, type ServerSetting } from "../../shared/mod.ts";
import { checkedChanges, checkedSettings } from "./checked_settings.ts";

const FIELDS: ServerSetting[] = [
  { name: "context_length", text: "contextLength", type: "number", min: 1, max: 4_096, step: 1 },
  { name: "temperature", text: "temperature", type: "number", min: 0, max: 5, step: 0.01 },
  { name: "flash_attention", text: "flashAttention", type: "toggle" },
  { name: "loader", text: "loader", type: "choice", options: ["llama.cpp"] },
  { name: "backend", text: "backend", type: "text", maxLength: 5 },
];

Deno.test("settings of their kind and within their bounds are taken", () => {
  const settings = {
    context_length: 4_096,
    temperature: 0.5,
    flash_attention: false,
    loader: "llama.cpp",
    backend: "vllm",
  };
  assertEquals(checkedSettings(settings, FIELDS), settings);
  assertEquals(checkedChanges({ backend: null, context_length: 1 }, FIELDS), {
    backend: null,
    context_length: 1,
  });
});

Deno.test("others are refused with the setting that is wrong", () => {
  const wrong: [string, number | string | boolean][] = [
    ["context_length", 0],
    ["context_length", 1.5],
    ["context_length", "many"],
    ["context_length", NaN],
    ["flash_attention", "true"],
    ["loader", "magic"],
    ["backend", "too long"],
    ["__proto__x", 1],
  ];
  for (const [name, value] of wrong) {
    const error = assertThrows(
      () => checkedSettings({ [name]: value }, FIELDS),
      FreshetError,
      `Cannot take ${name}`,
    );
    assertEquals([error.code, error.field], ["invalid_request", `settings.${name}`]);
  }
  assertThrows(() => checkedChanges({ other: null }, FIELDS), FreshetError, "no such setting");
});
