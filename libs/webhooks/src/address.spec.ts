import { describe, expect, test } from '@jest/globals';
import { type Address, AddressGuard, type AddressPolicy, AddressRefused } from './address.js';

const strict: AddressPolicy = { demo: false, allowCidrs: [], allowPorts: [] };
const addressesOf = (...addresses: string[]): Address[] => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
const guardWith = (policy: Partial<AddressPolicy>, ...addresses: string[]) =>
  new AddressGuard({ ...strict, ...policy }, () => Promise.resolve(addressesOf(...addresses)));

const bad4 = [
  '0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.8.8.8', '169.254.0.1',
  '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.88.99.1', '192.168.1.1', '198.18.0.1',
  '198.19.255.255', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255',
];
const bad6 = [
  '::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:0:10.0.0.1', '64:ff9b::7f00:1', '64:ff9b::808:808',
  '64:ff9b:1::a00:1', '100::1', '2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:2::1', '2001:10::1', '2001:db8::1',
  '2002:7f00:1::', '2002:808:808::1', '2620:4f:8000::1', '3fff::1', '5f00::1', 'fc00::1', 'fd00:ec2::254', 'fe80::1', 'fe80::1%eth0',
  'fec0::1', 'ff02::1', '4000::1',
];
const good = ['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.128.0.1', '198.20.0.1', '2606:4700:4700::1111', '2a00:1450:4009::1'];

describe.each([...bad4, ...bad6])('%s', (address) => {
  test('is refused as the answer of a name server', async () => {
    await expect(guardWith({}, address).route('https://hooks.example.org/')).rejects.toThrow(AddressRefused);
  });

  test('is refused beside a good address', async () => {
    await expect(guardWith({}, '8.8.8.8', address).route('https://hooks.example.org/')).rejects.toThrow(AddressRefused);
    await expect(guardWith({}, address, '2606:4700:4700::1111').route('https://hooks.example.org/')).rejects.toThrow(AddressRefused);
  });

  test('is refused as a literal, when it is registered already', () => {
    const url = address.includes(':') ? `https://[${address}]/` : `https://${address}/`;
    expect(guardWith({}).refusal(url)).not.toBeNull();
  });
});

test.each(good)('%s may be called, by name and as a literal', async (address) => {
  const literal = address.includes(':') ? `[${address}]` : address;
  expect(guardWith({}).refusal(`https://${literal}/`)).toBeNull();
  const route = await guardWith({}, address).route('https://hooks.example.org:8443/a/b?c=d');
  expect(route).toEqual({ origin: 'https://hooks.example.org:8443', path: '/a/b?c=d', addresses: addressesOf(address) });
});

test.each([
  'https://0x7f000001/', 'https://2130706433/', 'https://127.1/', 'https://0177.0.0.1/', 'https://0x7f.0.0.1/', 'https://①②⑦.⓪.⓪.①/',
  'https://127.0.0.1./', 'https://localhost/', 'https://localhost./', 'https://LOCALHOST/', 'https://hooks.example.org./', 'https://[::ffff:7f00:1]/',
  'http://hooks.example.org/', 'ftp://hooks.example.org/', 'file:///etc/passwd', 'gopher://hooks.example.org/', 'hooks.example.org', '', 'https://',
  'https://user@hooks.example.org/', 'https://user:password@hooks.example.org/', 'https://:x@hooks.example.org/', 'https://a.example@127.0.0.1/',
  'https://hooks.example.org:22/', 'https://hooks.example.org:80/', 'https://hooks.example.org:6379/', 'https://hooks.example.org/#here',
  'https://hooks.example.org:70000/',
])('%p may not be registered', (url) => {
  expect(guardWith({}).refusal(url)).not.toBeNull();
});

describe('in demo mode', () => {
  test.each(['http://127.0.0.1:4000/hook', 'http://localhost:4000/', 'http://[::1]:4000/', 'https://127.0.0.1:4443/', 'http://127.1:99/'])(
    'this machine may be called: %p',
    (url) => {
      expect(guardWith({ demo: true }).refusal(url)).toBeNull();
    },
  );

  test.each(['http://10.0.0.1/', 'http://hooks.example.org/', 'https://10.0.0.1/', 'http://169.254.169.254/', 'http://0.0.0.0:80/', 'http://localhost.:80/'])(
    'nothing else private may be: %p',
    (url) => {
      expect(guardWith({ demo: true }).refusal(url)).not.toBeNull();
    },
  );

  test('a public name that leads to this machine is refused all the same', async () => {
    await expect(guardWith({ demo: true }, '127.0.0.1').route('https://hooks.example.org/')).rejects.toThrow(AddressRefused);
  });

  test('localhost that leads elsewhere is refused', async () => {
    await expect(guardWith({ demo: true }, '127.0.0.1', '10.0.0.1').route('http://localhost:4000/')).rejects.toThrow(AddressRefused);
  });
});

describe('a deployment may open', () => {
  test('a network', async () => {
    const guard = guardWith({ allowCidrs: ['10.20.0.0/16', 'fd00:1::/32'] }, '10.20.1.1', 'fd00:1::5');
    expect((await guard.route('https://intranet.example/')).addresses).toHaveLength(2);
    await expect(guardWith({ allowCidrs: ['10.20.0.0/16'] }, '10.21.0.1').route('https://intranet.example/')).rejects.toThrow(AddressRefused);
  });

  test('never the metadata of its cloud', async () => {
    for (const address of ['169.254.169.254', 'fd00:ec2::254']) {
      const guard = guardWith({ allowCidrs: ['0.0.0.0/0', '::/0'] }, address);
      await expect(guard.route('https://hooks.example.org/')).rejects.toThrow(AddressRefused);
    }
  });

  test('a port', () => {
    expect(guardWith({ allowPorts: [9443] }).refusal('https://hooks.example.org:9443/')).toBeNull();
  });
});

test('a name that has no address is refused', async () => {
  await expect(guardWith({}).route('https://hooks.example.org/')).rejects.toThrow('has no address');
});
