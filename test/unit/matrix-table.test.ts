// The table in docs/services.md of what was tried at servers that others wrote is the one that the matrix is held to.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { pagePath, pageWithMatrix } from '../integration/interop/matrix-table.ts'

const page = readFileSync(pagePath, 'utf8')

it('the table shows every server, grant and client authentication of the matrix: run `npm run matrix` where this fails', () => {
  expect(pageWithMatrix(page)).toBe(page)
  expect(page).toMatch(/\| Authlib \| code with S256 \| works \| works \| works \| \d+ \|/)
})
