import { BlockList, isIP } from "../addresses.ts";
import { FreshetError } from "../../shared/mod.ts";

const FAMILIES = { 4: "ipv4", 6: "ipv6" } as const;
const BITS = { 4: 32, 6: 128 } as const;

/** The proxies whose word on where a request comes from is believed. */
export class TrustedProxies {
  readonly isEmpty: boolean;
  readonly #list = new BlockList();

  /**
   * `addresses` are single ones and networks: "127.0.0.1", "::1", "10.0.0.0/8". Throws `invalid_request` for what is neither, and
   * for a network of everybody.
   */
  constructor(addresses: readonly string[] = []) {
    this.isEmpty = addresses.length === 0;
    for (const text of addresses) this.#add(text);
  }

  /** Whether an address is that of such a proxy; false for names. */
  has(address: string): boolean {
    const family = familyOf(address);
    return family !== undefined && this.#list.check(address, FAMILIES[family]);
  }

  #add(text: string): void {
    const [address = "", length, ...rest] = text.split("/");
    const family = familyOf(address);
    const bits = length === undefined
      ? family && BITS[family]
      : /^\d{1,3}$/.test(length)
      ? Number(length)
      : 0;
    if (family === undefined || !bits || bits > BITS[family] || rest.length > 0) {
      throw new FreshetError(
        "invalid_request",
        `Cannot read FRESHET_TRUSTED_PROXIES: "${text}" is no address and no network`,
        { hint: "Such as 127.0.0.1 or 10.0.0.0/8, separated by commas" },
      );
    }
    this.#list.addSubnet(address, bits, FAMILIES[family]);
  }
}

function familyOf(address: string): 4 | 6 | undefined {
  const version = isIP(address);
  return version === 4 || version === 6 ? version : undefined;
}
