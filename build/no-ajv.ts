// In the place of ajv within what is built: conf checks a document by a JSON Schema where it is given one, and ours is checked
// by zod. It is a third of what a command without a host would read otherwise.

export class Ajv2020 {
  constructor() {
    throw new Error('Grantdesk’s documents have no JSON Schema.')
  }
}

/** ajv-formats; conf asks for its default. */
const formats = { default: () => undefined }

export { formats as default }
