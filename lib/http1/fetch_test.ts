import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHttp1, type Fetch, type Http1, ProtocolError } from "./mod.ts";
import { latin1, RawServer } from "./testing.ts";

async function withClient(run: (client: Http1) => Promise<void>): Promise<void> {
  const client = createHttp1();
  try {
    await run(client);
  } finally {
    client.close();
  }
}

/** Runs `run` with a server that says what it was asked. */
async function withEcho(run: (url: string) => Promise<void>): Promise<void> {
  const answer = async (request: Request) => {
    const { pathname, search } = new URL(request.url);
    const [, status = "200", path] = /^\/status\/(\d+)(?:\/(.*))?$/.exec(pathname) ?? [];
    const headers = new Headers({ "x-echo": "1" });
    if (path !== undefined) headers.set("location", `/${path}`);
    const body = JSON.stringify({
      method: request.method,
      path: pathname + search,
      headers: [...request.headers].filter(([name]) =>
        !/^(accept-language|accept-encoding|host)$/.test(name)
      ),
      body: await request.text(),
    });
    const hasBody = !["204", "205", "304"].includes(status);
    return new Response(hasBody ? body : null, { status: Number(status), headers });
  };
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  await run(`http://127.0.0.1:${server.addr.port}`);
}

/** What a caller sees of a response. */
async function seen(call: Promise<Response>): Promise<unknown> {
  try {
    const response = await call;
    const { status, statusText, url, redirected, ok, body } = response;
    const headers = [...response.headers].filter(([name]) => name !== "date" && name !== "vary");
    return {
      status,
      statusText,
      url,
      redirected,
      ok,
      hasBody: body !== null,
      headers,
      text: await response.text(),
    };
  } catch (error) {
    return error instanceof TypeError ? "TypeError" : error;
  }
}

const stream = () =>
  ReadableStream.from([new TextEncoder().encode("ä"), new Uint8Array(), new Uint8Array([98])]);
const form = () => {
  const data = new FormData();
  data.set("a", new Blob(["b"], { type: "text/x" }), "c.txt");
  return data;
};

const CALLS: Record<string, (url: string) => [RequestInfo | URL, RequestInit?]> = {
  "a GET": (url) => [`${url}/a/../b c?d=é#f`],
  "a URL": (url) => [new URL(`${url}/a`)],
  "method in small letters": (url) => [`${url}/a`, { method: "put", body: "x" }],
  "a method of its own": (url) => [`${url}/a`, { method: "query" }],
  "HEAD": (url) => [`${url}/a`, { method: "HEAD" }],
  "a string": (url) => [`${url}/a`, { method: "POST", body: "häß😀\ud800" }],
  "a type for a string": (
    url,
  ) => [`${url}/a`, { method: "POST", body: "{}", headers: { "content-type": "a/b" } }],
  "bytes": (url) => [`${url}/a`, { method: "POST", body: new Uint8Array([97, 98, 99]).subarray(1) }],
  "a buffer": (url) => [`${url}/a`, { method: "POST", body: new Uint8Array([97, 98]).buffer }],
  "a view": (url) => [`${url}/a`, { method: "POST", body: new DataView(new Uint8Array([97, 98]).buffer, 1) }],
  "a blob": (url) => [`${url}/a`, { method: "POST", body: new Blob(["x"], { type: "a/b" }) }],
  "parameters": (url) => [`${url}/a`, { method: "POST", body: new URLSearchParams({ a: "ä b" }) }],
  "a stream": (url) => [`${url}/a`, { method: "POST", body: stream() }],
  "no body in a POST": (url) => [`${url}/a`, { method: "POST" }],
  "no body in a DELETE": (url) => [`${url}/a`, { method: "DELETE" }],
  "an empty body": (url) => [`${url}/a`, { method: "POST", body: "" }],
  "a large body": (url) => [`${url}/a`, { method: "POST", body: "x".repeat(300_000) }],
  "headers": (url) => [`${url}/a`, { headers: [["X-A", "1"], ["x-a", " 2\t"], ["x-b", "\xe9"]] }],
  "a Request": (url) => [new Request(`${url}/a`, { method: "POST", body: "x", headers: { "x-a": "b" } })],
  "a Request with init": (url) => [
    new Request(`${url}/a`, { method: "POST", body: "x", headers: { "x-a": "b" } }),
    { method: "PUT", body: "y", headers: { "x-c": "d" } },
  ],
  "a redirect of a GET": (url) => [`${url}/status/302/b?c`],
  "redirects of redirects": (url) => [`${url}/status/301/status/307/status/303/b`],
  "a redirect that is not followed": (url) => [`${url}/status/302/b`, { redirect: "manual" }],
  "a redirect that is an error": (url) => [`${url}/status/302/b`, { redirect: "error" }],
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].flatMap((status) =>
      ["POST", "PUT", "HEAD"].map((method) => [`a redirect ${status} of ${method}`, (url: string) => [
        `${url}/status/${status}/b`,
        {
          method,
          ...(method === "HEAD" ? {} : { body: "x" }),
          headers: { "content-language": "de", "x-a": "b" },
        },
      ]])
    ),
  ),
  "a stream that would go out again": (url) => [`${url}/status/307/b`, { method: "POST", body: stream() }],
  "an answer without a body": (url) => [`${url}/status/204`],
  "another answer without a body": (url) => [`${url}/status/304`],
  "an error": (url) => [`${url}/status/500`],
  "a body in a GET": (url) => [`${url}/a`, { body: "x" }],
  "a header that breaks out": (url) => [`${url}/a`, { headers: { "x-a": "b\r\nx-c: d" } }],
  "a method that breaks out": (url) => [`${url}/a`, { method: "GET / HTTP/1.1\r\nx:" }],
  "a forbidden method": (url) => [`${url}/a`, { method: "CONNECT" }],
  "no URL": () => ["/a"],
};

