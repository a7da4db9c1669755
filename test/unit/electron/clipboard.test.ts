import type { ClipboardItem } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '../../../core/secret.ts'
import { type SecretClipboardOptions, secretClipboard } from '../../../electron/clipboard.ts'

type Parts = Parameters<SecretClipboardOptions['item']>[0]

/** A system clipboard in memory; its items are the parts they were made of. */
class MemoryClipboard {
  text = ''
  formats: string[] = []
  refusesItems = false
  write = async (items: ClipboardItem[]) => {
    if (this.refusesItems) throw new Error('not supported')
    const [parts = {}] = items as unknown as Record<string, string>[]
    this.formats = Object.keys(parts)
    this.text = parts['text/plain'] ?? ''
  }
  writeText = async (text: string) => {
    this.text = text
  }
  readText = async () => this.text
  clear = () => {
    this.text = ''
  }
}

function made(platform: NodeJS.Platform = 'linux') {
  const system = new MemoryClipboard()
  const item = (parts: Parts) => parts as unknown as ClipboardItem
  return { system, ours: secretClipboard({ clipboard: system, item, platform }) }
}

const secret = new Secret('pln_a_token')

describe('a secret on the clipboard', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('leaves after its time', async () => {
    const { system, ours } = made()
    await ours.writeSecret(secret, 60)
    expect(system.text).toBe('pln_a_token')
    await vi.advanceTimersByTimeAsync(59_000)
    expect(system.text).toBe('pln_a_token')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(system.text).toBe('')
  })

  it('is not mistaken for what somebody else has copied since', async () => {
    const { system, ours } = made()
    await ours.writeSecret(secret, 60)
    system.text = 'a recipe'
    await vi.advanceTimersByTimeAsync(61_000)
    expect(system.text).toBe('a recipe')
  })

  it('stays its full time when it is copied again', async () => {
    const { system, ours } = made()
    await ours.writeSecret(secret, 60)
    await vi.advanceTimersByTimeAsync(50_000)
    await ours.writeSecret(secret, 60)
    await vi.advanceTimersByTimeAsync(50_000)
    expect(system.text).toBe('pln_a_token')
  })

  it('leaves at once when the application ends', async () => {
    const { system, ours } = made()
    await ours.writeSecret(secret, 60)
    await ours.forget()
    expect(system.text).toBe('')
  })

  it('is nobody’s business when the application never copied one', async () => {
    const { system, ours } = made()
    system.text = 'a recipe'
    await ours.forget()
    expect(system.text).toBe('a recipe')
  })

  it.each<[NodeJS.Platform, string]>([
    ['linux', 'x-kde-passwordManagerHint'],
    ['darwin', 'org.nspasteboard.ConcealedType'],
    ['win32', 'CanIncludeInClipboardHistory'],
  ])('asks the clipboard histories of %s to pass it by', async (platform, format) => {
    const { system, ours } = made(platform)
    await ours.writeSecret(secret, 60)
    expect(system.formats).toContain(`electron application/osclipboard;format="${format}"`)
  })

  it('is copied without those marks where the system refuses them', async () => {
    const { system, ours } = made()
    system.refusesItems = true
    await ours.writeSecret(secret, 60)
    expect(system.text).toBe('pln_a_token')
    await vi.advanceTimersByTimeAsync(61_000)
    expect(system.text).toBe('')
  })
})
