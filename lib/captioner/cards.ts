import { captioners } from '.'
import type { CaptionerCard } from './schema'
import { captionerCards } from './store'

export type CaptionerListing = { id: string; label: string; /** ids of the recipes it can serve; undefined: any */ recipes?: readonly string[]; /** what was set up, for endpoints */ endpoint?: CaptionerCard }

/** Every captioner there is, for lists: those that are built in, then the endpoints a person set up. */
export async function captionerListings(): Promise<CaptionerListing[]> {
  const cards = await captionerCards()
  const own = captioners.all.map(({ id, label, recipes }) => {
    const endpoint = cards.find((card) => card.captioner === id)
    return { id, label: endpoint?.label ?? label, recipes, endpoint }
  })
  return [...own, ...cards.filter((card) => !captioners.find(card.captioner)).map((card) => ({ id: card.captioner, label: card.label, endpoint: card }))]
}