Deno.test("calls and responses are as those of the built-in fetch", async () => {
  await withEcho((url) =>
    withClient(async (client) => {
      for (const [name, call] of Object.entries(CALLS)) {
        const expected = await seen(fetch(...call(url)));
        assertEquals(await seen(client.fetch(...call(url))), expected, name);
      }
    })
  );
});

Deno.test("a form goes out as the platform serializes it", async () => {
  await withEcho((url) =>
    withClient(async (client) => {
      const response = await client.fetch(`${url}/a`, { method: "POST", body: form() });
      const { headers, body } = await response.json() as { headers: [string, string][]; body: string };
      const type = Object.fromEntries(headers)["content-type"] ?? "";
      const sent = await new Response(body, { headers: { "content-type": type } }).formData();
      const file = sent.get("a");
      assert(file instanceof File);
      assertEquals([file.name, file.type, await file.text()], ["c.txt", "text/x", "b"]);
    })
  );
});

Deno.test("what frames a request is not the caller's to say", async () => {
  let head = "";
  await using server = new RawServer(async (connection) => {
    head = (await connection.request())?.head ?? "";
    await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  await withClient(async ({ fetch, request }) => {
    const names = "Host Connection Content-Length Transfer-Encoding TE Upgrade Expect Keep-Alive Trailer"
      .split(" ");
    const headers = Object.fromEntries(names.map((name) => [name, "7"]));
    await (await fetch(server.url, { method: "POST", body: "xy", headers: { ...headers, "x-a": "\xe9" } }))
      .text();
    assertEquals(head.toLowerCase().split("\r\n").sort(), [
      "accept-encoding: identity",
      "accept: */*",
      "content-length: 2",
      "content-type: text/plain;charset=utf-8",
      `host: ${new URL(server.url).host}`,
      "post / http/1.1",
      `user-agent: ${navigator.userAgent.toLowerCase()}`,
      "x-a: \xe9",
    ]);
    const url = new URL(server.url);
    for (
      const [name, value] of [["x", "a\r\nb: c"], ["x", "a\0"], ["x", "€"], ["a b", "c"], ["", "c"], [
        "a:",
        "c",
      ]]
    ) {
      await assertRejects(
        () => request(url, { headers: [[name ?? "", value ?? ""]] }),
        TypeError,
        "not valid",
      );
    }
    await assertRejects(() => request(url, { method: "GET /\r\n" }), TypeError, "method");
  });
  assertEquals(server.accepted, 1);
});

Deno.test("a redirect to another origin takes no credentials along", async () => {
  const secret = {
    authorization: "a",
    cookie: "b",
    "x-api-key": "c",
    "api-key": "d",
    "proxy-authorization": "e",
  };
  await withEcho(async (other) => {
    await using server = new RawServer(async (connection) => {
      for (let request = await connection.request(); request; request = await connection.request()) {
        const to = request.head.includes(" /same ") ? "/there" : `${other}/there`;
        const isThere = request.head.includes(" /there ");
        const body = request.head.includes("x-api-key: c") ? "kept" : "lost";
        await connection.send(
          isThere
            ? `HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n${body}`
            : `HTTP/1.1 307 X\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`,
        );
      }
    });
    await withClient(async ({ fetch }) => {
      const headers = { ...secret, "x-a": "b" };
      assertEquals(await (await fetch(`${server.url}same`, { headers })).text(), "kept");
      const response = await fetch(server.url, { headers, method: "POST", body: "x" });
      const asked = await response.json() as { headers: [string, string][]; body: string };
      assertEquals(asked.body, "x");
      const names = asked.headers.map(([name]) => name);
      assertEquals(names.filter((name) => name in secret), []);
      assert(names.includes("x-a"));
    });
  });
});

Deno.test("the body of a redirect that is not handed out does not keep its connection", async () => {
  let closed = 0;
  const all = Promise.withResolvers<void>();
  await using server = new RawServer(async (connection, index) => {
    const request = await connection.request();
    if (request?.head.includes(" /there ")) return await connection.send("HTTP/1.1 204 X\r\n\r\n");
    await connection.send("HTTP/1.1 302 X\r\nLocation: /there\r\nContent-Length: 9\r\n\r\n");
    assertEquals(await connection.closed(), "", `${index}`);
    if (++closed === 2) all.resolve();
  });
  await withClient(async ({ fetch }) => {
    await assertRejects(
      () => fetch(server.url, { redirect: "error" }),
      TypeError,
      "redirects with status 302",
    );
    assertEquals((await fetch(server.url)).status, 204);
    await all.promise;
  });
});

Deno.test("redirects end somewhere, and lead only to HTTP", async () => {
  let location = "/again";
  await using server = new RawServer(async (connection) => {
    while (await connection.request()) {
      await connection.send(`HTTP/1.1 302 X\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`);
    }
  });
  await withClient(async ({ fetch }) => {
    await assertRejects(() => fetch(server.url), TypeError, "there were 20");
    for (
      location of ["file:///etc/passwd", "data:,x", "http://", `http://a:b@${new URL(server.url).host}/`]
    ) {
      await assertRejects(() => fetch(server.url), TypeError, "Cannot follow redirect");
    }
  });
});

Deno.test("a redirect without an address is a response like others", async () => {
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send("HTTP/1.1 302 Found\r\nContent-Length: 2\r\n\r\nok");
  });
  await withClient(async ({ fetch }) => {
    const response = await fetch(server.url);
    assertEquals([response.status, response.redirected, await response.text()], [302, false, "ok"]);
  });
});

