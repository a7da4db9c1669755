// The page that sends a delivery at the press of a button: one form, no script.
import { escapeHtml, page } from './consent-page.ts'
import { html, type Incoming, type Route, readForm } from './http.ts'
import type { ServiceProfile } from './profile.ts'
import { createWebhookSender, isHere, WAYS, type Way, type WebhookOutlet } from './webhooks.ts'

export const WEBHOOKS_PATH = '/practice/webhooks'
export const WEBHOOKS_PAGE = { path: WEBHOOKS_PATH, name: 'Webhooks: send a delivery' }

type Brand = Pick<ServiceProfile, 'name' | 'colour'>

interface Shown {
  url: string
  event: string
  workspace: string
  way: string
  words: string
}

function choice(label: string, name: string, options: [value: string, label: string][], chosen: string): string {
  const items = options.map(
    ([value, text]) =>
      `<option value="${escapeHtml(value)}"${value === chosen ? ' selected' : ''}>${escapeHtml(text)}</option>`,
  )
  return `<p><label>${escapeHtml(label)} <select name="${name}">${items.join('')}</select></label></p>`
}

function form(brand: Brand, { secret, events, workspaces }: WebhookOutlet, shown: Shown): string {
  return page(
    brand,
    'Webhooks',
    `${shown.words === '' ? '' : `<p role="status">${escapeHtml(shown.words)}</p>`}
<p>Start a listener, enter its address, and press the button. The secret of this webhook is <code id="webhook_secret">${escapeHtml(secret)}</code>.</p>
<form method="post" action="${WEBHOOKS_PATH}">
<p><label>Address <input name="url" type="url" required size="48" placeholder="http://127.0.0.1:…" value="${escapeHtml(shown.url)}"></label></p>
${choice(
  'Event',
  'event',
  events.map(({ name }, at) => [String(at), name]),
  shown.event,
)}
${
  workspaces.length === 0
    ? ''
    : choice(
        'Workspace',
        'workspace',
        workspaces.map(({ id, name }) => [id, name]),
        shown.workspace,
      )
}
${choice('How', 'way', Object.entries(WAYS), shown.way)}
<div class="decision"><button class="main" type="submit">Send</button></div>
</form>
<p class="after"><a href="/">Practice ${escapeHtml(brand.name)}</a></p>`,
  )
}

/** The routes of the page, which remembers what was sent last. */
export function webhookRoutes(brand: Brand, outlet: WebhookOutlet): Route[] {
  const sender = createWebhookSender(outlet)
  let shown: Shown = { url: '', event: '0', workspace: '', way: 'signed', words: '' }

  async function send(request: Incoming) {
    const chosen = readForm(request)
    const field = (name: string) => chosen.get(name) ?? ''
    shown = { url: field('url'), event: field('event'), workspace: field('workspace'), way: field('way'), words: '' }
    const event = outlet.events[Number(shown.event)]
    if (!event || !Object.hasOwn(WAYS, shown.way)) return answered(400, 'Choose an event and how it is sent.')
    if (!isHere(shown.url)) return answered(400, 'Practice services send to this machine alone.')
    const workspaceId = outlet.workspaces.find(({ id }) => id === shown.workspace)?.id ?? null
    try {
      const status = await sender.send({ url: shown.url, event, workspaceId, way: shown.way as Way })
      return answered(200, `The receiver answered ${status}.`)
    } catch {
      return answered(200, 'Nobody answered at that address.')
    }
  }

  function answered(status: number, words: string) {
    return html(status, form(brand, outlet, { ...shown, words }))
  }

  return [
    { method: 'GET', pattern: WEBHOOKS_PATH, answer: () => html(200, form(brand, outlet, { ...shown, words: '' })) },
    { method: 'POST', pattern: WEBHOOKS_PATH, answer: send },
  ]
}
