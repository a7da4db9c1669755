import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { consentPage, pageHeaders } from '../../../practice/consent-page.ts'

const brand = { name: 'Plane', colour: { light: '#24579c', dark: '#8ab8f5' } }
const question = {
  action: '/consent/abc',
  clientName: '<b>"Eve\'s" & co</b>',
  redirectUri: 'http://127.0.0.1:5000/callback',
  scopes: ['read', '<i>write</i>'],
  accounts: [{ login: 'ada', password: 'ada-practice', name: 'Ada' }],
}

describe('the consent page', () => {
  it('shows what it was given as text, never as markup', () => {
    const page = consentPage(brand, question)
    expect(page).not.toMatch(/<b>|<i>|Eve's/)
    expect(page).toContain('&#60;i&#62;write')
  })

  it('has one form with the account, Allow and Deny, and never the password', () => {
    const page = consentPage(brand, question)
    expect(page).toMatch(/<form method="post" action="\/consent\/abc">/)
    expect(page).toMatch(/<select id="account" name="account"/)
    expect(page).toMatch(/name="decision" value="allow">Allow<\/button>/)
    expect(page).toMatch(/name="decision" value="deny">Deny<\/button>/)
    expect(page).not.toContain('ada-practice')
  })

  it('is styled by exactly the style that its policy names', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(consentPage(brand, question))?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(pageHeaders(brand)['content-security-policy']).toContain(`style-src 'sha256-${hash}'`)
  })

  it.each([
    ['http://127.0.0.1:5000/callback?x=1', "form-action 'self' http://127.0.0.1:5000;"],
    ['com.example.app:/callback', "form-action 'self' com.example.app:;"],
  ])('lets its form lead to %s', (redirectUri, directive) => {
    expect(pageHeaders(brand, redirectUri)['content-security-policy']).toContain(directive)
  })
})
