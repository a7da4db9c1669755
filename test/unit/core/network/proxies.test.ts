// Which proxy a request goes through, by settings, environment and system.
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type ProxySettings, proxySettingsSchema } from '../../../../contract/settings.ts'
import { createProxies } from '../../../../core/network/proxies.ts'
import { ProxyError } from '../../../../core/network/proxy-problem.ts'
import { Secret } from '../../../../core/secret.ts'

interface Given {
  environment?: Record<string, string>
  system?: string
  settings?: ProxySettings
  password?: string
}

const asked: string[] = []

function proxiesOf({ environment = {}, system, settings = { mode: 'automatic' }, password }: Given) {
  return createProxies({
    environment,
    systemProxy:
      system === undefined
        ? null
        : async (url) => {
            asked.push(url)
            return system
          },
    settings: () => settings,
    password: async () => (password === undefined ? null : new Secret(password)),
  })
}

async function chosen(given: Given, url = 'https://api.example.com/token'): Promise<(string | null)[]> {
  const proxies = await proxiesOf(given)(new URL(url))
  return proxies.map((proxy) => proxy?.facts.address ?? null)
}

const own = (more: Partial<Extract<ProxySettings, { mode: 'own' }>> = {}): ProxySettings => ({
  ...{ mode: 'own', address: 'http://own.test:8080', user: '', notFor: '' },
  ...more,
})

describe('the environment', () => {
  it.each<[Record<string, string>, string, string | null]>([
    [{}, 'https://a.test/', null],
    [{ HTTPS_PROXY: 'http://p.test:3128' }, 'https://a.test/', 'http://p.test:3128'],
    [{ https_proxy: 'http://p.test:3128' }, 'https://a.test/', 'http://p.test:3128'],
    [{ https_proxy: 'http://low.test', HTTPS_PROXY: 'http://up.test' }, 'https://a.test/', 'http://low.test:80'],
    [{ https_proxy: '', HTTPS_PROXY: 'http://up.test' }, 'https://a.test/', 'http://up.test:80'],
    [{ HTTPS_PROXY: 'p.test:3128' }, 'https://a.test/', 'http://p.test:3128'],
    [{ HTTPS_PROXY: 'https://p.test' }, 'https://a.test/', 'https://p.test:443'],
    [{ HTTPS_PROXY: 'http://[2001:db8::1]:3128' }, 'https://a.test/', 'http://[2001:db8::1]:3128'],
    [{ ALL_PROXY: 'socks5h://p.test' }, 'https://a.test/', 'socks5://p.test:1080'],
    [{ ALL_PROXY: 'socks4://p.test:9' }, 'https://a.test/', 'socks4://p.test:9'],
    [{ ALL_PROXY: 'http://all.test', HTTPS_PROXY: 'http://s.test' }, 'https://a.test/', 'http://s.test:80'],
    [{ HTTP_PROXY: 'http://p.test' }, 'https://a.test/', 'http://p.test:80'],
    [{ HTTPS_PROXY: 'http://p.test', NO_PROXY: 'a.test' }, 'https://a.test/', null],
    [{ HTTPS_PROXY: 'http://p.test', no_proxy: '.b.test', NO_PROXY: 'a.test' }, 'https://a.test/', 'http://p.test:80'],
    [{ HTTPS_PROXY: 'http://p.test', NO_PROXY: 'a.test:8443' }, 'https://a.test:8443/', null],
  ])('%o sends %s through %s', async (environment, url, address) => {
    expect(await chosen({ environment }, url)).toEqual([address])
  })

  it.each(['http://127.0.0.1:9', 'https://127.8.9.1/', 'https://localhost/', 'https://a.localhost/', 'https://[::1]/'])(
    'never sends %s, which is this machine, through one',
    async (url) => {
      const environment = { HTTPS_PROXY: 'http://p.test', HTTP_PROXY: 'http://p.test', ALL_PROXY: 'http://p.test' }
      expect(await chosen({ environment, system: 'PROXY p.test:80' }, url)).toEqual([null])
      expect(await chosen({ settings: own() }, url)).toEqual([null])
    },
  )

  it('holds credentials as secrets, decoded, and shows only that there are some', async () => {
    const given = { environment: { HTTPS_PROXY: 'http://ada%40corp:p%3Aw%25d@p.test:3128' } }
    const [proxy] = await proxiesOf(given)(new URL('https://a.test/'))
    expect(proxy?.credentials?.user).toBe('ada@corp')
    expect(proxy?.credentials?.password.reveal()).toBe('p:w%d')
    expect(proxy?.facts).toEqual({
      address: 'http://p.test:3128',
      from: 'environment',
      variable: 'HTTPS_PROXY',
      signsIn: true,
    })
    expect(inspect(proxy, { depth: 9 }) + JSON.stringify(proxy)).not.toContain('p:w')
  })

  it.each(['http://', 'ftp://p.test', 'http://ada:hunter2-pw@:80', 'http://p.test:99999'])(
    'is told of, not passed over, where it says %s',
    async (text) => {
      const refused = await proxiesOf({ environment: { HTTPS_PROXY: text } })(new URL('https://a.test/')).catch(
        (error: unknown) => error,
      )
      expect(refused).toBeInstanceOf(ProxyError)
      expect(refused).toMatchObject({ trouble: { reason: 'unusable' }, proxy: { variable: 'HTTPS_PROXY' } })
      expect(inspect(refused, { depth: 9 })).not.toContain('hunter2')
    },
  )
})

