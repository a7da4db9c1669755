// A flow's diagram as a PNG file, which only a page can draw.

import type { TimeAxis } from '../../contract/flow/diagram/layout.ts'
import { flowSvg } from '../../contract/flow/diagram/svg-text.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'

/** Twice as fine as it is on an ordinary screen. */
const density = 2
/** What a canvas holds in every browser: pixels along a side, and in all. */
const longestSide = 16_000
const mostPixels = 60_000_000

interface PictureOptions {
  axis: TimeAxis
  colours: 'light' | 'dark'
}

/** Rejects where the page cannot draw it. */
export async function flowPicture(flow: KeptFlow, options: PictureOptions): Promise<Blob> {
  const image = new Image()
  // An address of its own would need another Content-Security-Policy than images as data do.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(flowSvg(flow, options))}`
  await image.decode()
  const { width, height } = image
  const scale = Math.min(density, longestSide / height, Math.sqrt(mostPixels / (width * height)))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const { promise, resolve } = Promise.withResolvers<Blob | null>()
  canvas.toBlob(resolve, 'image/png')
  const png = await promise
  if (png === null) throw new Error('The canvas gave no picture')
  return png
}

/** A file's bytes as base64. */
export async function base64Of(file: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
  reader.onerror = () => reject(reader.error ?? new Error('The file could not be read'))
  reader.readAsDataURL(file)
  return promise
}
