import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  hasBrowser,
  hasDisplay,
  namedBrowsers,
  openerFor,
  openUnseen,
  systemBrowser,
} from '../../../headless/browser.ts'

it('opens web addresses only', async () => {
  for (const address of ['file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'vbscript:x']) {
    await expect(systemBrowser().open(address)).rejects.toThrow('Only web addresses')
  }
})

it('passes the address as one argument to a program, on every system', () => {
  const address = 'https://a.example/?x=1&y=$(touch z)"\''
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    const [program, ...parameters] = openerFor(address, platform)
    expect(parameters.filter((parameter) => parameter === address)).toHaveLength(1)
    expect(program).not.toMatch(/^(cmd|sh|bash|powershell)/)
  }
})

it('knows a machine without a display', () => {
  expect(hasDisplay({}, 'linux')).toBe(false)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(hasDisplay({}, 'darwin')).toBe(true)
  expect(hasDisplay({ SSH_CONNECTION: '::1 1 ::1 22' }, 'darwin')).toBe(false)
})

it('reads $BROWSER as programs with arguments, in their order, and the address where %s stands or at the end', () => {
  const address = 'https://a.example/?x=1&y=$(touch z)'
  const named = (BROWSER: string) => namedBrowsers(address, { BROWSER }, 'linux')
  expect(named('firefox')).toEqual([['firefox', address]])
  expect(named('/opt/my-browser --new "a b" %s:w3m')).toEqual([
    ['/opt/my-browser', '--new', 'a b', address],
    ['w3m', address],
  ])
  expect(named('open --url=%s --at=50%%')).toEqual([['open', `--url=${address}`, '--at=50%']])
  expect(named('::')).toEqual([])
  expect(namedBrowsers(address, { BROWSER: 'firefox' }, 'win32')).toEqual([])
  expect(hasBrowser({ BROWSER: 'firefox' }, 'linux')).toBe(true)
  expect(hasBrowser({}, 'linux')).toBe(false)
})

describe.skipIf(process.platform !== 'linux')('the browsers that $BROWSER names', () => {
  const before = { BROWSER: process.env.BROWSER, DISPLAY: process.env.DISPLAY }
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'grantdesk-browser-'))
    delete process.env.DISPLAY
  })
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    rmSync(folder, { recursive: true })
  })
  const program = (name: string, code: number) => {
    const path = join(folder, name)
    writeFileSync(path, `#!/bin/sh\nprintf %s "$*" > ${path}.arguments\nexit ${code}\n`, { mode: 0o755 })
    return path
  }

  it('are tried in their order, also without a display', async () => {
    process.env.BROWSER = [join(folder, 'not-there'), program('broken', 3), `${program('works', 0)} --new`].join(':')
    await systemBrowser().open('https://a.example/docs')
    expect(readFileSync(join(folder, 'works.arguments'), 'utf8')).toBe('--new https://a.example/docs')
  })

  it('are named where none of them could be started', async () => {
    process.env.BROWSER = program('broken', 3)
    await expect(systemBrowser().open('https://a.example/docs')).rejects.toThrow('$BROWSER')
  })
})

describe.skipIf(process.platform !== 'linux')('the address that lets in anybody who has it', () => {
  const before = { PATH: process.env.PATH, DISPLAY: process.env.DISPLAY }
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'grantdesk-browser-'))
    writeFileSync(
      join(folder, 'xdg-open'),
      '#!/bin/sh\ncd "$(dirname "$0")"\nprintf %s "$*" > arguments\nexit "$(cat code)"\n',
      {
        mode: 0o755,
      },
    )
    writeFileSync(join(folder, 'code'), '0')
    Object.assign(process.env, { PATH: `${folder}:${before.PATH}`, DISPLAY: ':0' })
  })
  afterEach(() => {
    process.env.PATH = before.PATH
    if (before.DISPLAY === undefined) delete process.env.DISPLAY
    else process.env.DISPLAY = before.DISPLAY
    rmSync(folder, { recursive: true })
  })
  const argument = () => readFileSync(join(folder, 'arguments'), 'utf8')
  const pages = () => readdirSync(folder).filter((name) => name.endsWith('.html'))
  const address = 'http://127.0.0.1:4711/?token=s3cr3t&copy="<'

  it('reaches the browser by way of a page of ours, and stands in no program’s arguments', async () => {
    await openUnseen(folder, new URL(address).href)
    expect(argument()).toMatch(/^file:\/\/.*\/open-[\w-]+\.html$/)
    const page = new URL(argument())
    expect(statSync(page).mode & 0o777).toBe(0o600)
    const target = /content="0;url=([^"]*)"/.exec(readFileSync(page, 'utf8'))?.[1]
    expect(target?.replaceAll('&amp;', '&')).toBe(new URL(address).href)
  })

  it('leaves no page behind when the browser cannot be opened', async () => {
    writeFileSync(join(folder, 'code'), '3')
    await expect(openUnseen(folder, address)).rejects.toThrow('could not be opened')
    expect(pages()).toEqual([])
  })

  it('leaves no page behind once it is removed', async () => {
    const page = await openUnseen(folder, new URL(address).href)
    expect(pages()).toHaveLength(1)
    page.remove()
    expect(pages()).toEqual([])
  })

  it('differs from other links, which the opener is given as they are', async () => {
    await systemBrowser().open('https://a.example/docs?x=1')
    expect(argument()).toBe('https://a.example/docs?x=1')
    expect(pages()).toEqual([])
  })
})
