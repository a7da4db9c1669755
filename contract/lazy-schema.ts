// Schemas that are made when they are first used. Zod makes an object for every field of a schema, some thousand for the whole
// contract, and a command that prints one token uses few of them. So every object and union of the contract and of the records
// is declared by these functions; what stands inside them is ordinary Zod.
import { z } from 'zod'
import { once } from './once.ts'

/** Like `z.object`, from a shape that is made when the schema is first used. */
export function lazyObject<Shape extends z.core.$ZodLooseShape>(shape: () => Shape) {
  // `unwrap` calls what it was given each time.
  return z.lazy(once(() => z.object(shape())))
}

/** Like `z.discriminatedUnion`, from options that are made when the schema is first used. */
export function lazyUnion<
  const Options extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]],
  Discriminator extends string,
>(discriminator: Discriminator, options: () => Options) {
  return z.lazy(once(() => z.discriminatedUnion(discriminator, options())))
}
