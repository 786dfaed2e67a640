import type { Caption } from '../api'

type Shown = Pick<Caption, 'id' | 'kind'>

/** The caption that stands under a picture in the grid: of the kind asked for, else the text it came with, else the newest. */
export function shownCaption<C extends Shown>(captions: readonly C[], kind?: string): C | undefined {
  const newest = (among: readonly C[]) => among.reduce<C | undefined>((best, caption) => (!best || caption.id > best.id ? caption : best), undefined)
  return (kind && newest(captions.filter((caption) => caption.kind === kind))) || newest(captions.filter((caption) => caption.kind === 'alt')) || newest(captions)
}

/** A person's text made from another one reads as `edited`; the rest as they stand. */
export const standingWord = (caption: Pick<Caption, 'standing' | 'origin' | 'parentId'>): string => (caption.origin === 'human' && caption.parentId && caption.standing !== 'rejected' ? 'edited' : caption.standing)
