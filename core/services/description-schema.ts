// The JSON Schema of service descriptions, for editors and other tools, bundled with every form of the application.
import schema from '../../contract/service-description.v2.schema.json' with { type: 'json' }

/** How a description in the same folder refers to the schema. */
export const schemaPlace = './service-description.v2.schema.json'

/** The schema as a file; `npm run schema` makes it from contract/service.ts. */
export function schemaFile(): { text: string; fileName: string } {
  return { text: `${JSON.stringify(schema, null, 2)}\n`, fileName: schemaPlace.slice(2) }
}
