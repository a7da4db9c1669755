// A picture of a flow is drawn by the page and saved by the host, where the page may not.
import { afterEach, expect, test } from 'vitest'
import type { FileSaver } from '../../../../core/ports.ts'
import { memoryPorts } from '../../../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../../../support/test-app.ts'

const png = Buffer.from('\x89PNG\r\n\x1a\n and its chunks', 'latin1')

let grantdesk: TestApp
afterEach(() => grantdesk.close())

/** An application with one flow; answers its id and what is saved, by the path. */
async function open() {
  const saved = new Map<string, Buffer>()
  const saver: FileSaver = {
    choose: async (fileName) => ({
      path: `/pictures/${fileName}`,
      prepare: () => {
        throw new Error('No text is saved here')
      },
      async prepareFrom(pieces) {
        const bytes: Uint8Array[] = []
        for await (const piece of pieces) bytes.push(piece)
        return { finish: () => void saved.set(`/pictures/${fileName}`, Buffer.concat(bytes)), drop() {} }
      },
    }),
  }
  grantdesk = await openTestApp(memoryPorts({ saver }))
  await grantdesk.call('services.discover', { url: 'http://127.0.0.1:9/' }).catch(() => undefined)
  const [flow] = (await grantdesk.call('flows.list', {})).flows
  return { id: flow?.id ?? '', saved }
}

test('the host of a window saves it where the person chooses, under the name of the flow', async () => {
  const { id, saved } = await open()
  const answer = await grantdesk.call('flows.savePicture', { id, png: png.toString('base64') }, 'window')
  expect(answer.savedAs).toMatch(/^\/pictures\/grantdesk-discover-.*\.png$/)
  expect(saved.get(answer.savedAs ?? '')).toEqual(png)
})

test('a tab is told the name, and saves it itself', async () => {
  const { id, saved } = await open()
  const answer = await grantdesk.call('flows.savePicture', { id, png: png.toString('base64') }, 'tab')
  expect(answer).toEqual({ fileName: expect.stringMatching(/\.png$/), savedAs: null })
  expect(saved.size).toBe(0)
})

test('what is no picture is not saved', async () => {
  const { id, saved } = await open()
  const other = Buffer.from('<script>').toString('base64')
  await expect(grantdesk.call('flows.savePicture', { id, png: other }, 'window')).rejects.toThrow()
  expect(saved.size).toBe(0)
})
