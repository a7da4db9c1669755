// Reads a file with recorded logins as it comes, in pieces: an HTTP Archive of any program, or flows that Grantdesk exported.
// Of an archive it holds only what has to do with OAuth, up to a bound; of everything else nothing.
import { isObject } from '../json-path.ts'
import { type HarMessage, readHarEntry } from './har-entry.ts'
import { type JsonPath, JsonPicker, type PickBounds } from './json-picker.ts'
import type { JsonFault } from './json-tokens.ts'
import { findOAuth, type OAuthMessage } from './oauth-message.ts'
import { createOwnFlowParts, type OwnFlow } from './own-flow-parts.ts'

export interface FlowFileContents {
  /** What the file is; `null` if it is nothing that is known here. */
  kind: 'har' | 'grantdesk' | null
  /** The program that wrote it, in its own words, which may hold secrets as anything in the file may. */
  creator: string | null
  /** How many messages the archive has. */
  entries: number
  /** Those that have to do with OAuth. */
  messages: OAuthMessage[]
  /** How many more of them there are than are held. */
  leftOut: number
  /** How many more parts of what Grantdesk itself wrote. */
  ownLeftOut: number
  /** Whether no message has an Authorization header or a cookie: developer tools leave them out unless they are asked for. */
  withoutCredentials: boolean
  /** What Grantdesk itself wrote. */
  own: OwnFlow[]
  /** Where the file is damaged or cut. */
  fault: JsonFault | null
}

/** A login has some ten, and a browser's archive some thousands of which few are kept. */
const mostMessages = 3_000
/** Of all messages that are held (characters). */
const longestMessages = 32 * 1024 * 1024
/** Of a message besides those of the authorization server (characters). */
const longestFurtherBody = 8 * 1024
const entryBounds: PickBounds = { text: 128 * 1024, texts: 1024 * 1024, values: 20_000 }
const wordBounds: PickBounds = { text: 1_000, texts: 10_000, values: 100 }
/** Of one flow of our own: as much as a flow may have on disk, and more. */
const ownBounds: PickBounds = { text: 256 * 1024, texts: 16 * 1024 * 1024, values: 500_000 }

export interface FlowFileReader {
  write(bytes: Uint8Array): void
  /** What was found by now, while it is read. */
  found(): { entries: number; messages: number }
  end(): FlowFileContents
}

export function createFlowFileReader(): FlowFileReader {
  const contents: FlowFileContents = {
    ...{
      kind: null,
      creator: null,
      entries: 0,
      messages: [],
      leftOut: 0,
      ownLeftOut: 0,
      withoutCredentials: true,
      own: [],
      fault: null,
    },
  }
  let held = 0
  let decoder: InstanceType<typeof TextDecoder> | null = null
  const parts = createOwnFlowParts()

  function takeEntry(entry: unknown): void {
    contents.entries += 1
    if (isObject(entry) && isObject(entry._grantdesk)) parts.entry(entry)
    const whole = readHarEntry(entry)
    if (whole === null) return
    const { request, response } = whole
    const names = [...request.headers, ...(response?.headers ?? [])].map(([name]) => name.toLowerCase())
    if (names.some((name) => credentialHeaders.has(name))) contents.withoutCredentials = false
    const is = findOAuth(whole)?.is
    if (is === undefined) return
    const message = is === 'api_request' || is === 'sent_on' ? withShortBodies(whole) : whole
    const size = JSON.stringify(message).length
    if (contents.messages.length >= mostMessages || held + size > longestMessages) {
      contents.leftOut += 1
      return
    }
    held += size
    // A copy, because a text that was cut out of a piece would keep all of it in memory.
    const found = findOAuth(structuredClone(message))
    if (found) contents.messages.push(found)
  }

  function takeOwn(place: string, name: string | number | undefined, value: unknown, isEvent: boolean): void {
    if (isEvent) parts.event(place, value)
    else parts.head(place, String(name), value)
  }

  const picker = new JsonPicker({
    wants(path) {
      if (path[0] === 'log') contents.kind = 'har'
      return wants(path)
    },
    picked(path, value) {
      const [first, second, third] = path
      if (first === 'log') {
        if (second === 'entries') takeEntry(value)
        else if (second === '_grantdesk') parts.archive(value)
        else if (isObject(value)) contents.creator ??= programIn(value)
      } else if (typeof first === 'number')
        takeOwn(String(first), second, value, second === 'events' && third !== undefined)
      else takeOwn('', first, value, first === 'events')
    },
  })

  return {
    write(bytes) {
      decoder ??= new TextDecoder(encodingOf(bytes))
      picker.write(decoder.decode(bytes, { stream: true }))
    },
    found: () => ({ entries: contents.entries, messages: contents.messages.length }),
    end() {
      picker.write(decoder?.decode() ?? '')
      contents.fault = picker.end()
      const { own, leftOut } = parts.end()
      contents.own = own
      contents.ownLeftOut = leftOut
      if (contents.own.length > 0) contents.kind = 'grantdesk'
      return contents
    },
  }
}

/** What an API answers is not what an archive is imported for, and there may be much of it. */
function withShortBodies({ request, response, ...message }: HarMessage): HarMessage {
  return { ...message, request: shortened(request), response: response && shortened(response) }
}

function shortened<Body extends { body: string | null; truncated: boolean }>(message: Body): Body {
  const { body } = message
  if (body === null || body.length <= longestFurtherBody) return message
  return { ...message, body: body.slice(0, longestFurtherBody), truncated: true }
}

const credentialHeaders = new Set(['authorization', 'cookie', 'set-cookie'])

/** An archive is `{log: {…}}`; a flow is an object with events, several are a list. */
function wants([first, second, third, ...more]: JsonPath): PickBounds | 'into' | null {
  if (first === undefined) return 'into'
  if (first === 'log') return wantsOfArchive(second, third)
  if (typeof first === 'number') return second === undefined ? 'into' : wantsOfFlow(second, third, more.length)
  return wantsOfFlow(first, second, third === undefined ? 0 : 1)
}

function wantsOfArchive(name: string | number | undefined, entry: string | number | undefined) {
  if (name === undefined || (name === 'entries' && entry === undefined)) return 'into'
  if (name === 'entries') return entryBounds
  if (name === '_grantdesk') return ownBounds
  return name === 'creator' || name === 'browser' ? wordBounds : null
}

function wantsOfFlow(name: string | number, event: string | number | undefined, deeper: number) {
  if (name === 'events' && event === undefined) return 'into'
  return deeper > 0 ? null : ownBounds
}

/** `WebInspector 537.36`. */
function programIn({ name, version }: Record<string, unknown>): string | null {
  const words = [name, version].filter((word) => typeof word === 'string' && word.trim() !== '')
  return words.length === 0 ? null : words.join(' ')
}

/** Some programs write UTF-16, with a mark at its beginning. */
function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