describe('the system', () => {
  it.each([
    ['DIRECT', [null]],
    ['', [null]],
    ['PROXY p.test:8080', ['http://p.test:8080']],
    ['HTTPS p.test:443', ['https://p.test:443']],
    ['PROXY a.test:1; SOCKS5 b.test:2 ; DIRECT', ['http://a.test:1', 'socks5://b.test:2', null]],
    ['SOCKS b.test:2', ['socks4://b.test:2']],
    ['QUIC q.test:443; PROXY p.test:8080', ['http://p.test:8080']],
  ])('by “%s”', async (system, addresses) => {
    expect(await chosen({ system })).toEqual(addresses)
  })

  it('is asked by the origin alone', async () => {
    asked.length = 0
    await chosen({ system: 'DIRECT' }, 'https://api.example.com/token?code=secret')
    expect(asked).toEqual(['https://api.example.com/'])
  })

  it('comes after the environment, whose NO_PROXY holds for it, too', async () => {
    const system = 'PROXY sys.test:80'
    expect(await chosen({ system, environment: { HTTPS_PROXY: 'http://env.test' } })).toEqual(['http://env.test:80'])
    expect(await chosen({ system, environment: { NO_PROXY: 'example.com' } })).toEqual([null])
  })
})

describe('the person’s setting', () => {
  const environment = { HTTPS_PROXY: 'http://env.test', NO_PROXY: '*' }

  it('comes before environment and system', async () => {
    expect(await chosen({ environment, system: 'PROXY sys.test:80', settings: own() })).toEqual([
      'http://own.test:8080',
    ])
    const without = { HTTPS_PROXY: 'http://env.test' }
    expect(await chosen({ environment: without, system: 'PROXY s.test:80', settings: { mode: 'off' } })).toEqual([null])
  })

  it('has hosts of its own that it is not for', async () => {
    expect(await chosen({ settings: own({ notFor: '.example.com' }) })).toEqual([null])
  })

  it('signs in with its user name and the password that is stored apart', async () => {
    const [proxy] = await proxiesOf({ settings: own({ user: 'ada' }), password: 'pw' })(new URL('https://a.test/'))
    expect(proxy?.credentials?.user).toBe('ada')
    expect(proxy?.credentials?.password.reveal()).toBe('pw')
    expect(proxy?.facts.signsIn).toBe(true)
  })

  it.each(['http://ada:pw@own.test:1', 'own.test:1/path', 'ftp://own.test', '', 'two words'])(
    'is refused where it is typed as “%s”',
    (address) => {
      expect(proxySettingsSchema.safeParse({ mode: 'own', address }).success).toBe(false)
    },
  )
})
