import { lookup } from 'node:dns/promises';
import { BlockList, isIP, isIPv4 } from 'node:net';

/** What a deployment allows besides public https on 443 and 8443. */
export interface AddressPolicy {
  /** In demo mode a literal loopback host or `localhost` may be called, over http too, on any port. */
  readonly demo: boolean;
  /** CIDRs of private networks whose servers may be called, such as a government network. */
  readonly allowCidrs: readonly string[];
  readonly allowPorts: readonly number[];
}

/** One address a name stands for. */
export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Finds every address of a name; refuses as `dns.lookup` does. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

/** Where a delivery may go: only these addresses, all of them checked. `path` has the query. */
export interface CheckedRoute {
  readonly origin: string;
  readonly path: string;
  readonly addresses: readonly [Address, ...Address[]];
}

/** The address may not be called. The message says why, for the endpoint's owner. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

// IANA's special-purpose registries (RFC 6890 and its updates), with multicast and the reserved rest.
const blockedV4 = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24',
  '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
];
// Within 2000::/3. Everything outside it is refused whole: ::, ::1, IPv4-mapped and -compatible, NAT64 (64:ff9b::/96,
// 64:ff9b:1::/48), discard, ULA (fc00::/7), link-local, site-local, multicast, SRv6.
const globalV6 = '2000::/3';
const blockedV6 = [
  '2001::/23', // protocol assignments: Teredo, benchmark, ORCHID
  '2001:db8::/32', '2002::/16', // documentation; 6to4 carries an IPv4 address
  '2620:4f:8000::/48', '3fff::/20',
];
// The instance metadata of clouds, which no CIDR opens.
const metadata = ['169.254.169.254/32', '169.254.170.2/32', '100.100.100.200/32', 'fd00:ec2::254/128'];

function listOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', prefix = ''] = cidr.split('/');
    list.addSubnet(network, Number(prefix), isIPv4(network) ? 'ipv4' : 'ipv6');
  }
  return list;
}

const blocked = { ipv4: listOf(blockedV4), ipv6: listOf(blockedV6) };
const global = listOf([globalV6]);
const unreachable = listOf(metadata);
const loopback = listOf(['127.0.0.0/8', '::1/128']);

const kindOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');
const isMapped = (address: string): boolean => /^\[::ffff:[0-9a-f]+:[0-9a-f]+\]$/.test(new URL(`http://[${address}]`).hostname);

/** Decides where a webhook may go, so that no endpoint turns this server against the network it stands in (SSRF). */
export class AddressGuard {
  private readonly allowed: BlockList;

  constructor(
    private readonly policy: AddressPolicy,
    private readonly resolve: Resolve = resolveAll,
  ) {
    this.allowed = listOf(policy.allowCidrs);
  }

  /** Why this URL may not be registered, as far as it can be told without asking a name server; `null` where it may. */
  refusal(text: string): string | null {
    if (!URL.canParse(text)) return 'The address is a URL, such as https://example.org/hooks.';
    const url = new URL(text);
    const local = this.policy.demo && isLoopbackHost(url);
    if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) {
      return this.policy.demo
        ? 'The address begins with https://, or with http:// and this machine (127.0.0.1, [::1], localhost).'
        : 'The address begins with https://.';
    }
    if (url.username !== '' || url.password !== '') return 'The address carries no user name and no password.';
    if (url.hash !== '') return 'The address carries no fragment (#); it would never be sent.';
    if (url.hostname.endsWith('.')) return 'The host of the address does not end with a full stop.';
    const port = url.port === '' ? 443 : Number(url.port);
    if (!local && ![443, 8443, ...this.policy.allowPorts].includes(port)) {
      return `The address uses port 443 or 8443, or one that WEBHOOK_ALLOW_PORTS names; ${port} is none of them.`;
    }
    const literal = literalOf(url);
    if (literal !== null && !local && !this.mayCall(literal)) return 'The address leads to the public internet, not into a private or reserved network.';
    if (literal === null && !local && url.hostname === 'localhost') return 'The address leads to the public internet, not to this machine.';
    return null;
  }

  /**
   * Resolves the URL's host once and answers the checked addresses; a connection goes to one of these and to no other.
   * @throws AddressRefused when any address may not be called, and the resolver's own error when the name is unknown.
   */
  async route(text: string): Promise<CheckedRoute> {
    const refusal = this.refusal(text);
    if (refusal !== null) throw new AddressRefused(refusal);
    const url = new URL(text);
    const local = this.policy.demo && isLoopbackHost(url);
    const literal = literalOf(url);
    const addresses = literal === null ? await this.resolve(url.hostname) : [{ address: literal, family: isIPv4(literal) ? 4 : 6 } as const];
    const [first, ...more] = addresses;
    if (first === undefined) throw new AddressRefused(`The name ${url.hostname} has no address.`);
    const refused = addresses.find(({ address }) => !(local ? isLoopback(address) : this.mayCall(address)));
    if (refused !== undefined) {
      throw new AddressRefused(`The name ${url.hostname} leads into a private or reserved network; every address of it must be public.`);
    }
    return { origin: url.origin, path: url.pathname + url.search, addresses: [first, ...more] };
  }

  private mayCall(address: string): boolean {
    if (isIP(address) === 0 || address.includes('%')) return false;
    const kind = kindOf(address);
    if (kind === 'ipv6' && isMapped(address)) return false;
    if (unreachable.check(address, kind)) return false;
    if (this.allowed.check(address, kind)) return true;
    return kind === 'ipv4' ? !blocked.ipv4.check(address, kind) : global.check(address, kind) && !blocked.ipv6.check(address, kind);
  }
}

// WHATWG URL has already turned decimal, octal, hex and short forms of an IPv4 host into the dotted one.
function literalOf(url: URL): string | null {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? null : host;
}

function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && !(kindOf(address) === 'ipv6' && isMapped(address)) && loopback.check(address, kindOf(address));
}

function isLoopbackHost(url: URL): boolean {
  const literal = literalOf(url);
  return literal === null ? url.hostname === 'localhost' : isLoopback(literal);
}

async function resolveAll(hostname: string): Promise<readonly Address[]> {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 4 ? 4 : 6 }));
}