Deno.test("what is not plain HTTP goes to the fallback", async () => {
  const asked: [string, string, string | null][] = [];
  const fallback: Fetch = (input, init) => {
    asked.push([String(input), init?.method ?? "GET", new Headers(init?.headers).get("authorization")]);
    return Promise.resolve(new Response("theirs"));
  };
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send("HTTP/1.1 307 X\r\nLocation: https://other.test/x\r\nContent-Length: 0\r\n\r\n");
  });
  const client = createHttp1({ fallback });
  const init = { method: "POST", body: "x", headers: { authorization: "a" } };
  assertEquals(await (await client.fetch("https://one.test/", init)).text(), "theirs");
  assertEquals(await (await client.fetch(server.url, init)).text(), "theirs");
  await assertRejects(() => client.request(new URL("https://one.test/")), TypeError, "plain HTTP");
  client.close();
  assertEquals(asked, [["https://one.test/", "POST", "a"], ["https://other.test/x", "POST", null]]);
});

Deno.test("a URL with a password in it is refused", async () => {
  await withClient(async ({ fetch }) => {
    const error = await assertRejects(() => fetch("http://a:secret@127.0.0.1/"), TypeError, "password");
    assert(!error.message.includes("secret"));
  });
});

Deno.test("an IPv6 address is reached", async () => {
  let head = "";
  await using server = new RawServer(async (connection) => {
    head = (await connection.request())?.head ?? "";
    await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  }, "::1");
  await withClient(async ({ fetch }) => {
    assertEquals(await (await fetch(server.url)).text(), "ok");
    assert(head.includes(`host: [::1]:${new URL(server.url).port}\r\n`), head);
  });
});

