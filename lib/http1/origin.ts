/** Where a connection leads. */
export interface Origin {
  /** `host:port`, as the pool tells them apart. */
  key: string;
  /** Without the brackets of an IPv6 address. */
  hostname: string;
  port: number;
}

/** The origin of an http: URL. Throws a TypeError for another scheme, and where the URL carries a name or password. */
export function originOf(url: URL): Origin {
  if (url.protocol !== "http:") throw new TypeError(`Cannot request ${url.protocol} URL over plain HTTP`);
  if (url.username !== "" || url.password !== "") {
    throw new TypeError(`Cannot request URL with a user name or password in it`);
  }
  const hostname = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = url.port === "" ? 80 : Number(url.port);
  return { key: `${url.hostname}:${port}`, hostname, port };
}
