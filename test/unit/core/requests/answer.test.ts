// What a test request answers: the answer as it came, at any size, and not what was recorded of it.
import { createHash, randomBytes } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { longestShown } from '../../../../contract/request.ts'
import { createAnswerBody } from '../../../../core/requests/answer-body.ts'
import { shownAnswer } from '../../../../core/requests/shown-answer.ts'
import { Secret } from '../../../../core/secret.ts'
import { flowFixture, pseudonym, serve, type TestServer } from '../flows/flow-fixture.ts'

let server: TestServer | undefined
afterEach(() => server?.close())

const token = 'tok-abcdefgh-12345678'
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function ask(body: Buffer, type: string) {
  server = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': type }).end(body)
  })
  const hide: [Secret, string][] = [[new Secret(token), 'access_token']]
  const recording = flowFixture().log.start({ kind: 'request', about: {}, serviceId: 's', hide })
  const exchange = recording.exchange({ purpose: { kind: 'api_request' }, to: 'api' })
  const shown = await shownAnswer(await exchange.stream(server.url), recording)
  async function whole(): Promise<Buffer> {
    const pieces: Uint8Array[] = []
    for (let at = 0, ended = false; !ended; ) {
      const piece = await shown.body.read(at)
      pieces.push(piece.bytes)
      at += piece.bytes.byteLength
      ended = piece.ended
    }
    return Buffer.concat(pieces)
  }
  return { shown, whole, recorded: () => exchange.recorded()?.response }
}

it('of any length shows its beginning, and hands on all of it, though the record has a bound', async () => {
  const line = `{"n":"${'é'.repeat(40)}","t":"${token}"}\n`
  const text = line.repeat(300_000)
  const { shown, whole, recorded } = await ask(Buffer.from(text), 'application/json')
  const expected = text.replaceAll(token, `<access_token:${pseudonym(token)}>`)
  expect([shown.hasMore, shown.isBinary]).toEqual([true, false])
  expect(shown.text.length).toBeLessThanOrEqual(longestShown)
  expect(expected.startsWith(shown.text)).toBe(true)
  const all = await whole()
  expect(digest(all)).toBe(digest(Buffer.from(expected)))
  expect(recorded()).toMatchObject({ truncated: true, size: Buffer.byteLength(text) })
  expect(recorded()?.body?.length).toBeLessThanOrEqual(64 * 1024)
})

it('that is no text is told as such, and is saved byte by byte but for a token in it', async () => {
  const noise = randomBytes(3_000_000)
  noise[5] = 0
  const { shown, whole } = await ask(Buffer.concat([noise, Buffer.from(token), noise]), 'image/png')
  expect([shown.isBinary, shown.text]).toEqual([true, ''])
  const named = Buffer.from(`<access_token:${pseudonym(token)}>`)
  expect(digest(await whole())).toBe(digest(Buffer.concat([noise, named, noise])))
})

it('that is short is shown whole, and can be saved again and again', async () => {
  const { shown, whole } = await ask(Buffer.from('{"a":1}'), 'application/json')
  expect([shown.text, shown.hasMore, shown.body.size()]).toEqual(['{"a":1}', false, 7])
  expect([(await whole()).toString(), (await whole()).toString()]).toEqual(['{"a":1}', '{"a":1}'])
})

it('that goes on for ever is read no further than it is asked for', async () => {
  let sent = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536
      controller.enqueue(new Uint8Array(65_536))
    },
  })
  const body = createAnswerBody(endless)
  expect((await body.beginning(1_000, 1_000)).ended).toBe(false)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(sent).toBeLessThan(20 * 1024 * 1024)
  body.close()
})
