import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { jsonSchemaText, meaningsIn, pagePath, pageWithFields, schemaPath } from '../../../build/service-schema.ts'
import { catalogue, presets } from '../../../core/services/catalogue.ts'
import { parseDescription, writeDescription } from '../../../core/services/description.ts'
import { schemaFile } from '../../../core/services/description-schema.ts'

const page = readFileSync(pagePath, 'utf8')
const shipped = readFileSync(schemaPath, 'utf8')

describe('the documented schema', () => {
  it('is the one that the application reads by: run `npm run schema` where this fails', () => {
    expect(pageWithFields(page)).toBe(page)
    expect(shipped).toBe(jsonSchemaText(page))
  })

  it('comes with the application, under the name that an export gives it', () => {
    const { text, fileName } = schemaFile()
    expect(text).toBe(shipped)
    const gitlab = presets().find(({ id }) => id === 'gitlab')
    expect(gitlab && JSON.parse(writeDescription(gitlab)).$schema).toBe(`./${fileName}`)
  })

  it('says of every field what it is for', () => {
    const silent = [...meaningsIn(page)].filter(([, meaning]) => meaning === '').map(([field]) => field)
    expect(silent).toEqual([])
    expect(meaningsIn(page).size).toBeGreaterThan(80)
  })
})

describe('the JSON Schema', () => {
  const validate = new Ajv2020({ validateFormats: false }).compile(JSON.parse(shipped))

  it.each([...catalogue(), ...presets()].map((service) => [service.id, service] as const))(
    'takes the export of %s',
    (_, service) => {
      validate(JSON.parse(writeDescription(service)))
      expect(validate.errors).toBeNull()
    },
  )

  it('takes the example of the documentation, with $schema, as the application does', () => {
    const [, example = ''] = /```json\n(.*?)```/s.exec(page) ?? []
    const file = { $schema: './service-description.v2.schema.json', ...JSON.parse(example) }
    validate(file)
    expect(validate.errors).toBeNull()
    expect(JSON.parse(writeDescription(parseDescription(JSON.stringify(file))))).toEqual(file)
  })

  it.each([
    ['a misspelt name', { grantPage: 'https://x.example' }],
    ['another version', { schema: 1 }],
    ['a wrong value', { pkce: 'off' }],
  ])('refuses %s', (_, wrong) => {
    const gitlab = presets().find(({ id }) => id === 'gitlab')
    expect(gitlab && validate({ ...JSON.parse(writeDescription(gitlab)), ...wrong })).toBe(false)
  })
})
