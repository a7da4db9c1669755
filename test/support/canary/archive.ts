// An HTTP Archive of another program in which one secret stands wherever a secret can stand, in the spellings of each place,
// and is repeated where none should be.

const pairs = (members: Record<string, string>) => Object.entries(members).map(([name, value]) => ({ name, value }))

interface Message {
  url: string
  form?: Record<string, string>
  headers?: Record<string, string>
  status?: number
  answer?: unknown
  answerHeaders?: Record<string, string>
}

function entryOf({ url, form, headers = {}, status = 200, answer = {}, answerHeaders = {} }: Message, at: number) {
  const postData = form && { mimeType: 'application/x-www-form-urlencoded', text: new URLSearchParams(form).toString() }
  return {
    startedDateTime: new Date(Date.UTC(2026, 10, 30, 9, 15, at)).toISOString(),
    time: 12,
    request: { method: form ? 'POST' : 'GET', url, headers: pairs(headers), ...(postData ? { postData } : {}) },
    response: {
      status,
      statusText: '',
      headers: pairs({ 'content-type': 'application/json', ...answerHeaders }),
      content: { mimeType: 'application/json', text: JSON.stringify(answer) },
    },
    timings: { send: 0, wait: 10, receive: 2 },
  }
}

/** `other` is a secret of the same login. */
export function archiveWith(secret: string, other: string) {
  const redirectUri = 'https://app.example/callback'
  const encoded = encodeURIComponent(secret)
  const asked = new URLSearchParams({
    ...{ response_type: 'code', client_id: 'web', redirect_uri: redirectUri, state: secret, nonce: secret },
    ...{ code_challenge: secret, code_challenge_method: 'plain', id_token_hint: secret },
  })
  const came = `${redirectUri}?${new URLSearchParams({ code: secret, state: secret })}`
  const basic = Buffer.from(`web:${encoded}`).toString('base64')
  const repeated = {
    remark: secret,
    note: encoded,
    html: `<b>${secret}</b>`,
    base64: Buffer.from(secret).toString('base64'),
  }
  const tokens = { access_token: secret, refresh_token: other, id_token: secret, token_type: 'Bearer' }
  const messages: Message[] = [
    {
      url: `https://as.example/authorize?${asked}`,
      status: 302,
      answerHeaders: { location: came, 'set-cookie': `sid=${encoded}; Path=/` },
    },
    { url: came, headers: { referer: `https://as.example/authorize?${asked}`, cookie: `sid=${encoded}` } },
    {
      url: 'https://as.example/token',
      form: {
        grant_type: 'authorization_code',
        code: secret,
        code_verifier: secret,
        client_secret: other,
        redirect_uri: redirectUri,
      },
      headers: { authorization: `Basic ${basic}` },
      answer: { ...tokens, nested: { deeper: { client_secret: secret, ...repeated } } },
      answerHeaders: { 'x-seen': secret },
    },
    {
      url: `https://api.example/items/${encoded}?access_token=${encoded}`,
      headers: { authorization: `Bearer ${secret.replace(/\s/g, '')}`, 'x-api-key': secret },
      answer: repeated,
    },
    {
      url: 'https://as.example/token',
      form: { grant_type: 'refresh_token', refresh_token: other },
      status: 400,
      answer: { error: 'invalid_grant', error_description: `Not ${secret}`, ...repeated },
    },
    { url: 'https://as.example/revoke', form: { token: secret, token_type_hint: 'access_token' }, answer: repeated },
  ]
  return {
    log: { version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, entries: messages.map(entryOf) },
  }
}
