import { NextResponse, type NextRequest } from 'next/server'
import { env } from '@/lib/env'
import { contentSecurityPolicy, isDecodable, refusal } from '@/lib/guard'
import { presents, TOKEN_COOKIE } from '@/lib/token'

/** Whose bodies may be larger than the 10 MB that Next passes on from here; they are `wideDoor`s, which ask the same. */
export const config = { matcher: ['/((?!api/v1/uploads/[^/]+/files$|api/v1/datasets/[^/]+/decisions$).*)'] }

/** Every other request passes here, images and static files included. */
export function proxy(request: NextRequest): NextResponse {
  const { headers, method, nextUrl } = request
  const why = refusal(
    { host: headers.get('host'), origin: headers.get('origin'), site: headers.get('sec-fetch-site'), mode: headers.get('sec-fetch-mode'), method, path: nextUrl.pathname },
    env.allowHosts,
  )
  if (why) return NextResponse.json({ error: { code: 'refused', message: why } }, { status: 403 })
  if (!isDecodable(nextUrl.pathname)) return NextResponse.json({ error: { code: 'invalid', message: 'The address cannot be read: a percent sign stands for a character by two digits after it, and the bytes are UTF-8. Write % as %25.' } }, { status: 400 })
  if (env.token) {
    const given = nextUrl.searchParams.get('token')
    if (given && presents(given, env.token)) {
      const clean = nextUrl.clone()
      clean.searchParams.delete('token')
      const answer = NextResponse.redirect(new URL(clean.pathname + clean.search, `${headers.get('x-forwarded-proto') ?? 'http'}://${headers.get('host')}`))
      answer.cookies.set(TOKEN_COOKIE, env.token, { httpOnly: true, sameSite: 'strict', path: '/' })
      return answer
    }
    const bearer = headers.get('authorization')?.replace(/^Bearer /, '')
    if (!presents(bearer ?? request.cookies.get(TOKEN_COOKIE)?.value ?? '', env.token)) {
      return NextResponse.json({ error: { code: 'refused', message: 'This desk is open to colleagues only. Use the address with ?token=… that `recaption serve` printed, or send it as a Bearer token.' } }, { status: 401 })
    }
  }
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64')
  const policy = contentSecurityPolicy(nonce, env.development)
  const inward = new Headers(headers)
  inward.set('x-nonce', nonce)
  inward.set('content-security-policy', policy)
  const answer = NextResponse.next({ request: { headers: inward } })
  answer.headers.set('content-security-policy', policy)
  answer.headers.set('x-content-type-options', 'nosniff')
  answer.headers.set('referrer-policy', 'no-referrer')
  answer.headers.set('cross-origin-resource-policy', 'same-origin')
  answer.headers.set('x-frame-options', 'DENY')
  return answer
}
