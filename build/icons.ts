// Draws every platform's icon from build/icons/icon.svg: `node build/icons.ts`, with rsvg-convert (librsvg) on the path.
// The results are kept in the repository, so that nobody needs it to build. ICO and ICNS are containers of the same PNGs.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (name: string) => fileURLToPath(new URL(`icons/${name}`, import.meta.url))

function draw(size: number, file: string): Buffer {
  execFileSync('rsvg-convert', ['--width', `${size}`, '--height', `${size}`, '--output', file, at('icon.svg')])
  return readFileSync(file)
}

/** @see https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10) */
function ico(pictures: { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * index
    // 256 is written as 0.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** The ICNS type of a PNG by its width in pixels. */
const icnsTypes: Record<number, string> = {
  128: 'ic07',
  256: 'ic08',
  512: 'ic09',
  1024: 'ic10',
  32: 'ic11',
  64: 'ic12',
}

function icns(pictures: { size: number; png: Buffer }[]): Buffer {
  const parts = pictures.flatMap(({ size, png }) => {
    const type = icnsTypes[size]
    if (!type) return []
    const head = Buffer.alloc(8)
    head.write(type, 0, 'ascii')
    head.writeUInt32BE(png.length + 8, 4)
    return [head, png]
  })
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.write('icns', 0, 'ascii')
  head.writeUInt32BE(body.length + 8, 4)
  return Buffer.concat([head, body])
}

const pictures = [16, 32, 48, 64, 128, 256, 512, 1024].map((size) => ({
  size,
  png: draw(size, at(`${size}x${size}.png`)),
}))
writeFileSync(at('icon.ico'), ico(pictures.filter(({ size }) => size <= 256)))
writeFileSync(at('icon.icns'), icns(pictures))
