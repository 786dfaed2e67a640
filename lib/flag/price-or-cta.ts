import { excerpt } from '@/lib/caption/words'
import { named } from './catalog'
import type { FlagRule } from './types'

const PRICE = /[$€£¥₹]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:€|£|₹|USD|EUR|GBP|JPY|INR)(?!\w)|\b(?:USD|EUR|GBP|Rs\.?)\s?\d[\d.,]*|\b\d{1,3}\s?% (?:off|discount)\b|\b(?:save|up to) \d{1,3}\s?%/i
const CALL = /\b(?:(?:worldwide |fast )?free (?:shipping|delivery|download|trial|returns)|(?:buy|shop|order|book|call|apply|subscribe|register|download|join|donate|enquire) (?:now|today|here|online)|buy (?:one|it|yours|online)|add to (?:cart|basket|bag|wishlist)|for sale|on sale|best (?:price|deal)s?|special offer|limited (?:time|offer)|click here|learn more|read more|find out more|sign up|get (?:yours|started|it now)|in stock|out of stock|wholesale|discount code|coupon|clearance)\b/i

export const priceOrCta: FlagRule = {
  ...named('price-or-cta'),
  on: 'alt',
  check({ text = '' }) {
    const head = text.slice(0, 5000)
    const price = PRICE.exec(head)
    if (price) return { evidence: `“${excerpt(price[0])}” is a price or an offer` }
    const call = CALL.exec(head)
    return call ? { evidence: `“${excerpt(call[0])}” is a call to ${/read|learn|find|click|sign|join|subscribe|register|started/i.test(call[0]) ? 'act' : 'buy'}` } : null
  },
}