Deno.test("a body that comes compressed is decoded, or refused", async () => {
  let answer: Uint8Array = new Uint8Array();
  let isCut = false;
  await using server = new RawServer(async (connection) => {
    while (await connection.request()) {
      if (isCut) return await connection.send(answer.subarray(0, -6));
      await connection.send(answer);
    }
  });
  const respond = (coding: string, body: Uint8Array) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`;
    answer = new Uint8Array([...latin1(head), ...body]);
  };
  await withClient(async ({ fetch }) => {
    for (
      const [coding, format] of [["gzip", "gzip"], ["X-GZIP", "gzip"], ["deflate", "deflate"], [
        "br",
        "brotli",
      ]]
    ) {
      const packed = new Blob(["hello"]).stream().pipeThrough(
        new CompressionStream(format as CompressionFormat),
      );
      const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
      respond(coding ?? "", bytes);
      const response = await fetch(server.url);
      assertEquals(response.headers.get("content-encoding"), null);
      assertEquals(await response.text(), "hello");
      isCut = true;
      const cut = await fetch(server.url);
      await assertRejects(() => cut.text(), TypeError, "unexpected EOF");
      isCut = false;
    }
    respond("identity", latin1("plain"));
    assertEquals(await (await fetch(server.url)).text(), "plain");
    for (const coding of ["zstd", "gzip, gzip", "constructor"]) {
      respond(coding, latin1("x"));
      await assertRejects(() => fetch(server.url), TypeError, "content coding");
    }
  });
});

Deno.test("a BYOB reader gets the bytes in its own buffer", async () => {
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    await connection.send("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n");
  });
  await withClient(async ({ fetch }) => {
    const response = await fetch(server.url);
    const reader = response.body?.getReader({ mode: "byob" });
    assert(reader);
    let buffer = new ArrayBuffer(4);
    let text = "";
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(buffer, 0, 4));
      assertEquals(value?.buffer.byteLength, 4);
      if (done) break;
      text += new TextDecoder().decode(value);
      buffer = value.buffer;
    }
    assertEquals(text, "hello world");
  });
});

Deno.test("a malformed or cut response is an error, wherever it is", async () => {
  const answers = [
    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
  ];
  await using server = new RawServer(async (connection, index) => {
    await connection.request();
    await connection.send(answers[index >> 1] ?? "HTTP/1.1 200 OK\n\n");
  });
  await withClient(async ({ fetch }) => {
    for (const _ of answers) {
      const whole = await fetch(server.url);
      await assertRejects(() => whole.text(), TypeError);
      const { body } = await fetch(server.url);
      const reader = body?.getReader({ mode: "byob" });
      await assertRejects(async () => {
        while (!(await reader?.read(new Uint8Array(100)))?.done);
      }, TypeError);
    }
    await assertRejects(() => fetch(server.url), ProtocolError, "LF without CR");
  });
});
