import { describe, expect, test } from 'vitest'
import { languageOf, prettyText } from '../../../../renderer/code/body-text.ts'

describe('a body as text', () => {
  test('has the language of its content type, or of how it begins', () => {
    expect(languageOf('{"a":1}', 'application/problem+json')).toBe('json')
    expect(languageOf('{"a":1}', 'text/html')).toBe('json')
    expect(languageOf('{not json', 'text/plain')).toBe('text')
    expect(languageOf('<!DOCTYPE html><p>', null)).toBe('html')
    expect(languageOf('<?xml version="1.0"?>', null)).toBe('xml')
    expect(languageOf('a=1', 'application/x-www-form-urlencoded; charset=utf-8')).toBe('form')
  })

  test('is laid out when it is JSON, and left as it is when it only claims to be', () => {
    expect(prettyText('{"a":1}', 'json')).toBe('{\n  "a": 1\n}')
    expect(prettyText('{"a":', 'json')).toBe('{"a":')
  })
})
