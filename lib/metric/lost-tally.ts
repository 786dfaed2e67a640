import { headOf, kindsOf } from '@/lib/caption/head'
import { lost } from './lost'
import type { LostSummary, SampleTexts } from './store'

const MOST = 100_000
const TOP = 100
const KEYS = 5

/** What the captions of a dataset lose of their alt texts, counted sample by sample. */
export class LostTally {
  private samples = 0
  private losing = 0
  private readonly bySort = new Map<string, number>()
  private readonly items = new Map<string, { text: string; sort: string; samples: number; keys: string[] }>()

  add({ key, captions }: SampleTexts): void {
    const alt = headOf(captions, 'alt')
    const heads = kindsOf(captions).flatMap((kind) => (kind === 'alt' ? [] : (headOf(captions, kind)?.text ?? [])))
    if (!alt || heads.length === 0) return
    this.samples++
    const list = lost(alt.text, heads)
    this.losing += Number(list.length > 0)
    for (const { text, sort } of list) {
      this.bySort.set(sort, (this.bySort.get(sort) ?? 0) + 1)
      const name = `${sort} ${text.toLowerCase()}`
      let item = this.items.get(name)
      if (!item) {
        if (this.items.size >= MOST) continue
        this.items.set(name, (item = { text, sort, samples: 0, keys: [] }))
      }
      item.samples++
      if (item.keys.length < KEYS) item.keys.push(key)
    }
  }

  result(): LostSummary {
    const top = [...this.items.values()].sort((a, b) => b.samples - a.samples || (a.text < b.text ? -1 : 1)).slice(0, TOP)
    return { samples: this.samples, losing: this.losing, bySort: Object.fromEntries([...this.bySort].sort()), top }
  }
}
